-- The clock of a room. Nothing ticks: when a phase begins, the instants of all that follow are stored, as far as they are known, and the
-- phase is reckoned from them and this database's clock. A pause or more time moves instants; so a killed server has missed nothing, and
-- whoever reads sees what everybody sees. Practice keeps its rounds alike (practice.rounds) and can take these functions.

-- One to twenty phases. A length is a second to four hours; a bell rings within its phase, for begin and end ring by themselves. No more
-- than that is known here of what a phase is.
create function private.plan_is_sound(plan jsonb) returns boolean language sql immutable set search_path = '' as $$
  select jsonb_typeof(plan_is_sound.plan) = 'array' and length(plan_is_sound.plan::text) <= 4000 and (
    select count(*) between 1 and 20 and bool_and(coalesce(
      jsonb_typeof(p) = 'object' and p - '{name,seconds,bells,by}'::text[] = '{}'
      and p ->> 'name' ~ '^[a-z]+(-[a-z]+)*$'
      and case when p ->> 'seconds' ~ '^[0-9]{1,5}$' then (p ->> 'seconds')::integer between 1 and 14400 else jsonb_typeof(p -> 'seconds') = 'null' end
      and jsonb_typeof(coalesce(p -> 'bells', '[]')) = 'array' and not exists (
        select from jsonb_array_elements_text(coalesce(p -> 'bells', '[]')) b
        where case when b ~ '^[0-9]{1,5}$' then b::integer not between 1 and case when p ->> 'seconds' ~ '^[0-9]{1,5}$' then (p ->> 'seconds')::integer - 1 else 14400 end else true end)
      and jsonb_typeof(coalesce(p -> 'by', '[]')) = 'array' and not exists (
        select from jsonb_array_elements_text(coalesce(p -> 'by', '[]')) r where r !~ '^[a-z]+(-[a-z]+)*$'), false))
    from jsonb_array_elements(case when jsonb_typeof(plan_is_sound.plan) = 'array' then plan_is_sound.plan else '[]' end) p)
$$;
revoke all on function private.plan_is_sound(jsonb) from public;

-- As many as phases and one more, in their order; after one that nobody knows, none is known. Or none at all.
create function private.instants_follow_each_other(instants timestamptz[], plan jsonb) returns boolean language sql immutable set search_path = '' as $$
  select cardinality(instants_follow_each_other.instants) = 0
    or cardinality(instants_follow_each_other.instants) = jsonb_array_length(instants_follow_each_other.plan) + 1
      and instants_follow_each_other.instants[1] is not null
      and not exists (
        select from generate_subscripts(instants_follow_each_other.instants, 1) i
        where i > 1 and instants_follow_each_other.instants[i] is not null
          and not coalesce(instants_follow_each_other.instants[i - 1] <= instants_follow_each_other.instants[i], false))
$$;
revoke all on function private.instants_follow_each_other(timestamptz[], jsonb) from public;

create table rooms.clocks (
  room_id     uuid primary key references rooms.rooms on delete cascade,
  plan        jsonb not null,                        -- [{"name": "reading", "seconds": 120, "bells": [60], "by": ["candidate"]}, …]
  instants    timestamptz[] not null default '{}',   -- when each phase begins and the last one ends; null: somebody will say. Empty: not begun
  paused_at   timestamptz,                           -- the phase stands where it stood then
  stopped_at  timestamptz,
  ask_what    text,                                  -- what somebody wants, and another must agree to
  ask_by      uuid references auth.users,
  ask_phase   integer,                               -- void when that one is over
  ask_seconds integer,
  version     integer not null default 1,
  constraint plan_is_sound check (private.plan_is_sound(plan)),
  constraint instants_follow_each_other check (private.instants_follow_each_other(instants, plan)),
  constraint ask_is_known check (ask_what in ('pause', 'extend')),
  constraint ask_is_whole check ((ask_what is null) = (ask_by is null) and (ask_what is null) = (ask_phase is null)
    and coalesce(ask_what = 'extend', false) = (ask_seconds is not null)),
  constraint more_time_is_half_a_minute_to_half_an_hour check (ask_seconds between 30 and 1800),
  constraint only_what_has_begun_stands_still check (cardinality(instants) > 0 or paused_at is null and stopped_at is null)
);
alter table rooms.clocks enable row level security;
revoke all on rooms.clocks from anon, authenticated, service_role;
create index clocks_ask_by_idx on rooms.clocks (ask_by);
create policy "the server sees clocks" on rooms.clocks for select to service_role using (true);
grant select on rooms.clocks to service_role;

