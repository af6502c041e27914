-- A practice session is planned: somebody offers it, somebody else takes its guest seat. Nobody writes the table but by the
-- functions below, because the time of both is claimed in the same act, and because the seed's policies would let a guest
-- rewrite the whole row and a host set anything.
create table practice.practice_sessions (
  id           uuid primary key default gen_random_uuid(),
  host_id      uuid not null references practice.profiles,
  guest_id     uuid references practice.profiles,
  date         date not null,           -- both are UTC: a date and a time without a zone would be two times
  "time"       time not null,
  type         text not null,           -- mock is a station with marks, review is talking through a case
  room_url     text not null default gen_random_uuid()::text,   -- 122 random bits: nobody finds a room by trying
  case_id      uuid references practice.cases,   -- of the round under way, or of the next; null before it: by surprise
  candidate_id uuid,                             -- likewise; null: the roles are open
  version      integer not null default 1,       -- whoever acts says which version they saw
  created_at   timestamptz not null default now(),   -- the seed's now() at time zone 'utc' is hours off in any other zone
  starts_at    timestamptz not null generated always as (("date" + "time") at time zone 'UTC') stored,
  duration     interval not null default interval '1 hour',
  format       text not null references practice.formats,   -- its own column: type says whether there are marks, format how long
  level        text not null default 'any',
  note         text not null default '',
  -- With whom: another person, or nobody, which is playing alone. A simulated patient will be a third, with a role and without an account.
  partner      text not null default 'person',
  meeting_id   uuid references scheduling.meetings,
  cancelled_at timestamptz,
  ended_at     timestamptz,
  constraint room_is_of_one_session unique (room_url),
  constraint meeting_is_of_one_session unique (meeting_id),
  constraint you_are_the_host check (guest_id <> host_id),
  constraint candidate_has_a_seat check (candidate_id is null or candidate_id = host_id or (guest_id is not null and candidate_id = guest_id)),
  constraint type_is_known check (type in ('mock', 'review')),
  constraint level_is_known check (level in ('any', 'student', 'foundation', 'core', 'higher')),
  constraint partner_is_known check (partner in ('person', 'nobody')),
  constraint nobody_takes_no_seat check (partner = 'person' or guest_id is null),
  -- Only what is planned with others claims time: a station played alone at one in the morning is never refused by a calendar.
  constraint planned_time_is_claimed check ((partner = 'person') = (meeting_id is not null)),
  constraint date_is_in_the_calendar check (isfinite("date")),
  constraint duration_is_minutes check (duration between interval '5 minutes' and interval '4 hours'
    and extract(day from duration) = 0 and extract(month from duration) = 0 and extract(second from duration) = 0),
  constraint note_is_short check (length(note) <= 500),
  constraint version_counts_up check (version >= 1),
  -- An empty offer is withdrawn by deleting its row: only somebody's seat is worth a page that says it is off.
  constraint cancelled_for_somebody check (cancelled_at is null or guest_id is not null),
  constraint cancelled_or_ended check (cancelled_at is null or ended_at is null)
);
alter table practice.practice_sessions enable row level security;
revoke all on practice.practice_sessions from anon, authenticated, service_role;
create index practice_sessions_date_time_idx on practice.practice_sessions ("date", "time");
create index practice_sessions_host_idx on practice.practice_sessions (host_id);
create index practice_sessions_guest_idx on practice.practice_sessions (guest_id);
create index practice_sessions_case_idx on practice.practice_sessions (case_id);
create index practice_sessions_format_idx on practice.practice_sessions (format);
-- The list of offers is one walk along this.
create index practice_sessions_open_idx on practice.practice_sessions (starts_at, id)
  where guest_id is null and cancelled_at is null and ended_at is null and partner = 'person';

-- room_url, case_id and candidate_id come from private.my_practice_sessions alone, to those who have a seat. Offers of others come
-- from the two lists below: a policy can hide rows, but the rows of a list and those of a participant show different columns.
create policy "hosts and guests see their sessions" on practice.practice_sessions for select to authenticated
  using (host_id = (select auth.uid()) or guest_id = (select auth.uid()));
create policy "the server sees sessions" on practice.practice_sessions for select to service_role using (true);
grant select (id, host_id, guest_id, "date", "time", type, version, created_at, starts_at, duration, format, level, note, partner, meeting_id,
  cancelled_at, ended_at) on practice.practice_sessions to authenticated, service_role;

-- Everything that two people do with their session begins here: who has no seat in it finds nothing, and who saw another version
-- is asked to look again. Whoever touches somebody's calendar too has locked both persons before.
create function private.hold_session(session uuid, version integer) returns practice.practice_sessions
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
begin
  select p.* into s from practice.practice_sessions p where p.id = hold_session.session for update;
  if not found or (auth.uid() = s.host_id or auth.uid() = s.guest_id) is not true then perform private.refuse('session_not_found'); end if;
  if s.cancelled_at is not null then perform private.refuse('session_is_cancelled'); end if;
  if s.ended_at is not null then perform private.refuse('session_has_ended'); end if;
  if s.version is distinct from hold_session.version then perform private.refuse('session_has_changed'); end if;
  return s;
