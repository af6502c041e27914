-- What people measure: a reading is one value of one metric at one time. Care shows them; it does not judge them. One reading
-- tells that a person is ill, so only they see theirs, and their doctor through private.view_record, which leaves an entry.
-- The seed keys them by address. An address changes and a person does not: user_id says whose they are, for row-level
-- security and for erasure; the address stays as the seed has it and follows the account.
create table care.health_realtime (
  id          bigserial primary key,
  metric_name text not null,
  timestamp   timestamptz not null,
  value       double precision not null,
  source      text,
  email       text not null,
  user_id     uuid not null references auth.users,
  zone_offset smallint not null,                     -- minutes east of UTC where it was taken: whose morning it was
  statistics  jsonb,                                 -- what a device says beside the value: { count, min, max … }
  constraint metric_is_a_word check (metric_name ~ '^[a-z][a-z0-9_]{0,39}$'),
  constraint value_is_a_number check (value between -1e12 and 1e12),   -- neither NaN nor infinite: both break every mean
  constraint source_is_short check (length(source) between 1 and 60),
  constraint zone_offset_is_on_earth check (zone_offset between -840 and 840),
  constraint statistics_are_numbers check (jsonb_typeof(statistics) = 'object'
    and statistics - '{count,min,max,mean,median,sd,sum}'::text[] = '{}' and not jsonb_path_exists(statistics, '$.* ? (@.type() != "number")')),
  -- The same reading arrives twice: from the watch and again when it finds its network. It also is the index of every chart.
  constraint reading_recorded_once unique nulls not distinct (user_id, metric_name, timestamp, source)
);
alter table care.health_realtime enable row level security;
revoke all on care.health_realtime from anon, authenticated, service_role;
revoke all on sequence care.health_realtime_id_seq from anon, authenticated, service_role;

-- The same of an hour, a day or a week, as a device or we have reckoned it.
create table care.health_aggregated (
  id          bigserial primary key,
  metric_name text not null,
  timestamp   timestamptz not null,                  -- when the stretch begins
  value       double precision not null,
  units       text,
  email       text not null,
  user_id     uuid not null references auth.users,
  source      text,
  zone_offset smallint not null,
  statistics  jsonb,
  constraint metric_is_a_word check (metric_name ~ '^[a-z][a-z0-9_]{0,39}$'),
  constraint value_is_a_number check (value between -1e12 and 1e12),
  constraint units_are_short check (length(units) between 1 and 20),
  constraint source_is_short check (length(source) between 1 and 60),
  constraint zone_offset_is_on_earth check (zone_offset between -840 and 840),
  constraint statistics_are_numbers check (jsonb_typeof(statistics) = 'object'
    and statistics - '{count,min,max,mean,median,sd,sum}'::text[] = '{}' and not jsonb_path_exists(statistics, '$.* ? (@.type() != "number")')),
  constraint aggregate_recorded_once unique nulls not distinct (user_id, metric_name, timestamp, source)
);
alter table care.health_aggregated enable row level security;
revoke all on care.health_aggregated from anon, authenticated, service_role;
revoke all on sequence care.health_aggregated_id_seq from anon, authenticated, service_role;

-- Writing goes through the functions below: an address of one's choice would put a reading into somebody else's name.
create policy "people see their own readings" on care.health_realtime for select to authenticated using (user_id = (select auth.uid()));
create policy "people take their own readings back" on care.health_realtime for delete to authenticated using (user_id = (select auth.uid()));
create policy "the server sees readings" on care.health_realtime for select to service_role using (true);
grant select, delete on care.health_realtime to authenticated;
grant select on care.health_realtime to service_role;

create policy "people see their own aggregates" on care.health_aggregated for select to authenticated using (user_id = (select auth.uid()));
create policy "people take their own aggregates back" on care.health_aggregated for delete to authenticated using (user_id = (select auth.uid()));
create policy "the server sees aggregates" on care.health_aggregated for select to service_role using (true);
grant select, delete on care.health_aggregated to authenticated;
grant select on care.health_aggregated to service_role;

-- How many rows changed: what came again as it was changes none. Of two with one time in the same call the later counts.
-- A clock that runs a day ahead would put a reading at the end of every chart until then.
create function private.record_readings(readings jsonb) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  address text := (select coalesce(u.email, '') from auth.users u where u.id = me and u.deleted_at is null);
  changed integer;
begin
  if address is null then perform private.refuse('not_signed_in'); end if;
  if jsonb_array_length(record_readings.readings) > 5000 then perform private.refuse('too_many_readings'); end if;
  if exists (select from jsonb_to_recordset(record_readings.readings) as r (timestamp timestamptz) where r.timestamp > now() + interval '1 day') then
    perform private.refuse('reading_from_the_future');
  end if;
  insert into care.health_realtime as h (metric_name, timestamp, value, source, email, user_id, zone_offset, statistics)
  select distinct on (r.metric_name, r.timestamp, r.source)
    r.metric_name, r.timestamp, r.value, r.source, address, me, r.zone_offset, nullif(r.statistics, 'null')
  from rows from (jsonb_to_recordset(record_readings.readings) as (metric_name text, timestamp timestamptz, value double precision, source text,
    zone_offset smallint, statistics jsonb)) with ordinality as r (metric_name, timestamp, value, source, zone_offset, statistics, nth)
  order by r.metric_name, r.timestamp, r.source, r.nth desc      -- in one order: two calls at once do not hold each other up
  on conflict on constraint reading_recorded_once
    do update set value = excluded.value, zone_offset = excluded.zone_offset, statistics = excluded.statistics
    where (h.value, h.zone_offset, h.statistics) is distinct from (excluded.value, excluded.zone_offset, excluded.statistics);
  get diagnostics changed = row_count;
  return changed;