-- When the phases from this one on begin, and the last one ends, if this one begins then. After a phase without a length nobody knows.
create function private.instants_from(plan jsonb, phase integer, at timestamptz) returns timestamptz[] language sql stable set search_path = '' as $$
  select array_agg(instants_from.at + make_interval(secs => (
    select case when bool_and(p.seconds is not null) then sum(p.seconds) when count(*) = 0 then 0 end
    from (select (instants_from.plan -> (n - 1) ->> 'seconds')::integer as seconds from generate_series(instants_from.phase, next - 1) n) p
  )) order by next)
  from generate_series(instants_from.phase, jsonb_array_length(instants_from.plan) + 1) next
$$;
revoke all on function private.instants_from(jsonb, integer, timestamptz) from public;

-- Which phase it is at an instant: from one on; 0 before the first, one more than there are after the last. Half-open: at the very instant of
-- the bell it is the next one.
create function private.phase_at(instants timestamptz[], at timestamptz) returns integer language sql immutable set search_path = '' as $$
  select count(*)::integer from unnest(phase_at.instants) i where i <= phase_at.at
$$;
revoke all on function private.phase_at(timestamptz[], timestamptz) from public;

-- All that is to come after an instant, later by so much.
create function private.instants_moved(instants timestamptz[], after timestamptz, by interval) returns timestamptz[]
language sql stable set search_path = '' as $$
  select array_agg(case when i > instants_moved.after then i + instants_moved.by else i end order by n)
  from unnest(instants_moved.instants) with ordinality as x (i, n)
$$;
revoke all on function private.instants_moved(timestamptz[], timestamptz, interval) from public;

-- Where a clock stands: its number, its name, and whether it is set, running, paused or over (in a phase, if it was stopped there).
create function private.clock_stands(clock rooms.clocks, at timestamptz, out phase integer, out name text, out state text)
language sql stable set search_path = '' as $$
  select p.phase, clock_stands.clock.plan -> (p.phase - 1) ->> 'name', case
    when p.phase = 0 then 'set'
    when clock_stands.clock.stopped_at is not null or p.phase > jsonb_array_length(clock_stands.clock.plan) then 'over'
    when clock_stands.clock.paused_at is not null then 'paused'
    else 'running' end
  from (select private.phase_at(clock_stands.clock.instants, least(clock_stands.at, clock_stands.clock.paused_at, clock_stands.clock.stopped_at)) as phase) p
$$;
revoke all on function private.clock_stands(rooms.clocks, timestamptz) from public;

-- For domains: where their room's clock stands now. Nothing where there is none.
create function private.clock_phase(room uuid, out phase integer, out name text, out state text)
language sql volatile security definer set search_path = '' as $$
  select s.phase, s.name, s.state from rooms.clocks c, private.clock_stands(c, clock_timestamp()) s where c.room_id = clock_phase.room
$$;
revoke all on function private.clock_phase(uuid) from public;

-- For domains: the plan of what comes now. Also the next one, when the last is over.
create function private.set_clock(room uuid, plan jsonb) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms := private.hold_room(set_clock.room);
begin
  if private.is_over(r) then perform private.refuse('room_is_closed'); end if;
  if (private.clock_phase(r.id)).state in ('running', 'paused') then perform private.refuse('clock_has_begun'); end if;
  insert into rooms.clocks (room_id, plan) values (r.id, set_clock.plan)
  on conflict (room_id) do update set plan = excluded.plan, instants = '{}', paused_at = null, stopped_at = null,
    ask_what = null, ask_by = null, ask_phase = null, ask_seconds = null, version = clocks.version + 1;
  perform private.rooms_changed(array[r.id], 'clock');
end $$;
revoke all on function private.set_clock(uuid, jsonb) from public;

