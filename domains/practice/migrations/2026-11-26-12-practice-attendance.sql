-- Who came. Each says so from a quarter of an hour before; whoever has waited ten minutes for the other is free to go, and says that, too.

-- What somebody came to stays when the session's row goes (an offer that was withdrawn after its guest had not come), so there is no foreign
-- key. Kept for a year, and no longer counted then: nobody is followed for ever by a bad week.
create table practice.attendance (
  session_id uuid not null,
  person_id  uuid not null references practice.profiles on delete cascade,
  came       boolean not null,       -- false: the other one waited in vain
  noted_at   timestamptz not null default clock_timestamp(),
  primary key (session_id, person_id)
);
alter table practice.attendance enable row level security;
revoke all on practice.attendance from anon, authenticated, service_role;
create index attendance_person_idx on practice.attendance (person_id);
create index attendance_noted_idx on practice.attendance (noted_at);
create policy "people see what they came to" on practice.attendance for select to authenticated using (person_id = (select auth.uid()));
create policy "the server sees who came" on practice.attendance for select to service_role using (true);
grant select on practice.attendance to authenticated, service_role;

-- Whoever has said so, has been in the room, or has played: nobody who sits there and talks is asked for a click as well.
create function private.has_come(s practice.practice_sessions, person uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from practice.attendance a where a.session_id = (has_come.s).id and a.person_id = has_come.person and a.came)
    or exists (
      select from rooms.seats t where t.room_id = (has_come.s).room_url::uuid and t.person_id = has_come.person and t.state <> 'outside')
    or exists (
      select from practice.rounds r where r.session_id = (has_come.s).id and has_come.person in (r.candidate_id, r.actor_id))
$$;
revoke all on function private.has_come(practice.practice_sessions, uuid) from public;

-- Without a version: it undoes nothing that anybody has seen, and saying it twice is saying it once.
create function private.check_in(session uuid) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
begin
  select p.* into s from practice.practice_sessions p where p.id = check_in.session for update;
  if not found then perform private.refuse('session_not_found'); end if;
  s := private.hold_session(s.id, s.version);
  if s.guest_id is null then perform private.refuse('seat_is_free'); end if;
  if clock_timestamp() < s.starts_at - interval '15 minutes' then perform private.refuse('too_early'); end if;
  if clock_timestamp() >= s.starts_at + s.duration then perform private.refuse('session_has_ended'); end if;
  insert into practice.attendance as a (session_id, person_id, came) values (s.id, auth.uid(), true)
  on conflict on constraint attendance_pkey do update set came = true, noted_at = excluded.noted_at where not a.came;   -- late, and sat down again
  if not found then return s.version; end if;
  update practice.practice_sessions p set version = p.version + 1 where p.id = s.id;
  return s.version + 1;
end $$;
revoke all on function private.check_in(uuid) from public;
grant execute on function private.check_in(uuid) to authenticated;