end $$;
revoke all on function private.record_readings(jsonb) from public;
grant execute on function private.record_readings(jsonb) to authenticated;

create function private.record_aggregates(aggregates jsonb) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  address text := (select coalesce(u.email, '') from auth.users u where u.id = me and u.deleted_at is null);
  changed integer;
begin
  if address is null then perform private.refuse('not_signed_in'); end if;
  if jsonb_array_length(record_aggregates.aggregates) > 5000 then perform private.refuse('too_many_readings'); end if;
  if exists (select from jsonb_to_recordset(record_aggregates.aggregates) as r (timestamp timestamptz) where r.timestamp > now() + interval '1 day') then
    perform private.refuse('reading_from_the_future');
  end if;
  insert into care.health_aggregated as h (metric_name, timestamp, value, units, source, email, user_id, zone_offset, statistics)
  select distinct on (r.metric_name, r.timestamp, r.source)
    r.metric_name, r.timestamp, r.value, r.units, r.source, address, me, r.zone_offset, nullif(r.statistics, 'null')
  from rows from (jsonb_to_recordset(record_aggregates.aggregates) as (metric_name text, timestamp timestamptz, value double precision, units text,
    source text, zone_offset smallint, statistics jsonb)) with ordinality as r (metric_name, timestamp, value, units, source, zone_offset, statistics, nth)
  order by r.metric_name, r.timestamp, r.source, r.nth desc
  on conflict on constraint aggregate_recorded_once
    do update set value = excluded.value, units = excluded.units, zone_offset = excluded.zone_offset, statistics = excluded.statistics
    where (h.value, h.units, h.zone_offset, h.statistics) is distinct from (excluded.value, excluded.units, excluded.zone_offset, excluded.statistics);
  get diagnostics changed = row_count;
  return changed;
end $$;
revoke all on function private.record_aggregates(jsonb) from public;
grant execute on function private.record_aggregates(jsonb) to authenticated;

-- What a doctor sees of a patient's readings: while the link is active, and on record. The link is held, so that nothing is
-- read behind the back of whoever is just ending it. The entry names the patient and the link: which metric somebody was
-- looked at for already says what may be wrong with them.
create function private.view_record(patient uuid, metrics text[], since timestamptz, until timestamptz, most integer default 5000)
returns table (kind text, metric_name text, "timestamp" timestamptz, value double precision, units text, source text, zone_offset smallint, statistics jsonb)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  link bigint;
begin
  select l.id into link from care.patient_doctor_links l
  where l.patient_id = view_record.patient and l.doctor_id = (select auth.uid()) and l.status = 'active' for share;
  if link is null then perform private.refuse('link_not_active'); end if;
  perform private.audit('care.record-viewed', 'person', view_record.patient::text, null, jsonb_build_object('link', link));
  return query
    select * from (
      select 'realtime', h.metric_name, h.timestamp, h.value, null::text, h.source, h.zone_offset, h.statistics from care.health_realtime h
      where h.user_id = view_record.patient and h.metric_name = any (view_record.metrics)
        and h.timestamp >= view_record.since and h.timestamp < view_record.until
      union all
      select 'aggregated', h.metric_name, h.timestamp, h.value, h.units, h.source, h.zone_offset, h.statistics from care.health_aggregated h
      where h.user_id = view_record.patient and h.metric_name = any (view_record.metrics)
        and h.timestamp >= view_record.since and h.timestamp < view_record.until
    ) as r (kind, metric_name, "timestamp", value, units, source, zone_offset, statistics)
    order by r.timestamp desc, r.metric_name limit least(view_record.most, 20000);
end $$;
revoke all on function private.view_record(uuid, text[], timestamptz, timestamptz, integer) from public;
grant execute on function private.view_record(uuid, text[], timestamptz, timestamptz, integer) to authenticated;

-- Brings the address in at most so many rows; how many it was.
create function private.readings_follow_address(person uuid, most integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  address text := (select coalesce(u.email, '') from auth.users u where u.id = readings_follow_address.person);
  followed integer;
  more integer;
begin
  update care.health_aggregated h set email = address where h.id in (
    select s.id from care.health_aggregated s where s.user_id = readings_follow_address.person and s.email <> address limit most);
  get diagnostics followed = row_count;
  update care.health_realtime h set email = address where h.id in (
    select s.id from care.health_realtime s where s.user_id = readings_follow_address.person and s.email <> address limit most - followed);
  get diagnostics more = row_count;
  return followed + more;
end $$;
revoke all on function private.readings_follow_address(uuid, integer) from public;
grant execute on function private.readings_follow_address(uuid, integer) to service_role;

-- In the transaction that changes the address, but for those who have measured for years: the rest of theirs follows by a job,
-- for nobody waits while a million rows change.
create function private.care_follows_account(person uuid, email text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if private.readings_follow_address(care_follows_account.person, 20000) = 20000 then
    perform private.enqueue('care.follow-address', jsonb_build_object('person', care_follows_account.person), null, care_follows_account.person::text);
  end if;
end $$;
revoke all on function private.care_follows_account(uuid, text) from public;
insert into identity.account_followers (function) values ('care_follows_account');