end $$;
revoke all on function private.hold_session(uuid, integer) from public;

-- Locks the two who sit in it: persons come before rows. Somebody may still sit down or get up before the row is locked; then its
-- version is another one, unless the caller had guessed that too.
create function private.lock_partners(session uuid, refusal text default 'session_not_found') returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  seated uuid[];
begin
  select array_remove(array[s.host_id, s.guest_id], null) into seated from practice.practice_sessions s where s.id = lock_partners.session;
  if (auth.uid() = any (seated)) is not true then perform private.refuse(lock_partners.refusal); end if;
  perform private.lock_persons(seated);
  if exists (select from practice.practice_sessions s where s.id = lock_partners.session and s.guest_id <> all (seated)) then
    perform private.refuse('session_has_changed');
  end if;
end $$;
revoke all on function private.lock_partners(uuid, text) from public;

-- When it may be planned for: not in the past, and not so far ahead that nobody knows yet.
create function private.check_practice_time(starts_at timestamptz) returns void language plpgsql volatile set search_path = '' as $$
begin
  if (check_practice_time.starts_at > now()) is not true then perform private.refuse('starts_in_the_past'); end if;
  if check_practice_time.starts_at > now() + interval '180 days' then perform private.refuse('too_far_ahead'); end if;
end $$;
revoke all on function private.check_practice_time(timestamptz) from public;

-- Somebody offers a session; from now on they are taken then. `as_candidate` leaves the roles open where it is false: whoever
-- comes may not want the other one.
create function private.offer_session(on_date date, at_time time, minutes integer, type text, format text, level text default 'any',
  note text default '', case_id uuid default null, as_candidate boolean default false) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  made uuid := gen_random_uuid();
  starts_at timestamptz := (offer_session.on_date + offer_session.at_time) at time zone 'UTC';
  long interval := make_interval(mins => offer_session.minutes);
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform private.must_appear_in_practice();
  if not exists (select from practice.formats f where f.id = offer_session.format) then perform private.refuse('no_such_format'); end if;
  perform private.check_practice_time(starts_at);
  if (offer_session.minutes between 5 and 240) is not true then perform private.refuse('duration_is_minutes'); end if;
  if offer_session.case_id is not null then
    perform private.refuse_a_known_case(offer_session.case_id, null, array[me], case when as_candidate then me end);
  end if;
  perform private.claim(made, 'practice.session', tstzrange(starts_at, starts_at + long), array[me], array['you_are_busy']);
  insert into practice.practice_sessions (id, host_id, "date", "time", duration, type, format, level, note, case_id, candidate_id, meeting_id)
  values (made, me, offer_session.on_date, offer_session.at_time, long, offer_session.type, offer_session.format, offer_session.level,
    offer_session.note, offer_session.case_id, case when as_candidate then me end, made);
  return made;
end $$;
revoke all on function private.offer_session(date, time, integer, text, text, text, text, uuid, boolean) from public;
grant execute on function private.offer_session(date, time, integer, text, text, text, text, uuid, boolean) to authenticated;

-- The host changes an offer. Somebody who sits in it agreed to this time, format and note: so nothing changes behind their back.
create function private.change_session(session uuid, version integer, on_date date, at_time time, minutes integer, type text, format text,
  level text, note text) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
  starts_at timestamptz := (change_session.on_date + change_session.at_time) at time zone 'UTC';
  long interval := make_interval(mins => change_session.minutes);
begin
  perform private.lock_partners(change_session.session);
  s := private.hold_session(change_session.session, change_session.version);
  if s.host_id <> auth.uid() then perform private.refuse('host_only'); end if;
  if exists (select from practice.rounds r where r.session_id = s.id) then perform private.refuse('session_has_begun'); end if;
  if s.guest_id is not null then perform private.refuse('guest_is_seated'); end if;
  if not exists (select from practice.formats f where f.id = change_session.format) then perform private.refuse('no_such_format'); end if;
  if (change_session.minutes between 5 and 240) is not true then perform private.refuse('duration_is_minutes'); end if;
  if (starts_at, long) is distinct from (s.starts_at, s.duration) then
    perform private.check_practice_time(starts_at);
    perform private.move(s.meeting_id, tstzrange(starts_at, starts_at + long), array[s.host_id], array['you_are_busy']);
  end if;
  update practice.practice_sessions p set "date" = change_session.on_date, "time" = change_session.at_time, duration = long,
    type = change_session.type, format = change_session.format, level = change_session.level, note = change_session.note, version = p.version + 1
  where p.id = s.id;
  return s.version + 1;
end $$;
revoke all on function private.change_session(uuid, integer, date, time, integer, text, text, text, text) from public;
grant execute on function private.change_session(uuid, integer, date, time, integer, text, text, text, text) to authenticated;

