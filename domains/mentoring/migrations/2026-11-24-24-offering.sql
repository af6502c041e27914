-- What is offered, and with the same words what is accepted: rules and exceptions, less busy times, within notice and horizon.
-- These functions are asked again and again with other values, and each of their plans is good for all of them: planning anew
-- cost more than running.

-- When a mentor's hours are open. A window belongs to its date: its two ends become instants each by itself, and where the
-- clocks leave an hour out, one that would end before it begins is none. Where four days are four times twenty-four hours, and
-- nearly all are (no clock is set and set back in less), a minute of theirs is that much after the first midnight: asking the
-- zone for each made half of what this cost.
create function private.open_spans(mentor uuid, within tstzrange) returns tstzmultirange
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  zone text;
  -- A date on either side, for the zones ahead of and behind us, and for the one that once left out a whole day.
  first_date date;
  last_date date;
  midnights timestamptz[];
  spans tstzmultirange;
begin
  select m.timezone into zone from mentoring.mentor_profiles m where m.user_id = open_spans.mentor;
  first_date := (lower(within) at time zone zone)::date - 1;
  last_date := (upper(within) at time zone zone)::date + 1;
  midnights := private.instants_of(array(select (first_date + n)::timestamp from generate_series(0, last_date - first_date + 4, 4) n), zone);
  select coalesce(range_agg(tstzrange(starts, ends)) filter (where kind = 'rule'), '{}')
    - coalesce(range_agg(tstzrange(starts, ends)) filter (where kind = 'shut'), '{}')
    + coalesce(range_agg(tstzrange(starts, ends)) filter (where kind = 'open'), '{}')
  into spans
  from (
    select w.kind,
      case when calm then midnight + start_minute * interval '1 minute' else private.instant_of(first_date + nth, start_minute, zone) end,
      case when calm then midnight + end_minute * interval '1 minute' else private.instant_of(first_date + nth, end_minute, zone) end
    from (
      select 'rule', nth, r.start_minute, r.end_minute
      from mentoring.mentor_availability_rules r
        cross join generate_series((r.weekday - extract(isodow from first_date)::integer + 7) % 7, last_date - first_date, 7) nth
      where r.mentor_user_id = open_spans.mentor and r.is_active
      union all
      select case when e.is_available then 'open' else 'shut' end, e.date - first_date, e.start_minute, e.end_minute
      from mentoring.mentor_availability_exceptions e
      where e.mentor_user_id = open_spans.mentor and e.date between first_date and last_date
    ) w (kind, nth, start_minute, end_minute)
      cross join lateral (select midnights[nth / 4 + 2] - midnights[nth / 4 + 1] = '96:00' as calm,
        midnights[nth / 4 + 1] + nth % 4 * interval '24 hours' as midnight) day
  ) windows (kind, starts, ends)
  where starts < ends;
  return coalesce(spans, '{}');
end $$;
revoke all on function private.open_spans(uuid, tstzrange) from public;

-- When a mentor cannot begin or go on: what they are committed to anywhere, what their other calendars hold, and the minutes
-- they keep free ahead of and behind a booking, both of this one and of those that are there.
create function private.taken_spans(mentor uuid, within tstzrange, ahead integer, behind integer) returns tstzmultirange
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  before interval := make_interval(mins => ahead);
  after interval := make_interval(mins => behind);
  more interval := greatest(before, after);
  around tstzrange := tstzrange(lower(within) - more, upper(within) + more);
  spans tstzmultirange;
begin
  select range_agg(tstzrange(lower(s) - after, upper(s) + before)) into spans
  from (
    select c.during from scheduling.commitments c
    where c.person_id = taken_spans.mentor and c.during && around and (c.held_until is null or c.held_until > now())
    union all
    select e.during from mentoring.external_busy_events e where e.user_id = taken_spans.mentor and e.during && around
    union all
    -- No booking is longer than four hours: so none that began before that reaches into `around`.
    select tstzrange(b.start_time - (more - after), b.end_time + (more - before)) from mentoring.bookings b
    where more > '0' and b.mentor_user_id = taken_spans.mentor and b.status in ('pending', 'confirmed')
      and b.start_time > lower(around) - interval '4 hours' and b.start_time < upper(around)
  ) busy (s);
  return coalesce(spans, '{}');
