-- A person's calendar, as they see it: here, in the calendars they use elsewhere, and when they are reminded.

-- The address of somebody's feed is a secret that opens it. Here stands only what it begins from and what is looked for: the word itself
-- is made of the id and SECRETS_KEY each time (feed.ts), so its owner can be shown it again, and whoever reads the database cannot.
create table scheduling.feeds (
  person_id  uuid primary key default auth.uid() references auth.users,
  id         uuid not null,
  token_hash bytea not null unique,
  made_at    timestamptz not null default now(),
  fetched_at timestamptz,                        -- to the hour: whether something still asks for it
  constraint token_hash_is_sha256 check (length(token_hash) = 32)
);
alter table scheduling.feeds enable row level security;
revoke all on scheduling.feeds from anon, authenticated, service_role;
create policy "people see that they have a feed" on scheduling.feeds for select to authenticated using (person_id = (select auth.uid()));
create policy "people revoke their own feed" on scheduling.feeds for delete to authenticated using (person_id = (select auth.uid()));
create policy "the server sees feeds" on scheduling.feeds for select to service_role using (true);
grant select (person_id, id, made_at, fetched_at), delete on scheduling.feeds to authenticated;
grant select (person_id, made_at, fetched_at) on scheduling.feeds to service_role;

-- One address a person: the one before it is good no longer. Of several at once each gets one, and the last one stays.
create function private.make_feed(id uuid, token_hash bytea) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  insert into scheduling.feeds (person_id, id, token_hash) values (me, make_feed.id, make_feed.token_hash)
  on conflict on constraint feeds_pkey do update set id = excluded.id, token_hash = excluded.token_hash, made_at = now(), fetched_at = null;
end $$;
revoke all on function private.make_feed(uuid, bytea) from public;
grant execute on function private.make_feed(uuid, bytea) to authenticated;

-- How long before a meeting somebody is told of it. No row: all three times. When nobody is to be disturbed stands in notices.choices.
create table scheduling.choices (
  person_id   uuid primary key default auth.uid() references auth.users,
  day_before  boolean not null default true,
  hour_before boolean not null default true,
  ten_minutes boolean not null default true
);
alter table scheduling.choices enable row level security;
revoke all on scheduling.choices from anon, authenticated, service_role;
create policy "people see how they are reminded" on scheduling.choices for select to authenticated using (person_id = (select auth.uid()));
create policy "people choose how they are reminded" on scheduling.choices for insert to authenticated with check (person_id = (select auth.uid()));
create policy "people change how they are reminded" on scheduling.choices for update to authenticated
  using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));
create policy "the server sees how people are reminded" on scheduling.choices for select to service_role using (true);
grant select, insert (day_before, hour_before, ten_minutes), update (day_before, hour_before, ten_minutes) on scheduling.choices to authenticated;
grant select on scheduling.choices to service_role;

-- What was said already: once for each person, meeting, lead and time. Moved to another time, it is said anew.
create table scheduling.reminded (
  meeting_id uuid not null references scheduling.meetings,
  person_id  uuid not null references auth.users,
  lead       integer not null,                   -- minutes before it begins
  starts_at  timestamptz not null,
  told_at    timestamptz not null default clock_timestamp(),
  primary key (meeting_id, person_id, lead, starts_at),
  constraint lead_is_known check (lead in (10, 60, 1440))
);
alter table scheduling.reminded enable row level security;
revoke all on scheduling.reminded from anon, authenticated, service_role;
create index reminded_person_idx on scheduling.reminded (person_id);
create index reminded_told_idx on scheduling.reminded (told_at);   -- for the sweep
create policy "the server sees who was reminded" on scheduling.reminded for select to service_role using (true);
grant select on scheduling.reminded to service_role;

-- The last invitation or cancellation that was mailed to somebody: a job that runs again finds it said, and what was never invited to
-- is not cancelled.
create table scheduling.invited (
  meeting_id uuid not null references scheduling.meetings,
  person_id  uuid not null references auth.users,
  sequence   integer not null,
  cancelled  boolean not null,
  sent_at    timestamptz not null default clock_timestamp(),
  primary key (meeting_id, person_id)
);
alter table scheduling.invited enable row level security;
revoke all on scheduling.invited from anon, authenticated, service_role;
create index invited_person_idx on scheduling.invited (person_id);
create index invited_sent_idx on scheduling.invited (sent_at);   -- for the sweep
create policy "the server sees who was invited" on scheduling.invited for select to service_role using (true);
grant select on scheduling.invited to service_role;