create function private.tell_it_is_off(guest uuid) returns void language sql volatile security definer set search_path = '' as $$
  select private.tell(tell_it_is_off.guest, 'practice.session-withdrawn', 'A practice session is off',
    'Its host has withdrawn it, and your time is free again.')
$$;
revoke all on function private.tell_it_is_off(uuid) from public;

-- Calls a session off that has not begun: unseated, its row goes; seated, it stays, cancelled, so that the guest finds no empty page.
create function private.call_off_session(session uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
begin
  select p.* into strict s from practice.practice_sessions p where p.id = call_off_session.session for update;
  if s.guest_id is null then
    delete from practice.practice_sessions p where p.id = s.id;
  else
    update practice.practice_sessions p set cancelled_at = clock_timestamp(), version = p.version + 1 where p.id = s.id;
    perform private.tell_it_is_off(s.guest_id);
  end if;
  perform private.release(s.meeting_id);
end $$;
revoke all on function private.call_off_session(uuid) from public;

create function private.withdraw_session(session uuid, version integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
begin
  perform private.lock_partners(withdraw_session.session);
  s := private.hold_session(withdraw_session.session, withdraw_session.version);
  if s.host_id <> auth.uid() then perform private.refuse('host_only'); end if;
  if exists (select from practice.rounds r where r.session_id = s.id) then perform private.refuse('session_has_begun'); end if;
  perform private.call_off_session(s.id);
end $$;
revoke all on function private.withdraw_session(uuid, integer) from public;
grant execute on function private.withdraw_session(uuid, integer) to authenticated;

-- One seat. Whoever comes too late is told so, whichever version they saw. Looked at twice: once to send most of a crowd away
-- without a queue, then once more under the locks, because what was seen before them may be so no longer.
create function private.take_seat(session uuid, version integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  s practice.practice_sessions;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  for look in 1..2 loop
    if look = 1 then
      select p.* into s from practice.practice_sessions p where p.id = take_seat.session;
    else
      perform private.lock_persons(array[s.host_id, me]);   -- the host of a session never changes
      select p.* into s from practice.practice_sessions p where p.id = take_seat.session for update;
    end if;
    -- Nobody learns that they are blocked, nor of a station that somebody plays alone.
    if not found or s.partner <> 'person' or s.cancelled_at is not null
      or s.host_id = any (array(select private.my_blocked())) then perform private.refuse('session_not_found'); end if;
    if s.host_id = me then perform private.refuse('you_are_the_host'); end if;
    if s.guest_id = me then perform private.refuse('seat_is_yours'); end if;
    if s.guest_id is not null then perform private.refuse('seat_taken'); end if;
    if s.ended_at is not null or s.starts_at + s.duration <= clock_timestamp() then perform private.refuse('session_has_ended'); end if;
    if s.version is distinct from take_seat.version then perform private.refuse('session_has_changed'); end if;
  end loop;
  perform private.must_appear_in_practice();
  perform private.claim(s.meeting_id, 'practice.session', tstzrange(s.starts_at, s.starts_at + s.duration), array[me, s.host_id],
    array['you_are_busy', 'host_is_busy']);
  update practice.practice_sessions p set guest_id = me, version = p.version + 1 where p.id = s.id;
  perform private.tell(s.host_id, 'practice.seat-taken', 'Your practice session has a guest', 'Somebody has taken the seat.');
  return s.version + 1;
end $$;
revoke all on function private.take_seat(uuid, integer) from public;
grant execute on function private.take_seat(uuid, integer) to authenticated;

-- The guest gets up, in whatever phase. A round under way stops with them and opens nothing further; somebody else may sit down.
-- They knew the room's address, so the room gets another one.
create function private.free_seat(session uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
begin
  select p.* into strict s from practice.practice_sessions p where p.id = free_seat.session for update;
  update practice.rounds r set ended_at = clock_timestamp() where r.session_id = s.id and r.ended_at is null;
  update practice.practice_sessions p set guest_id = null, room_url = gen_random_uuid()::text, version = p.version + 1,
    case_id = case when not exists (select from practice.rounds r where r.session_id = s.id) then p.case_id end,
    candidate_id = case when p.candidate_id = p.host_id then p.host_id end
  where p.id = s.id;
  perform private.release(s.meeting_id, array[s.guest_id]);
  perform private.tell(s.host_id, 'practice.seat-free', 'The seat in your practice session is free again', 'Your guest has left.');
end $$;
revoke all on function private.free_seat(uuid) from public;

-- Whoever has no seat there is told so, and not whether there is such a session. Looked at twice too: of somebody who pressed
-- twice, the second waits for the first and then finds the seat free.
create function private.leave_seat(session uuid, version integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_partners(leave_seat.session, 'not_your_seat');
  if not exists (select from practice.practice_sessions s where s.id = leave_seat.session and s.guest_id = auth.uid()) then
    perform private.refuse('not_your_seat');
  end if;
  perform private.free_seat((private.hold_session(leave_seat.session, leave_seat.version)).id);
end $$;
revoke all on function private.leave_seat(uuid, integer) from public;
grant execute on function private.leave_seat(uuid, integer) to authenticated;