end $$;
revoke all on function private.taken_spans(uuid, tstzrange, integer, integer) from public;

-- Whether this mentor can be found by whoever asks: listed, not suspended, and neither has blocked the other.
create function private.mentor_is_there(mentor uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from mentoring.mentor_profiles m where m.user_id = mentor_is_there.mentor and m.is_active)
    and not exists (select from identity.accounts a where a.user_id = mentor_is_there.mentor and a.suspended_at is not null)
    and mentor_is_there.mentor <> all (array(select private.my_blocked()))
$$;
revoke all on function private.mentor_is_there(uuid) from public;

-- The slots of a mentor that begin in this time, for whoever asks: a slot they could not come to is not offered to them.
-- This is the one decision. What shows slots asks it, and what books asks it again with both people's locks held.
create function private.offered_slots(mentor uuid, since timestamptz, until timestamptz, minutes integer)
returns table (starts_at timestamptz, ends_at timestamptz)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  me uuid := auth.uid();
  length interval := make_interval(mins => minutes);
  its record;
  step interval;
  first timestamptz;
  last timestamptz;
  free tstzmultirange;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  if mentor = me or not private.mentor_is_there(mentor) then return; end if;
  select m.timezone, m.lengths, m.start_every, m.notice_minutes, m.horizon_days, m.buffer_before, m.buffer_after into its
  from mentoring.mentor_profiles m where m.user_id = mentor;
  if minutes <> all (its.lengths) then return; end if;

  first := greatest(since, now() + make_interval(mins => its.notice_minutes));
  last := least(until, now() + its.horizon_days * interval '24 hours');
  if first >= last then return; end if;
  free := private.open_spans(mentor, tstzrange(first, last + length));
  if isempty(free) then return; end if;
  free := free - private.taken_spans(mentor, tstzrange(first, last + length), its.buffer_before, its.buffer_after)
    - coalesce((select range_agg(c.during) from scheduling.commitments c
      where c.person_id = me and c.during && tstzrange(first, last + length) and (c.held_until is null or c.held_until > now())), '{}');

  -- A slot begins where the mentor's own clock shows a multiple of the step. As long as that clock is not set, one slot gives
  -- the next; a span in which it is set is searched in steps of five minutes, of which every setting is a multiple.
  -- (The series stand in the select list, because a function in FROM is stored away for each span; and "offset 0" has each thing
  -- reckoned once a span and not once a slot. Either was half of what this cost.)
  step := make_interval(mins => its.start_every);
  return query
    select s, s + length
    from (
      select generate_series(a + (date_bin(pace, wall + pace - interval '1 microsecond', '2000-01-01') - wall), z, pace), pace
      from (
        select a, z, wall, case when z at time zone its.timezone - wall = z - a then step else interval '5 minutes' end as pace
        from (
          select a, z, a at time zone its.timezone as wall
          from (select greatest(lower(span), first), least(upper(span) - length, last) from unnest(free) span offset 0) ends (a, z)
          where a <= z offset 0
        ) walls offset 0
      ) paced
    ) slots (s, pace)
    where s < last and (pace = step or date_bin(step, s at time zone its.timezone, '2000-01-01') = s at time zone its.timezone);
end $$;
revoke all on function private.offered_slots(uuid, timestamptz, timestamptz, integer) from public;
grant execute on function private.offered_slots(uuid, timestamptz, timestamptz, integer) to authenticated;