-- For domains that ring the first bell themselves.
create function private.ring_clock(room uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms := private.hold_room(ring_clock.room);
begin
  update rooms.clocks c set instants = private.instants_from(c.plan, 1, clock_timestamp()), version = c.version + 1
  where c.room_id = r.id and cardinality(c.instants) = 0;
  if not found then perform private.refuse('clock_has_begun'); end if;
  perform private.rooms_changed(array[r.id], 'clock');
end $$;
revoke all on function private.ring_clock(uuid) from public;

-- For people, from here on. Every act is done on the version that was seen; with the room held, so that nobody acts between look and deed.
create function private.hold_clock(room uuid, version integer) returns rooms.clocks language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms := private.hold_room(hold_clock.room);
  mine rooms.seats := private.seat_in(r.id, auth.uid());
  c rooms.clocks;
begin
  if private.is_over(r) then perform private.refuse('room_is_closed'); end if;
  if mine.state <> 'inside' then perform private.refuse('not_inside'); end if;
  select x.* into c from rooms.clocks x where x.room_id = r.id;
  if not found then perform private.refuse('no_clock_here'); end if;
  if not mine.keeps_time then perform private.refuse('not_your_clock'); end if;
  if c.version <> hold_clock.version then perform private.refuse('clock_has_changed'); end if;
  return c;
end $$;
revoke all on function private.hold_clock(uuid, integer) from public;

-- As it is to be now; and the door stays open for what the clock still has to show, a day at most.
create function private.turn_clock(clock rooms.clocks) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := turn_clock.clock;
begin
  update rooms.clocks x set instants = c.instants, paused_at = c.paused_at, stopped_at = c.stopped_at,
    ask_what = c.ask_what, ask_by = c.ask_by, ask_phase = c.ask_phase, ask_seconds = c.ask_seconds, version = x.version + 1
  where x.room_id = c.room_id;
  if c.stopped_at is null then
    update rooms.rooms r set closes_at = least(r.opens_at + interval '24 hours', c.instants[cardinality(c.instants)])
    where r.id = c.room_id and r.closes_at < c.instants[cardinality(c.instants)];
  end if;
  perform private.rooms_changed(array[c.room_id], 'clock');
end $$;
revoke all on function private.turn_clock(rooms.clocks) from public;

create function private.no_ask(clock rooms.clocks) returns rooms.clocks language plpgsql immutable set search_path = '' as $$
declare
  c rooms.clocks := no_ask.clock;
begin
  c.ask_what := null; c.ask_by := null; c.ask_phase := null; c.ask_seconds := null;
  return c;
end $$;
revoke all on function private.no_ask(rooms.clocks) from public;

create function private.begin_clock(room uuid, version integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := private.hold_clock(begin_clock.room, begin_clock.version);
begin
  if cardinality(c.instants) > 0 then perform private.refuse('clock_has_begun'); end if;
  c.instants := private.instants_from(c.plan, 1, clock_timestamp());
  perform private.turn_clock(c);
end $$;
revoke all on function private.begin_clock(uuid, integer) from public;
grant execute on function private.begin_clock(uuid, integer) to authenticated;

-- What two want is done: the phase stands still from now on, or it and all after it is later. Only in a phase whose end is known is there
-- anything to move.
create function private.do_as_asked(clock rooms.clocks, what text, seconds integer, at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := private.no_ask(do_as_asked.clock);
begin
  if do_as_asked.what = 'pause' then c.paused_at := do_as_asked.at;
  else c.instants := private.instants_moved(c.instants, coalesce(c.paused_at, do_as_asked.at), make_interval(secs => do_as_asked.seconds)); end if;
  perform private.turn_clock(c);
end $$;
revoke all on function private.do_as_asked(rooms.clocks, text, integer, timestamptz) from public;

create function private.refuse_what_cannot_be_asked(clock rooms.clocks, what text, phase integer, at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := refuse_what_cannot_be_asked.clock;
  now_in record;
begin
  select * into now_in from private.clock_stands(c, refuse_what_cannot_be_asked.at);
  if now_in.state not in ('running', 'paused') then perform private.refuse('clock_is_not_running'); end if;
  if now_in.phase <> refuse_what_cannot_be_asked.phase then perform private.refuse('phase_is_over'); end if;
  if now_in.state = 'paused' and refuse_what_cannot_be_asked.what = 'pause' then perform private.refuse('clock_is_paused'); end if;
  if c.instants[now_in.phase + 1] is null then perform private.refuse('phase_has_no_end'); end if;
end $$;
revoke all on function private.refuse_what_cannot_be_asked(rooms.clocks, text, integer, timestamptz) from public;

-- One instant for all that is looked at and done: between two the bell might ring.
create function private.ask_clock(room uuid, version integer, phase integer, what text, seconds integer default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := private.hold_clock(ask_clock.room, ask_clock.version);
  at timestamptz := clock_timestamp();
  wanted integer := case when ask_clock.what = 'extend' then ask_clock.seconds end;
begin
  if ask_clock.what = 'extend' and wanted is null then perform private.refuse('seconds_are_missing'); end if;
  perform private.refuse_what_cannot_be_asked(c, ask_clock.what, ask_clock.phase, at);
  if c.ask_phase = ask_clock.phase then
    if c.ask_by = auth.uid() then perform private.refuse('yours_to_wait'); end if;
    if (c.ask_what, c.ask_seconds) is distinct from (ask_clock.what, wanted) then perform private.refuse('answer_first'); end if;
    perform private.do_as_asked(c, c.ask_what, c.ask_seconds, at);
  else
    c.ask_what := ask_clock.what; c.ask_by := auth.uid(); c.ask_phase := ask_clock.phase; c.ask_seconds := wanted;
    if private.someone_else_keeps_time(c.room_id) then perform private.turn_clock(c);
    else perform private.do_as_asked(c, ask_clock.what, wanted, at); end if;
  end if;
end $$;
revoke all on function private.ask_clock(uuid, integer, integer, text, integer) from public;
grant execute on function private.ask_clock(uuid, integer, integer, text, integer) to authenticated;

-- Somebody who can answer. Whoever is away cannot.
create function private.someone_else_keeps_time(room uuid) returns boolean language sql volatile security definer set search_path = '' as $$
  select exists (select from rooms.seats s where s.room_id = someone_else_keeps_time.room and s.person_id <> auth.uid()
    and s.state = 'inside' and s.keeps_time and not private.is_away(s.seen_at))
$$;
revoke all on function private.someone_else_keeps_time(uuid) from public;

-- What was asked ends with its phase.
create function private.is_asked(clock rooms.clocks, at timestamptz) returns boolean language sql stable set search_path = '' as $$
  select coalesce((is_asked.clock).ask_phase = (private.clock_stands(is_asked.clock, is_asked.at)).phase, false)
$$;
revoke all on function private.is_asked(rooms.clocks, timestamptz) from public;

create function private.agree_clock(room uuid, version integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := private.hold_clock(agree_clock.room, agree_clock.version);
  at timestamptz := clock_timestamp();
begin
  if not private.is_asked(c, at) then perform private.refuse('nothing_is_asked'); end if;
  if c.ask_by = auth.uid() then perform private.refuse('yours_to_wait'); end if;
  perform private.do_as_asked(c, c.ask_what, c.ask_seconds, at);
end $$;
revoke all on function private.agree_clock(uuid, integer) from public;
grant execute on function private.agree_clock(uuid, integer) to authenticated;

create function private.decline_clock(room uuid, version integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := private.hold_clock(decline_clock.room, decline_clock.version);
begin
  if not private.is_asked(c, clock_timestamp()) then perform private.refuse('nothing_is_asked'); end if;
  perform private.turn_clock(private.no_ask(c));
end $$;
revoke all on function private.decline_clock(uuid, integer) from public;
grant execute on function private.decline_clock(uuid, integer) to authenticated;

create function private.resume_clock(room uuid, version integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := private.hold_clock(resume_clock.room, resume_clock.version);
begin
  if c.paused_at is null or c.stopped_at is not null then perform private.refuse('clock_is_not_paused'); end if;
  c.instants := private.instants_moved(c.instants, c.paused_at, clock_timestamp() - c.paused_at);
  c.paused_at := null;
  perform private.turn_clock(c);
end $$;
revoke all on function private.resume_clock(uuid, integer) from public;
grant execute on function private.resume_clock(uuid, integer) to authenticated;

-- From the phase that was seen: had its bell just rung, the next one would be skipped.
create function private.next_phase(room uuid, version integer, phase integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := private.no_ask(private.hold_clock(next_phase.room, next_phase.version));
  at timestamptz := clock_timestamp();
  now_in record;
  roles jsonb;
begin
  select * into now_in from private.clock_stands(c, at);
  if now_in.state = 'paused' then perform private.refuse('clock_is_paused'); end if;
  if now_in.state <> 'running' then perform private.refuse('clock_is_not_running'); end if;
  if now_in.phase <> next_phase.phase then perform private.refuse('phase_is_over'); end if;
  roles := coalesce(c.plan -> (now_in.phase - 1) -> 'by', '[]');
  if roles <> '[]' and not roles ? (private.seat_in(c.room_id, auth.uid())).role then perform private.refuse('not_your_role'); end if;
  c.instants := c.instants[:now_in.phase] || private.instants_from(c.plan, now_in.phase + 1, at);
  perform private.turn_clock(c);
end $$;
revoke all on function private.next_phase(uuid, integer, integer) from public;
grant execute on function private.next_phase(uuid, integer, integer) to authenticated;

create function private.stop_clock(room uuid, version integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  c rooms.clocks := private.no_ask(private.hold_clock(stop_clock.room, stop_clock.version));
  at timestamptz := clock_timestamp();
begin
  if (private.clock_stands(c, at)).state not in ('running', 'paused') then perform private.refuse('clock_is_not_running'); end if;
  c.stopped_at := at;
  perform private.turn_clock(c);
end $$;
revoke all on function private.stop_clock(uuid, integer) from public;
grant execute on function private.stop_clock(uuid, integer) to authenticated;