-- As before, in two: who gets up by themselves leaves somebody to be told so.
create function private.empty_seat(session uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
begin
  select p.* into strict s from practice.practice_sessions p where p.id = empty_seat.session for update;
  update practice.rounds r set ended_at = clock_timestamp() where r.session_id = s.id and r.ended_at is null;
  update practice.practice_sessions p set guest_id = null, room_url = gen_random_uuid()::text, version = p.version + 1,
    case_id = case when not exists (select from practice.rounds r where r.session_id = s.id) then p.case_id end,
    candidate_id = case when p.candidate_id = p.host_id then p.host_id end
  where p.id = s.id;
  perform private.release(s.meeting_id, array[s.guest_id]);
end $$;
revoke all on function private.empty_seat(uuid) from public;

create or replace function private.free_seat(session uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.empty_seat(free_seat.session);
  perform private.notify(s.host_id, 'practice.seat-free', 'The seat in your practice session is free again', 'Your guest has left.',
    '/practice/offers/' || s.id)
  from practice.practice_sessions s where s.id = free_seat.session;
end $$;

-- Ten minutes after the beginning (or after the guest sat down, if that was later) whoever is there need not wait any longer: the host has the
-- seat back, the guest is free, and neither has to leave and seem to be the one who did not come. Who did not is told kindly, for things happen.
create function private.note_absence(session uuid, version integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
  other uuid;
begin
  perform private.lock_partners(note_absence.session);
  s := private.hold_session(note_absence.session, note_absence.version);
  other := case when auth.uid() = s.host_id then s.guest_id else s.host_id end;
  if s.guest_id is null then perform private.refuse('seat_is_free'); end if;
  if clock_timestamp() < interval '10 minutes' + greatest(s.starts_at, (
    select c.since from scheduling.commitments c where c.meeting_id = s.meeting_id and c.person_id = s.guest_id)) then
    perform private.refuse('there_is_time_to_come');
  end if;
  if not private.has_come(s, auth.uid()) then perform private.refuse('check_in_first'); end if;
  if private.has_come(s, other) then perform private.refuse('the_other_is_here'); end if;
  insert into practice.attendance (session_id, person_id, came) values (s.id, auth.uid(), true), (s.id, other, false)
  on conflict on constraint attendance_pkey do update set came = excluded.came, noted_at = excluded.noted_at;
  perform private.empty_seat(s.id);
  perform private.tell(other, 'practice.missed', 'You missed a practice session',
    'The other person waited for ten minutes and has then gone on without you. These things happen: there is always another session.');
end $$;
revoke all on function private.note_absence(uuid, integer) from public;
grant execute on function private.note_absence(uuid, integer) to authenticated;

-- Of how many sessions of the last year somebody came to how many. Counted are those in which both sat when it began, and nobody withdrew.
create function private.came_to(person uuid, out came integer, out planned integer) language sql stable security definer set search_path = '' as $$
  with theirs as (
    select s.id from practice.practice_sessions s
    where s.partner = 'person' and s.guest_id is not null and s.cancelled_at is null and came_to.person in (s.host_id, s.guest_id)
      and s.starts_at between now() - interval '1 year' and now() - interval '10 minutes'
    union
    select a.session_id from practice.attendance a where a.person_id = came_to.person and a.noted_at > now() - interval '1 year'
    union
    select r.session_id from practice.rounds r
    where r.actor_id is not null and came_to.person in (r.candidate_id, r.actor_id) and r.reading_at > now() - interval '1 year'
  )
  select count(*) filter (where coalesce(a.came, exists (
      select from practice.rounds r where r.session_id = t.id and came_to.person in (r.candidate_id, r.actor_id))))::integer,
    count(*)::integer
  from theirs t left join practice.attendance a on a.session_id = t.id and a.person_id = came_to.person
$$;
revoke all on function private.came_to(uuid) from public;

-- For whoever looks at an offer, under its rules: whether its host comes.
create function private.host_came_to(session uuid) returns table (came integer, planned integer) language sql stable security definer set search_path = '' as $$
  select c.came, c.planned from private.offer_for_me(host_came_to.session) o, private.came_to(o.host_id) c
$$;
revoke all on function private.host_came_to(uuid) from public;
grant execute on function private.host_came_to(uuid) to authenticated;

-- With nobody's hand: an offer that nobody took goes, as if it were withdrawn; a session that was never ended ends two hours after its time, and
-- after its room is closed; a station alone, which may stand still overnight, after a week. Who came is written down then. Some at a time.
create function private.sweep_practice(most integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  due uuid[];
  s practice.practice_sessions;
  swept integer := 0;
begin
  select array_agg(x.id) into due from (
    select p.id from practice.practice_sessions p
    where p.cancelled_at is null and p.ended_at is null
      and p.starts_at < now() - case when p.partner = 'person' then interval '2 hours' else interval '7 days' end
      and p.starts_at + p.duration < now() - interval '2 hours'
      and not exists (select from rooms.rooms r where p.guest_id is not null and r.id = p.room_url::uuid and r.closed_at is null and private.door_closes(r.closes_at) > now())
    order by p.starts_at limit sweep_practice.most) x;
  perform private.lock_persons(array(
    select unnest(array[p.host_id, p.guest_id]) from practice.practice_sessions p where p.id = any (due)));
  for s in select p.* from practice.practice_sessions p where p.id = any (due) order by p.id for update loop
    swept := swept + 1;
    if s.ended_at is not null then continue; end if;   -- by somebody, while this waited
    if s.guest_id is null and s.partner = 'person' and not exists (select from practice.rounds r where r.session_id = s.id) then
      perform private.call_off_session(s.id);
    else
      insert into practice.attendance (session_id, person_id, came)
      select s.id, p.person, true from unnest(array[s.host_id, s.guest_id]) p (person)
      where s.guest_id is not null and private.has_come(s, p.person) on conflict do nothing;
      update practice.rounds r set ended_at = clock_timestamp() where r.session_id = s.id and r.ended_at is null;
      update practice.practice_sessions p set ended_at = clock_timestamp(), version = p.version + 1 where p.id = s.id;
    end if;
  end loop;
  delete from practice.attendance a where a.noted_at < now() - interval '1 year';
  return swept;
end $$;
revoke all on function private.sweep_practice(integer) from public;
grant execute on function private.sweep_practice(integer) to service_role;
create index practice_sessions_going_on_idx on practice.practice_sessions (starts_at) where cancelled_at is null and ended_at is null;

create function private.erase_practice_attendance(person uuid) returns void language sql volatile security definer set search_path = '' as $$
  delete from practice.attendance a where a.person_id = erase_practice_attendance.person
$$;
revoke all on function private.erase_practice_attendance(uuid) from public;
grant execute on function private.erase_practice_attendance(uuid) to service_role;

-- As before, and who has come.
drop function private.my_practice_sessions(uuid);
create function private.my_practice_sessions(session uuid default null)
returns table (id uuid, version integer, host_id uuid, host_name text, host_avatar text, host_came boolean,
  guest_id uuid, guest_name text, guest_avatar text, guest_came boolean,
  starts_at timestamptz, minutes integer, type text, format text, level text, note text, partner text, room_url text, case_id uuid,
  candidate_id uuid, created_at timestamptz, cancelled_at timestamptz, ended_at timestamptz, round integer, phase text, plan jsonb,
  reading_at timestamptz, running_at timestamptz, marking_at timestamptz, feedback_at timestamptz, paused_at timestamptz, ask jsonb,
  "now" timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.version, s.host_id, trim(h.first_name || ' ' || h.last_name), h.avatar, d.is_open and private.has_come(s, s.host_id),
    s.guest_id, trim(g.first_name || ' ' || g.last_name), g.avatar, d.is_open and private.has_come(s, s.guest_id),
    s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format, s.level, s.note, s.partner,
    case when m.is_met then s.room_url end, s.case_id, s.candidate_id,
    s.created_at, s.cancelled_at, s.ended_at, r.number,
    case when s.ended_at is not null then 'ended' when r.number is null then 'scheduled' else private.round_reached(r.it, clock_timestamp()) end,
    r.plan, r.reading_at, r.running_at, r.marking_at, r.feedback_at, r.paused_at,
    case when r.ask_what is not null and private.round_is_asked(r.it, clock_timestamp()) then
      jsonb_build_object('what', r.ask_what, 'by', r.ask_by, 'phase', r.ask_phase, 'seconds', r.ask_seconds) end,
    clock_timestamp()
  from practice.practice_sessions s
    left join practice.profiles h on h.user_id = s.host_id and h.user_id <> all (array(select private.my_blocked()))
    left join practice.profiles g on g.user_id = s.guest_id and g.user_id <> all (array(select private.my_blocked()))
    left join lateral (
      select u as it, u.number, u.plan, u.reading_at, u.paused_at, u.ask_what, u.ask_by, u.ask_phase, u.ask_seconds, x.running_at, x.marking_at, x.feedback_at
      from practice.rounds u cross join lateral private.round_shown(u) x where u.session_id = s.id and u.ended_at is null
    ) r on true   -- so that only rounds under way are reckoned
    cross join lateral (select s.guest_id is not null and s.cancelled_at is null and s.ended_at is null as is_met) m   -- private.meets_in_a_room, without a call for each row
    cross join lateral (select m.is_met and s.starts_at - interval '15 minutes' <= clock_timestamp() as is_open) d
  where (s.host_id = (select auth.uid()) or s.guest_id = (select auth.uid()))
    and (my_practice_sessions.session is null or s.id = my_practice_sessions.session)
  order by s.starts_at desc, s.id
$$;
revoke all on function private.my_practice_sessions(uuid) from public;
grant execute on function private.my_practice_sessions(uuid) to authenticated;
