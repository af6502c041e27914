-- One calendar under all domains: a planned practice session, booking, call or interview is a meeting, and whoever takes part
-- is committed to it. One constraint keeps a person from being in two places; there is no second one elsewhere.
create schema scheduling;
grant usage on schema scheduling to authenticated, service_role;

-- For uuids in the exclusion constraint below. In the schema where a hosted project keeps its extensions too.
create schema if not exists extensions;
create extension if not exists btree_gist with schema extensions;

-- The domain's own row names its meeting, never the other way round: foreign keys follow the arrows.
create table scheduling.meetings (
  id          uuid primary key,
  kind        text not null,                   -- 'practice.session', 'mentoring.booking' …
  during      tstzrange not null,
  sequence    integer not null default 0,      -- counts its changes, as calendars outside ask
  planned_at  timestamptz not null default now(),
  released_at timestamptz,                     -- nobody is committed to it any more
  constraint kind_is_part_and_what check (kind ~ '^[a-z]+\.[a-z-]+$'),
  constraint during_is_half_open check (
    not isempty(during) and lower_inc(during) and not upper_inc(during) and not lower_inf(during) and not upper_inf(during)),
  constraint during_is_a_day_at_most check (upper(during) - lower(during) <= interval '24 hours'),
  constraint sequence_counts_up check (sequence >= 0)
);
alter table scheduling.meetings enable row level security;
revoke all on scheduling.meetings from anon, authenticated, service_role;

-- during is the meeting's, beside the person, because a constraint looks at one table.
create table scheduling.commitments (
  meeting_id uuid not null references scheduling.meetings,
  person_id  uuid not null references auth.users,
  during     tstzrange not null,
  held_until timestamptz,                      -- null: firm. After it the hold is void, and the next claim sweeps it away
  primary key (meeting_id, person_id),
  constraint one_place_at_a_time exclude using gist (person_id with =, during with &&)
);
alter table scheduling.commitments enable row level security;
revoke all on scheduling.commitments from anon, authenticated, service_role;
create index commitments_person_idx on scheduling.commitments (person_id, meeting_id);

-- A list of one's own meetings, asked once a query.
create function private.my_meetings() returns setof uuid language sql stable security definer set search_path = '' as $$
  select c.meeting_id from scheduling.commitments c where c.person_id = (select auth.uid())
$$;
revoke all on function private.my_meetings() from public;
grant execute on function private.my_meetings() to authenticated;

create policy "people see the meetings they are committed to" on scheduling.meetings for select to authenticated
  using (id = any (array(select private.my_meetings())));
create policy "the server sees meetings" on scheduling.meetings for select to service_role using (true);
grant select on scheduling.meetings to authenticated, service_role;

-- With whom somebody meets is the domain's to show: here each sees their own time alone.
create policy "people see their own commitments" on scheduling.commitments for select to authenticated
  using (person_id = (select auth.uid()));
create policy "the server sees commitments" on scheduling.commitments for select to service_role using (true);
grant select on scheduling.commitments to authenticated, service_role;

-- Nobody writes these tables but the functions below, and nobody calls those but the functions of domains. They lock persons
-- before anything else and in one order: locks on rows in whatever order statements meet them deadlocked in 302 of 1,000 trials.
-- Lock order everywhere: persons, then the domain's rows, then topics.
create function private.lock_persons(persons uuid[]) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  key bigint;
begin
  for key in select distinct hashtextextended('scheduling ' || p, 0) from unnest(lock_persons.persons) p where p is not null order by 1 loop
    perform pg_advisory_xact_lock(key);
  end loop;
end $$;
revoke all on function private.lock_persons(uuid[]) from public;

-- Who of these cannot come is told by the name that stands at the same place in `refusals`; the first one counts.
create function private.refuse_the_busy(meeting uuid, during tstzrange, persons uuid[], refusals text[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  said text;
begin
  -- By the clock: this transaction may have begun before it had to wait for the locks.
  delete from scheduling.commitments c where c.person_id = any (refuse_the_busy.persons) and c.held_until <= clock_timestamp();
  select coalesce(refuse_the_busy.refusals[p.place], 'person_is_busy') into said
  from unnest(refuse_the_busy.persons) with ordinality as p (id, place)
  where exists (
    select from scheduling.commitments c
    where c.person_id = p.id and c.during && refuse_the_busy.during and c.meeting_id <> refuse_the_busy.meeting)
  order by p.place limit 1;
  if found then perform private.refuse(said); end if;
end $$;
revoke all on function private.refuse_the_busy(uuid, tstzrange, uuid[], text[]) from public;

-- These people are taken then: for good, or held until. Claiming again what they hold makes it firm.
create function private.claim(meeting uuid, kind text, during tstzrange, persons uuid[], refusals text[], held_until timestamptz default null)
returns void language plpgsql volatile security definer set search_path = '' as $$
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
end $$;
revoke all on function private.claim(uuid, text, tstzrange, uuid[], text[], timestamptz) from public;

-- Everybody in it goes along, or nobody: `persons` only says by which name each is refused.
create function private.move(meeting uuid, during tstzrange, persons uuid[], refusals text[]) returns void
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
  update scheduling.meetings m set during = move.during, sequence = m.sequence + 1 where m.id = move.meeting;
  update scheduling.commitments c set during = move.during where c.meeting_id = move.meeting;
end $$;
revoke all on function private.move(uuid, tstzrange, uuid[], text[]) from public;

-- These people are free again; without a list everybody is, and the meeting is off.
create function private.release(meeting uuid, persons uuid[] default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  everybody uuid[] := coalesce(release.persons, array(select c.person_id from scheduling.commitments c where c.meeting_id = release.meeting));
begin
  perform private.lock_persons(everybody);
  delete from scheduling.commitments c where c.meeting_id = release.meeting and (release.persons is null or c.person_id = any (release.persons));
  update scheduling.meetings m set sequence = m.sequence + 1, released_at = case
    when not exists (select from scheduling.commitments c where c.meeting_id = release.meeting) then clock_timestamp() end
  where m.id = release.meeting and m.released_at is null;
end $$;
revoke all on function private.release(uuid, uuid[]) from public;

-- When somebody is taken, in spans that touch neither each other nor a reason.
create function private.busy_spans(person uuid, within tstzrange) returns setof tstzrange
language sql stable security definer set search_path = '' as $$
  select unnest(range_agg(c.during * busy_spans.within))
  from scheduling.commitments c
  where c.person_id = busy_spans.person and c.during && busy_spans.within and (c.held_until is null or c.held_until > now())
$$;
revoke all on function private.busy_spans(uuid, tstzrange) from public;

-- Their time, past and planned. What they met about is the domains' to forget.
create function private.erase_scheduling(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_persons(array[erase_scheduling.person]);
  delete from scheduling.commitments c where c.person_id = erase_scheduling.person;
end $$;
revoke all on function private.erase_scheduling(uuid) from public;
grant execute on function private.erase_scheduling(uuid) to service_role;
