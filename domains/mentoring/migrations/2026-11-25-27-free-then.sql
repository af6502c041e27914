-- "Who is free then?" a second time, for the same answer in the same order: it cost eight times a `select 1`, and five are promised.

-- As scheduling's commitments_until_idx, and for the same question. Other calendars hold what is longer than a day too, a holiday
-- say; it stands apart, since it may end long after the time that is asked for.
create index external_busy_events_short_idx on mentoring.external_busy_events (user_id, upper(during)) include (during)
  where upper(during) - lower(during) <= interval '24 hours';
create index external_busy_events_long_idx on mentoring.external_busy_events (user_id, upper(during)) include (during)
  where upper(during) - lower(during) > interval '24 hours';

-- Where the clock shows a quarter to and all begin on the half hour, the whole zone is passed by.
drop index mentoring.mentor_profiles_zone_idx;
create index mentor_profiles_starts_idx on mentoring.mentor_profiles (timezone, start_every);

-- Up to `most` of them, without those already seen. Its way is narrow on purpose, for among 2,000 mentors it may cost five times
-- a `select 1`: from zone to zone that people live in, by what its clocks show, to the rules that hold that minute, and nobody is
-- looked at beyond those who are wanted. That way leads to whoever has an ordinary day; of the others (a date that opens more,
-- hours in two pieces, a clock that is set these days) offered_slots is asked itself.
-- It begins where it is day, in the zone of the mentor whose id follows the asker's: else the same few would always come first.
-- What it costs is index look-ups, some five for each mentor, and the clocks: hence the trouble taken to save either.
create or replace function private.mentors_free_at(at timestamptz, minutes integer, most integer default 10, seen uuid[] default '{}')
returns table (mentor_user_id uuid)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  me uuid := auth.uid();
  ends timestamptz := at + make_interval(mins => minutes);
  wanted integer := least(most, 100);
  ahead integer;                                   -- whole minutes from now
  yesterday timestamptz := at - interval '24 hours';
  later timestamptz := at + interval '48 hours';
  passed uuid[] := seen || me;
  given integer;
  gave uuid[];
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  if at <> date_trunc('minute', at) or at < now() or at > now() + interval '184 days' then return; end if;
  ahead := floor(extract(epoch from at - now()) / 60);

  -- "offset 0" keeps the planner from turning a look at one mentor into a look at all of them.
  return query
    select r.id
    from (
        -- What a clock shows is asked once for each zone, a day before, and once more, two days after, where the way leads:
        -- where 72 hours lie between the two it is not set meanwhile, and shows the same minute on the day itself.
        select z.zone, before, minute
        from (
          select z.zone, before, date_part('hour', before)::integer * 60 + date_part('minute', before)::integer as minute
          from (select z.name as zone, yesterday at time zone z.name as before from mentoring.zones z offset 0) z offset 0) z
        order by minute not between 480 and 1260,
          z.zone collate "C" < (select m.timezone from mentoring.mentor_profiles m where m.user_id > me order by m.user_id limit 1)
        offset 0) z
      cross join lateral (select before::date + 1 as day, date_part('isodow', before + interval '24 hours')::smallint as weekday
        where later at time zone z.zone = before + interval '72 hours'
          and (z.minute % 30 = 0 or exists (select from mentoring.mentor_profiles m where m.timezone = z.zone and m.start_every < 30 offset 0))
        offset 0) c
      cross join lateral (
        select r.mentor_user_id as id from mentoring.mentor_availability_rules r
        where r.timezone = z.zone and r.is_active and r.weekday = c.weekday and r.start_minute <= z.minute
          and r.end_minute - minutes >= z.minute
        offset 0) r
      cross join lateral (
        select at - m.buffer_before * interval '1 minute' as since, ends + m.buffer_after * interval '1 minute' as until,
          greatest(m.buffer_before, m.buffer_after) * interval '1 minute' as more
        from mentoring.mentor_profiles m
        where m.user_id = r.id and m.is_active and minutes = any (m.lengths) and z.minute % m.start_every = 0
          and m.notice_minutes <= ahead and m.horizon_days * 1440 > ahead
        offset 0) m
    -- As private.my_blocked() says, whose call costs more than to look; and the suspended, who are few.
    where r.id <> all (array(
        select b.blocked_id from safety.blocks b where b.blocker_id = me
        union all select b.blocker_id from safety.blocks b where b.blocked_id = me
        union all select a.user_id from identity.accounts a where a.suspended_at is not null)) and r.id <> all (passed)
      and not exists (select from scheduling.commitments s where s.person_id = me and upper(s.during) > at
        and upper(s.during) < ends + interval '24 hours' and lower(s.during) < ends and (s.held_until is null or s.held_until > now()))
      and not exists (select from mentoring.mentor_availability_exceptions e where e.mentor_user_id = r.id and e.date = c.day
        and not e.is_available and e.start_minute < z.minute + minutes and e.end_minute > z.minute offset 0)
      -- From a booking, which is claimed under its own id, the longer of the two buffers is kept on either side.
      and not exists (select from scheduling.commitments s where s.person_id = r.id and upper(s.during) > at - m.more
        and upper(s.during) < ends + m.more + interval '24 hours' and lower(s.during) < ends + m.more and (s.held_until is null or s.held_until > now())
        and (upper(s.during) > m.since and lower(s.during) < m.until or exists (select from mentoring.bookings b
          where b.id = s.meeting_id and b.mentor_user_id = r.id and b.status in ('pending', 'confirmed') offset 0)) offset 0)
      and not exists (select from mentoring.external_busy_events e where e.user_id = r.id and upper(e.during) > m.since
        and upper(e.during) - lower(e.during) <= interval '24 hours' and upper(e.during) < m.until + interval '24 hours'
        and lower(e.during) < m.until offset 0)
      and not exists (select from mentoring.external_busy_events e where e.user_id = r.id and upper(e.during) > m.since
        and upper(e.during) - lower(e.during) > interval '24 hours' and lower(e.during) < m.until offset 0)
    limit wanted;
  get diagnostics given = row_count;
  if given = wanted then return; end if;
  if exists (select from scheduling.commitments s where s.person_id = me and upper(s.during) > at
    and upper(s.during) < ends + interval '24 hours' and lower(s.during) < ends and (s.held_until is null or s.held_until > now())) then
    return;
  end if;

  gave := array(select f.mentor_user_id from private.mentors_free_at(at, minutes, given, seen) f);   -- those of above, once more
  return query
    with clocks as (
      select z.zone, wall::date as day, extract(isodow from wall)::smallint as weekday, extract(epoch from wall::time)::integer / 60 as minute,
        (at - interval '24 hours') at time zone z.zone + interval '72 hours' = (at + interval '48 hours') at time zone z.zone as calm
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
    where o.id <> all (gave || passed) and exists (select from private.offered_slots(o.id, at, at + interval '1 minute', minutes) f where f.starts_at = at)
    limit wanted - given;
end $$;