-- My time: what I am committed to, and what I was and am no longer. A function, because an overlap is asked of an index that a policy
-- would keep from being used, and because the kind of a meeting one has left is not seen in its row any more.
create function private.my_calendar(within tstzrange)
returns table (meeting_id uuid, kind text, starts_at timestamptz, ends_at timestamptz, held_until timestamptz, sequence integer,
  changed_at timestamptz, "off" boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  me uuid := auth.uid();
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  return query
    select c.meeting_id, m.kind, lower(c.during), upper(c.during), c.held_until, m.sequence, m.changed_at, false
    from scheduling.commitments c join scheduling.meetings m on m.id = c.meeting_id
    where c.person_id = me and c.during && my_calendar.within and (c.held_until is null or c.held_until > now())
    union all
    select r.meeting_id, m.kind, lower(r.during), upper(r.during), null, r.sequence, r.released_at, true
    from scheduling.released r join scheduling.meetings m on m.id = r.meeting_id
    where r.person_id = me and r.during && my_calendar.within
    order by 3, 1;
end $$;
revoke all on function private.my_calendar(tstzrange) from public;
grant execute on function private.my_calendar(tstzrange) to authenticated;

-- Whether the others in a meeting of mine could come then: yes or no, and never who could not, or why. Asked by whoever is in it, as
-- they would learn the same by trying to move it. Only for a time it could be moved to, as long as it is and from a quarter of an hour on:
-- shorter spans, halved again and again, would find the others' plans to the minute. Sixty a day, for the same reason.
create function private.others_are_free(meeting uuid, within tstzrange) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  takes interval;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  select upper(c.during) - lower(c.during) into takes from scheduling.commitments c where c.meeting_id = others_are_free.meeting and c.person_id = me;
  if not found then perform private.refuse('no_such_meeting'); end if;
  if upper(others_are_free.within) - lower(others_are_free.within) is distinct from takes
    or extract(epoch from lower(others_are_free.within)) % 900 <> 0 then
    perform private.refuse('not_a_time_to_move_to');
  end if;
  if private.attempt('others-are-free', me::text, 60, interval '24 minutes') > 0 then perform private.refuse('asked_enough_for_today'); end if;
  return not exists (
    select from scheduling.commitments o join scheduling.commitments c on c.person_id = o.person_id and c.meeting_id <> o.meeting_id
    where o.meeting_id = others_are_free.meeting and o.person_id <> me and c.during && others_are_free.within
      and (c.held_until is null or c.held_until > now()));
end $$;
revoke all on function private.others_are_free(uuid, tstzrange) from public;
grant execute on function private.others_are_free(uuid, tstzrange) to authenticated;

-- Whose feed this is, of those who may sign in. Only read: anybody may ask, with any word.
create function private.person_of_feed(token_hash bytea) returns uuid language plpgsql stable security definer set search_path = '' as $$
declare
  whose uuid;
begin
  select f.person_id into whose
  from scheduling.feeds f join auth.users u on u.id = f.person_id left join identity.accounts a on a.user_id = u.id
  where f.token_hash = person_of_feed.token_hash and u.deleted_at is null and a.suspended_at is null;
  return whose;
end $$;
revoke all on function private.person_of_feed(bytea) from public;
grant execute on function private.person_of_feed(bytea) to service_role;

-- That it was asked for by its word.
create function private.note_feed(token_hash bytea) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update scheduling.feeds f set fetched_at = now()
  where f.token_hash = note_feed.token_hash and (f.fetched_at is null or f.fetched_at < now() - interval '1 hour');
end $$;
revoke all on function private.note_feed(bytea) from public;
grant execute on function private.note_feed(bytea) to service_role;

-- Notes that it is said now, in the transaction that says it. False, if it was said, or if it is not so any more.
create function private.note_reminder(meeting uuid, person uuid, lead integer, starts_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into scheduling.reminded (meeting_id, person_id, lead, starts_at)
  select c.meeting_id, c.person_id, note_reminder.lead, note_reminder.starts_at from scheduling.commitments c
  where c.meeting_id = note_reminder.meeting and c.person_id = note_reminder.person and c.held_until is null
    and lower(c.during) = note_reminder.starts_at
  on conflict do nothing;
  return found;
end $$;
revoke all on function private.note_reminder(uuid, uuid, integer, timestamptz) from public;
grant execute on function private.note_reminder(uuid, uuid, integer, timestamptz) to service_role;

-- What somebody's mail is to say of a meeting: nothing (no row), if it was said, is over, is only held, or is off and they were never
-- invited. Noted as said in the same transaction. Their time is locked, so that two jobs do not both say it.
create function private.note_invitation(meeting uuid, person uuid)
returns table (kind text, starts_at timestamptz, ends_at timestamptz, sequence integer, changed_at timestamptz, "off" boolean, again boolean, address text)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  before scheduling.invited;
begin
  perform private.lock_persons(array[note_invitation.person]);
  select i.* into before from scheduling.invited i where i.meeting_id = note_invitation.meeting and i.person_id = note_invitation.person;
  again := found;
  select m.kind, lower(c.during), upper(c.during), m.sequence, m.changed_at, false, u.email
  into kind, starts_at, ends_at, sequence, changed_at, "off", address
  from scheduling.commitments c join scheduling.meetings m on m.id = c.meeting_id join auth.users u on u.id = c.person_id
  where c.meeting_id = note_invitation.meeting and c.person_id = note_invitation.person and c.held_until is null;
  if not found then
    select m.kind, lower(r.during), upper(r.during), r.sequence, r.released_at, true, u.email
    into kind, starts_at, ends_at, sequence, changed_at, "off", address
    from scheduling.released r join scheduling.meetings m on m.id = r.meeting_id join auth.users u on u.id = r.person_id
    where r.meeting_id = note_invitation.meeting and r.person_id = note_invitation.person and again and not before.cancelled;
    if not found then return; end if;
  end if;
  if note_invitation.ends_at <= now() or again and before.sequence = note_invitation.sequence and before.cancelled = note_invitation."off" then return; end if;
  insert into scheduling.invited as i (meeting_id, person_id, sequence, cancelled)
  values (note_invitation.meeting, note_invitation.person, note_invitation.sequence, note_invitation."off")
  on conflict (meeting_id, person_id) do update set sequence = excluded.sequence, cancelled = excluded.cancelled, sent_at = excluded.sent_at;
  return next;
end $$;
revoke all on function private.note_invitation(uuid, uuid) from public;
grant execute on function private.note_invitation(uuid, uuid) to service_role;

-- Sixty days are longer than any calendar stays away that somebody still looks at. Some thousand at a time; how many there were.
create function private.sweep_scheduling(most integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  swept integer := 0;
  here integer;
begin
  delete from scheduling.released where ctid = any (array(
    select r.ctid from scheduling.released r where r.released_at < now() - interval '60 days' limit sweep_scheduling.most));
  get diagnostics here = row_count;
  swept := swept + here;
  delete from scheduling.reminded where ctid = any (array(
    select r.ctid from scheduling.reminded r where r.told_at < now() - interval '60 days' limit sweep_scheduling.most));
  get diagnostics here = row_count;
  swept := swept + here;
  delete from scheduling.invited where ctid = any (array(
    select i.ctid from scheduling.invited i join scheduling.meetings m on m.id = i.meeting_id
    where i.sent_at < now() - interval '60 days' and upper(m.during) < now() - interval '60 days' limit sweep_scheduling.most));
  get diagnostics here = row_count;
  return swept + here;
end $$;
revoke all on function private.sweep_scheduling(integer) from public;
grant execute on function private.sweep_scheduling(integer) to service_role;

-- Their time, past and planned, and all that was for them alone. What they met about is the domains' to forget.
create or replace function private.erase_scheduling(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_persons(array[erase_scheduling.person]);
  delete from scheduling.commitments c where c.person_id = erase_scheduling.person;
  delete from scheduling.released r where r.person_id = erase_scheduling.person;
  delete from scheduling.feeds f where f.person_id = erase_scheduling.person;
  delete from scheduling.choices h where h.person_id = erase_scheduling.person;
  delete from scheduling.reminded r where r.person_id = erase_scheduling.person;
  delete from scheduling.invited i where i.person_id = erase_scheduling.person;
  delete from identity.attempts a where a.what = 'others-are-free' and a.whom = erase_scheduling.person::text;
end $$;