-- Why this slot is not offered, in the order in which a person would mend it. It decides nothing: it is asked after the no.
create function private.refuse_slot(mentor uuid, starts timestamptz, minutes integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  slot tstzrange := tstzrange(starts, starts + make_interval(mins => minutes));
  its record;
begin
  if mentor = me then perform private.refuse('nobody_mentors_themselves'); end if;
  if not private.mentor_is_there(mentor) then perform private.refuse('mentor_not_found'); end if;
  select m.timezone, m.lengths, m.start_every, m.notice_minutes, m.horizon_days into its
  from mentoring.mentor_profiles m where m.user_id = mentor;
  if minutes <> all (its.lengths) then perform private.refuse('length_not_offered'); end if;
  if starts < now() + make_interval(mins => its.notice_minutes) then perform private.refuse('too_late_to_book'); end if;
  if starts >= now() + its.horizon_days * interval '24 hours' then perform private.refuse('too_far_ahead'); end if;
  if not slot <@ private.open_spans(mentor, slot)
    or date_bin(make_interval(mins => its.start_every), starts at time zone its.timezone, '2000-01-01') <> starts at time zone its.timezone then
    perform private.refuse('not_offered_then');
  end if;
  if exists (select from private.busy_spans(me, slot)
    -- of both, the mentor's is said: another hour of theirs is what helps
    ) and not slot && private.taken_spans(mentor, slot, 0, 0) then perform private.refuse('you_are_busy'); end if;
  perform private.refuse('mentor_is_busy');
end $$;
revoke all on function private.refuse_slot(uuid, timestamptz, integer) from public;

-- When a mentor is taken, in merged spans: with whom and why is theirs. The seed's function looks as the caller, who cannot see
-- the bookings of others; hence a definer function behind it.
create function private.mentor_busy(mentor uuid, within tstzrange) returns table (busy_from timestamptz, busy_to timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if mentor <> auth.uid() and not private.mentor_is_there(mentor) then perform private.refuse('mentor_not_found'); end if;
  if coalesce(upper(within) - lower(within) > interval '100 days', true) then perform private.refuse('too_long_a_time'); end if;
  return query
    select lower(s), upper(s)
    from unnest(private.taken_spans(mentor, within, 0, 0) * tstzmultirange(within)) s;
end $$;
revoke all on function private.mentor_busy(uuid, tstzrange) from public;
grant execute on function private.mentor_busy(uuid, tstzrange) to authenticated;

create function mentoring.get_mentor_busy(mentor_id uuid, "from" timestamptz, "to" timestamptz)
returns table (busy_from timestamptz, busy_to timestamptz) language sql stable set search_path = '' as $$
  select b.busy_from, b.busy_to from private.mentor_busy(mentor_id, tstzrange("from", "to")) b
$$;
revoke all on function mentoring.get_mentor_busy(uuid, timestamptz, timestamptz) from public;
grant execute on function mentoring.get_mentor_busy(uuid, timestamptz, timestamptz) to authenticated;

-- The other question: who is free then? Up to `most` of them, without those already seen. Its way is narrow on purpose, for among
-- 2,000 mentors it may cost five times a `select 1`: from zone to zone that people live in, by what its clocks show, to the
-- rules that hold that minute, and nobody is looked at beyond those who are wanted. That way leads to whoever has an ordinary
-- day; of the others (a date that opens more, hours in two pieces, a clock that is set these days) offered_slots is asked itself.
-- It begins where it is day, in the zone of the mentor whose id follows the asker's: else the same few would always come first.
create function private.mentors_free_at(at timestamptz, minutes integer, most integer default 10, seen uuid[] default '{}')
returns table (mentor_user_id uuid)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  me uuid := auth.uid();
  slot tstzrange := tstzrange(at, at + make_interval(mins => minutes));
  wanted integer := least(most, 100);
  ahead integer;                                   -- whole minutes from now
  gave uuid[];
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  if at <> date_trunc('minute', at) or at < now() or at > now() + interval '184 days' then return; end if;
  ahead := floor(extract(epoch from at - now()) / 60);

  -- "offset 0" keeps the planner from turning a look at one mentor into a look at all of them.
  gave := array(
    select r.id
    from (
        select z.zone, wall, minute
        from (select z.name as zone, at at time zone z.name as wall from mentoring.zones z offset 0) z
          cross join lateral (select date_part('hour', wall)::integer * 60 + date_part('minute', wall)::integer as minute offset 0) m
        order by minute not between 480 and 1260,
          z.zone collate "C" < (select m.timezone from mentoring.mentor_profiles m where m.user_id > me order by m.user_id limit 1)
        offset 0) z
      cross join lateral (select wall::date as day, date_part('isodow', wall)::smallint as weekday,
        (at - interval '24 hours') at time zone z.zone = wall - interval '24 hours'
          and (at + interval '48 hours') at time zone z.zone = wall + interval '48 hours' as calm offset 0) c
      cross join lateral (
        select r.mentor_user_id as id from mentoring.mentor_availability_rules r
        where c.calm and r.timezone = z.zone and r.is_active and r.weekday = c.weekday and r.start_minute <= z.minute
          and r.end_minute >= z.minute + minutes
        offset 0) r
      cross join lateral (
        select m.buffer_before, m.buffer_after, case when m.buffer_before + m.buffer_after = 0 then slot
          else tstzrange(lower(slot) - m.buffer_before * interval '1 minute', upper(slot) + m.buffer_after * interval '1 minute') end as around
        from mentoring.mentor_profiles m
        where m.user_id = r.id and m.is_active and minutes = any (m.lengths) and z.minute % m.start_every = 0
          and m.notice_minutes <= ahead and m.horizon_days * 1440 > ahead
        offset 0) m
    where r.id <> all (array(select private.my_blocked()) || me || seen)
      and not exists (select from scheduling.commitments s where s.person_id = me and s.during && slot and (s.held_until is null or s.held_until > now()))
      and not exists (select from mentoring.mentor_availability_exceptions e where e.mentor_user_id = r.id and e.date = c.day
        and not e.is_available and e.start_minute < z.minute + minutes and e.end_minute > z.minute offset 0)
      and not exists (select from scheduling.commitments s where s.person_id = r.id and s.during && m.around
        and (s.held_until is null or s.held_until > now()) offset 0)
      and not exists (select from mentoring.external_busy_events e where e.user_id = r.id and e.during && m.around offset 0)
      and not (m.buffer_before <> m.buffer_after and exists (
        select from mentoring.bookings b cross join (select greatest(m.buffer_before, m.buffer_after) * interval '1 minute' as more) m
        where b.mentor_user_id = r.id and b.status in ('pending', 'confirmed') and b.start_time > lower(slot) - more - interval '4 hours'
          and b.start_time < upper(slot) + more and b.end_time > lower(slot) - more offset 0))
      and not exists (select from identity.accounts a where a.user_id = r.id and a.suspended_at is not null offset 0)
    limit wanted);
  return query select unnest(gave);
  if cardinality(gave) = wanted or exists (select from private.busy_spans(me, slot)) then return; end if;

  return query
    with clocks as (
      select z.zone, wall::date as day, extract(isodow from wall)::smallint as weekday, extract(epoch from wall::time)::integer / 60 as minute,
        (at - interval '24 hours') at time zone z.zone = wall - interval '24 hours'
          and (at + interval '48 hours') at time zone z.zone = wall + interval '48 hours' as calm
      from (select z.name as zone from mentoring.zones z) z
        cross join lateral (select at at time zone z.zone as wall offset 0) w
    ), others as (
      select r.mentor_user_id as id
      from clocks c join mentoring.mentor_availability_rules r on r.timezone = c.zone and r.is_active and r.weekday = c.weekday
        and r.start_minute <= c.minute and r.end_minute > c.minute
      where c.calm
        and (exists (select from mentoring.mentor_availability_exceptions e
            where e.mentor_user_id = r.mentor_user_id and e.is_available and e.date in (c.day, c.day + 1))
          or r.end_minute < c.minute + minutes and exists (select from mentoring.mentor_availability_rules n
            where n.mentor_user_id = r.mentor_user_id and n.is_active and (n.weekday = r.weekday and n.start_minute = r.end_minute
              or r.end_minute = 1440 and n.start_minute = 0 and n.weekday = r.weekday % 7 + 1)))
      union
      select e.mentor_user_id
      from clocks c join mentoring.mentor_profiles m on m.timezone = c.zone
        join mentoring.mentor_availability_exceptions e on e.mentor_user_id = m.user_id and e.is_available and e.date = c.day
        and e.start_minute <= c.minute and e.end_minute > c.minute
      where c.calm
      union
      select m.user_id from clocks c join mentoring.mentor_profiles m on m.timezone = c.zone and m.is_active where not c.calm
    )
    select o.id from others o
    where o.id <> all (gave || seen) and exists (select from private.offered_slots(o.id, at, at + interval '1 minute', minutes) f where f.starts_at = at)
    limit wanted - cardinality(gave);
end $$;
revoke all on function private.mentors_free_at(timestamptz, integer, integer, uuid[]) from public;
grant execute on function private.mentors_free_at(timestamptz, integer, integer, uuid[]) to authenticated;
