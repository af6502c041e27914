-- What becomes of a plan is told: to the pages that are open, to calendars outside, and by mail. Calendars outside never forget what
-- they were not told is off; so a release leaves a row for a while.

alter table scheduling.meetings add column changed_at timestamptz not null default clock_timestamp();

-- When this person's time was taken, or last moved: what should have been said of it before that is said no more.
alter table scheduling.commitments add column since timestamptz not null default clock_timestamp();
create index commitments_begin_idx on scheduling.commitments (lower(during));

-- Somebody was committed to a meeting, for good, and is no longer. The sequence is the one by which their calendar is told, above all
-- that it heard before. A hold leaves none: no calendar outside ever heard of it.
create table scheduling.released (
  meeting_id  uuid not null references scheduling.meetings,
  person_id   uuid not null references auth.users,
  during      tstzrange not null,
  sequence    integer not null,
  released_at timestamptz not null default clock_timestamp(),
  tx          xid8 not null default pg_current_xact_id(),   -- whom this very change concerns (private.tell_whom_it_concerns)
  primary key (meeting_id, person_id),
  constraint sequence_counts_up check (sequence > 0)
);
alter table scheduling.released enable row level security;
revoke all on scheduling.released from anon, authenticated, service_role;
create index released_person_idx on scheduling.released (person_id, released_at);
create index released_at_idx on scheduling.released (released_at);   -- for the sweep
create policy "people see what they are free of again" on scheduling.released for select to authenticated
  using (person_id = (select auth.uid()));
create policy "the server sees who is free again" on scheduling.released for select to service_role using (true);
grant select (meeting_id, person_id, during, sequence, released_at) on scheduling.released to authenticated, service_role;

-- Whose calendar says something else now. At the commit, not in the middle of the deed: claim and release are steps in functions of
-- domains, which lock rows of their own after them, and topics come last. In ascending order of persons, by emit_to.
create function private.tell_whom_it_concerns() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.emit_to(
    array(select c.person_id from scheduling.commitments c where c.meeting_id = new.id
      union select r.person_id from scheduling.released r where r.meeting_id = new.id and r.tx = pg_current_xact_id()),
    'scheduling.changed', jsonb_build_object('meeting', new.id));
  return null;
end $$;
revoke all on function private.tell_whom_it_concerns() from public;
create constraint trigger tell_whom_it_concerns after update of changed_at on scheduling.meetings deferrable initially deferred
  for each row execute function private.tell_whom_it_concerns();

-- A mail to each of them, in a job that looks again how things are by then. Several changes before it runs are one mail.
create function private.queue_invitations(meeting uuid, persons uuid[]) returns void language sql volatile security definer set search_path = '' as $$
  select private.enqueue('scheduling.invite', jsonb_build_object('meeting', queue_invitations.meeting, 'person', p), null,
    queue_invitations.meeting || ' ' || p)
  from unnest(queue_invitations.persons) p where p is not null
$$;
revoke all on function private.queue_invitations(uuid, uuid[]) from public;

-- As before, and: whoever comes back gets a sequence above that of their cancellation, else their calendar would keep it.
create or replace function private.claim(meeting uuid, kind text, during tstzrange, persons uuid[], refusals text[], held_until timestamptz default null)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  came_back boolean := false;
begin
  perform private.lock_persons(claim.persons);
  perform private.refuse_the_busy(claim.meeting, claim.during, claim.persons, claim.refusals);
  insert into scheduling.meetings (id, kind, during) values (claim.meeting, claim.kind, claim.during)
  on conflict (id) do update set released_at = null;
  if (select m.during from scheduling.meetings m where m.id = claim.meeting) <> claim.during then
    perform private.refuse('meeting_is_at_another_time');
  end if;
  insert into scheduling.commitments (meeting_id, person_id, during, held_until)
  select claim.meeting, p, claim.during, claim.held_until from unnest(claim.persons) p
  on conflict (meeting_id, person_id) do update set held_until = excluded.held_until;
  if claim.held_until is null then
    delete from scheduling.released r where r.meeting_id = claim.meeting and r.person_id = any (claim.persons);
    came_back := found;
    perform private.queue_invitations(claim.meeting, claim.persons);
  end if;
  update scheduling.meetings m set sequence = m.sequence + came_back::integer, changed_at = clock_timestamp() where m.id = claim.meeting;
end $$;

-- As before, and: what should have been said of the old time is not said of the new one (since).
create or replace function private.move(meeting uuid, during tstzrange, persons uuid[], refusals text[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  everybody uuid[];
begin
  select move.persons || array(select c.person_id from scheduling.commitments c where c.meeting_id = move.meeting and c.person_id <> all (move.persons))
  into everybody;
  perform private.lock_persons(everybody);
  if exists (select from scheduling.commitments c where c.meeting_id = move.meeting and c.person_id <> all (everybody)) then
    perform private.refuse('meeting_has_changed');   -- somebody came in while we waited
  end if;
  perform private.refuse_the_busy(move.meeting, move.during, everybody, move.refusals[1:cardinality(move.persons)]);
  update scheduling.meetings m set during = move.during, sequence = m.sequence + 1, changed_at = clock_timestamp() where m.id = move.meeting;
  update scheduling.commitments c set during = move.during, since = clock_timestamp() where c.meeting_id = move.meeting;
  perform private.queue_invitations(move.meeting,
    array(select c.person_id from scheduling.commitments c where c.meeting_id = move.meeting and c.held_until is null));
end $$;

-- As before, and: whoever is free again leaves a row, with the sequence by which their calendar hears of it.
create or replace function private.release(meeting uuid, persons uuid[] default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  everybody uuid[] := coalesce(release.persons, array(select c.person_id from scheduling.commitments c where c.meeting_id = release.meeting));
  counted integer;
  gone uuid[];
begin
  perform private.lock_persons(everybody);
  update scheduling.meetings m set sequence = m.sequence + 1, changed_at = clock_timestamp()
  where m.id = release.meeting and m.released_at is null returning m.sequence into counted;
  if not found then return; end if;   -- everybody was free already
  with freed as (
    delete from scheduling.commitments c where c.meeting_id = release.meeting and (release.persons is null or c.person_id = any (release.persons))
    returning c.person_id, c.during, c.held_until
  ), noted as (
    insert into scheduling.released (meeting_id, person_id, during, sequence)
    select release.meeting, f.person_id, f.during, counted from freed f where f.held_until is null
    on conflict (meeting_id, person_id) do update set during = excluded.during, sequence = excluded.sequence, released_at = excluded.released_at,
      tx = excluded.tx
    returning person_id
  )
  select array_agg(n.person_id) into gone from noted n;
  update scheduling.meetings m set released_at = clock_timestamp()
  where m.id = release.meeting and not exists (select from scheduling.commitments c where c.meeting_id = release.meeting);
  perform private.queue_invitations(release.meeting, gone);
end $$;
