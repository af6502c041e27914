-- A round is one run through the phases, with one case and one candidate. When it begins, the instants at which its later phases
-- begin are reckoned and stored; which phase it is follows from them and the server's clock. So both people and every node see
-- the same phase without anybody having to ring a bell, a server that was killed has missed nothing, and a pause or an extension
-- (with rooms) is a later instant. What people do themselves (begin, go on, next round, stop) changes these instants, by functions alone.
create table practice.rounds (
  session_id   uuid not null references practice.practice_sessions,
  number       integer not null,
  case_id      uuid not null references practice.cases,
  candidate_id uuid not null references practice.profiles,
  actor_id     uuid references practice.profiles,   -- null: played alone
  plan         jsonb not null,             -- its phases, as the format was then: a better format changes no station under way
  reading_at   timestamptz not null,
  running_at   timestamptz,                -- null: somebody will say when
  marking_at   timestamptz,                -- null also where nothing is marked
  feedback_at  timestamptz,
  ended_at     timestamptz,                -- what was open then stays open, and nothing opens after it
  primary key (session_id, number),
  constraint round_is_of_one_case unique (session_id, number, case_id),   -- for ticks, which say whose item they tick
  constraint rounds_count_from_one check (number >= 1),
  constraint nobody_plays_both check (actor_id <> candidate_id),
  constraint plan_has_phases check (jsonb_typeof(plan) = 'object' and plan ? 'running' and plan ? 'feedback'
    and plan - '{reading,running,marking,feedback}'::text[] = '{}' and length(plan::text) <= 2000
    and not plan @? '$.* ? (!(@.type() == "object" && (@.seconds.type() == "number" || @.seconds.type() == "null") && @.bells.type() == "array"))'),
  constraint phases_follow_each_other check (
    running_at >= reading_at and marking_at >= running_at and feedback_at >= coalesce(marking_at, running_at)),
  constraint marked_as_planned check (marking_at is null or plan ? 'marking')
);
alter table practice.rounds enable row level security;
revoke all on practice.rounds from anon, authenticated, service_role;
create index rounds_case_idx on practice.rounds (case_id);
create index rounds_candidate_idx on practice.rounds (candidate_id);
create index rounds_actor_idx on practice.rounds (actor_id);
create unique index round_is_under_way on practice.rounds (session_id) where ended_at is null;
create policy "the server sees rounds" on practice.rounds for select to service_role using (true);
grant select on practice.rounds to service_role;   -- people by private.my_practice_sessions and private.my_rounds

-- The phase that a round had reached at an instant. Half-open: at the very instant of the bell it is the next one.
create function private.phase_reached(running_at timestamptz, marking_at timestamptz, feedback_at timestamptz, at timestamptz) returns text
language sql immutable set search_path = '' as $$
  select case when feedback_at <= at then 'feedback' when marking_at <= at then 'marking' when running_at <= at then 'running' else 'reading' end
$$;
revoke all on function private.phase_reached(timestamptz, timestamptz, timestamptz, timestamptz) from public;

-- When the phases after one begin, if that one begins then. After a phase without a length nobody knows.
create function private.phases_after(plan jsonb, phase text, at timestamptz,
  out running_at timestamptz, out marking_at timestamptz, out feedback_at timestamptz)
language plpgsql immutable set search_path = '' as $$
declare
  p text;
  t timestamptz := phases_after.at;
  reached boolean := false;
begin
  foreach p in array array['reading', 'running', 'marking', 'feedback'] loop
    reached := reached or p = phases_after.phase;
    continue when not reached or not phases_after.plan ? p;
    case p when 'running' then running_at := t; when 'marking' then marking_at := t; when 'feedback' then feedback_at := t; else null; end case;
    t := t + make_interval(secs => (phases_after.plan -> p ->> 'seconds')::integer);
  end loop;
end $$;
revoke all on function private.phases_after(jsonb, text, timestamptz) from public;

-- A review is talked through: there is nothing to mark.
create function private.plan_of(format text, type text) returns jsonb language sql stable set search_path = '' as $$
  select jsonb_object_agg(p.phase, jsonb_build_object('seconds', f.seconds, 'bells', coalesce(to_jsonb(f.bells), '[]')))
  from unnest(array['reading', 'running', 'marking', 'feedback']) p (phase)
    left join practice.format_phases f on f.format = plan_of.format and f.phase = p.phase
  where (f.phase is not null or p.phase in ('running', 'feedback')) and not (p.phase = 'marking' and plan_of.type = 'review')
$$;
revoke all on function private.plan_of(text, text) from public;

create function private.cases_known_to(person uuid) returns setof uuid language sql stable security definer set search_path = '' as $$
  select a.case_id from practice.case_authors a where a.person_id = cases_known_to.person
  union
  select a.case_id from practice.case_reviewers a where a.person_id = cases_known_to.person
$$;
revoke all on function private.cases_known_to(uuid) from public;

-- A case can be played where it is published, where neither has opened it in this session, and where the candidate has not got to
-- know it by writing or checking it.
create function private.refuse_a_known_case(case_id uuid, session uuid, persons uuid[], candidate uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from practice.cases c where c.id = refuse_a_known_case.case_id and c.published_at is not null) then
    perform private.refuse('no_such_case');
  end if;
  if exists (
    select from practice.disclosures d join practice.rounds r on r.session_id = d.session_id and r.number = d.round
    where d.session_id = refuse_a_known_case.session and r.case_id = refuse_a_known_case.case_id
      and d.person_id = any (refuse_a_known_case.persons)) then
    perform private.refuse('case_already_opened');
  end if;
  if refuse_a_known_case.case_id in (select private.cases_known_to(refuse_a_known_case.candidate)) then
    perform private.refuse('candidate_knows_the_case');
  end if;
end $$;
revoke all on function private.refuse_a_known_case(uuid, uuid, uuid[], uuid) from public;

-- Surprise: rather one that neither has ever opened.
create function private.surprising_case(session uuid, persons uuid[], candidate uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_case uuid;
begin
  select c.id into found_case
  from practice.cases c
    left join lateral (
      select bool_or(d.session_id = surprising_case.session) as here
      from practice.disclosures d join practice.rounds r on r.session_id = d.session_id and r.number = d.round
      where r.case_id = c.id and d.person_id = any (surprising_case.persons)
    ) opened on true
  where c.published_at is not null and opened.here is not true
    and c.id not in (select private.cases_known_to(surprising_case.candidate))
  order by opened.here is not null, random() limit 1;
  if not found then perform private.refuse('no_case_left'); end if;
  return found_case;
end $$;
revoke all on function private.surprising_case(uuid, uuid[], uuid) from public;

create function private.must_be_between_rounds(session uuid) returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if exists (select from practice.rounds r where r.session_id = must_be_between_rounds.session and r.ended_at is null) then
    perform private.refuse('phase_out_of_order');
  end if;
end $$;
revoke all on function private.must_be_between_rounds(uuid) from public;

-- Both may choose, for both will sit there; the version keeps them from choosing past each other. In the middle of a round nobody does.
create function private.choose_roles(session uuid, version integer, candidate uuid) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(choose_roles.session, choose_roles.version);
begin
  perform private.must_be_between_rounds(s.id);
  update practice.practice_sessions p set candidate_id = choose_roles.candidate, version = p.version + 1 where p.id = s.id;
  return s.version + 1;
end $$;
revoke all on function private.choose_roles(uuid, integer, uuid) from public;
grant execute on function private.choose_roles(uuid, integer, uuid) to authenticated;

create function private.choose_case(session uuid, version integer, case_id uuid) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(choose_case.session, choose_case.version);
begin
  perform private.must_be_between_rounds(s.id);
  if choose_case.case_id is not null then
    perform private.refuse_a_known_case(choose_case.case_id, s.id, array[s.host_id, s.guest_id], s.candidate_id);
  end if;
  update practice.practice_sessions p set case_id = choose_case.case_id, version = p.version + 1 where p.id = s.id;
  return s.version + 1;
end $$;
revoke all on function private.choose_case(uuid, integer, uuid) from public;
grant execute on function private.choose_case(uuid, integer, uuid) to authenticated;

-- The first bell. Whoever may begin, and when, is for the callers to say; who plays what, and which case, stands in the row.
create function private.ring_in(s practice.practice_sessions) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  at timestamptz := clock_timestamp();
  phases jsonb := private.plan_of(ring_in.s.format, ring_in.s.type);
  persons uuid[] := array[ring_in.s.host_id, ring_in.s.guest_id];
  chosen uuid := ring_in.s.case_id;
begin
  if chosen is null then chosen := private.surprising_case(ring_in.s.id, persons, ring_in.s.candidate_id);
  else perform private.refuse_a_known_case(chosen, ring_in.s.id, persons, ring_in.s.candidate_id); end if;
  insert into practice.rounds (session_id, number, case_id, candidate_id, actor_id, plan, reading_at, running_at, marking_at, feedback_at)
  select ring_in.s.id, 1 + coalesce(max(r.number), 0), chosen, ring_in.s.candidate_id,
    case when ring_in.s.candidate_id = ring_in.s.host_id then ring_in.s.guest_id else ring_in.s.host_id end,
    phases, at, p.running_at, p.marking_at, p.feedback_at
  from private.phases_after(phases, case when phases ? 'reading' then 'reading' else 'running' end, at) p
    left join practice.rounds r on r.session_id = ring_in.s.id
  group by p.running_at, p.marking_at, p.feedback_at;
  update practice.practice_sessions p set case_id = chosen, candidate_id = ring_in.s.candidate_id, version = p.version + 1
  where p.id = ring_in.s.id;
end $$;
revoke all on function private.ring_in(practice.practice_sessions) from public;

-- A quarter of an hour before it is planned at the earliest: else somebody takes a seat days ahead and opens the texts by themselves.
create function private.begin_station(session uuid, version integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(begin_station.session, begin_station.version);
begin
  perform private.must_be_between_rounds(s.id);
  if s.partner = 'person' and s.guest_id is null then perform private.refuse('seat_is_free'); end if;
  if s.candidate_id is null then perform private.refuse('roles_are_open'); end if;
  if clock_timestamp() < s.starts_at - interval '15 minutes' then perform private.refuse('too_early'); end if;
  perform private.ring_in(s);
  return s.version + 1;
end $$;
revoke all on function private.begin_station(uuid, integer) from public;
grant execute on function private.begin_station(uuid, integer) to authenticated;

-- Alone, at once. It is on nobody's list and claims nobody's time.
create function private.practise_alone(type text, format text, case_id uuid default null) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
  at timestamp := date_trunc('minute', clock_timestamp() at time zone 'UTC');
begin
  perform private.must_appear_in_practice();
  if not exists (select from practice.formats f where f.id = practise_alone.format) then perform private.refuse('no_such_format'); end if;
  insert into practice.practice_sessions (host_id, candidate_id, "date", "time", type, format, partner)
  values (auth.uid(), auth.uid(), at::date, at::time, practise_alone.type, practise_alone.format, 'nobody')
  returning * into s;
  s.case_id := practise_alone.case_id;
  perform private.ring_in(s);
  return s.id;
end $$;
revoke all on function private.practise_alone(text, text, uuid) from public;
grant execute on function private.practise_alone(text, text, uuid) to authenticated;

-- Going on before the bell. It opens texts, so it is not anybody's: the candidate has read enough, the actor has seen or marked
-- enough. (Could the candidate end the marking, they would end it to read the markscheme.) Who plays alone is both.
create function private.move_on(session uuid, version integer, phase text) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(move_on.session, move_on.version);
  r practice.rounds;
  at timestamptz := clock_timestamp();
  now_in text;
begin
  select x.* into r from practice.rounds x where x.session_id = s.id and x.ended_at is null for update;
  if not found then perform private.refuse('phase_out_of_order'); end if;
  now_in := private.phase_reached(r.running_at, r.marking_at, r.feedback_at, at);
  if move_on.phase is distinct from (case now_in when 'reading' then 'running' when 'marking' then 'feedback'
    when 'running' then case when r.plan ? 'marking' then 'marking' else 'feedback' end end) then
    perform private.refuse('phase_out_of_order');
  end if;
  if auth.uid() <> (case when now_in = 'reading' or r.actor_id is null then r.candidate_id else r.actor_id end) then
    perform private.refuse('not_your_role');
  end if;
  update practice.rounds x set running_at = coalesce(p.running_at, x.running_at),
    marking_at = case when now_in = 'marking' then x.marking_at else p.marking_at end, feedback_at = p.feedback_at
  from private.phases_after(r.plan, move_on.phase, at) p
  where x.session_id = r.session_id and x.number = r.number;
  update practice.practice_sessions p set version = p.version + 1 where p.id = s.id;
  return s.version + 1;
end $$;
revoke all on function private.move_on(uuid, integer, text) from public;
grant execute on function private.move_on(uuid, integer, text) to authenticated;

-- After the feedback: the other one is the candidate now, with a case that neither has opened here. Who plays alone plays another.
create function private.next_round(session uuid, version integer, case_id uuid default null) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(next_round.session, next_round.version);
begin
  update practice.rounds r set ended_at = clock_timestamp()
  where r.session_id = s.id and r.ended_at is null and r.feedback_at <= clock_timestamp();
  if not found then perform private.refuse('phase_out_of_order'); end if;
  s.case_id := next_round.case_id;
  if s.guest_id is not null then s.candidate_id := case when s.candidate_id = s.host_id then s.guest_id else s.host_id end; end if;
  perform private.ring_in(s);
  return s.version + 1;
end $$;
revoke all on function private.next_round(uuid, integer, uuid) from public;
grant execute on function private.next_round(uuid, integer, uuid) to authenticated;

-- Either may stop, at any time and without a reason.
create function private.end_session(session uuid, version integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(end_session.session, end_session.version);
begin
  if not exists (select from practice.rounds r where r.session_id = s.id) then perform private.refuse('phase_out_of_order'); end if;
  update practice.rounds r set ended_at = clock_timestamp() where r.session_id = s.id and r.ended_at is null;
  update practice.practice_sessions p set ended_at = clock_timestamp(), version = p.version + 1 where p.id = s.id;
end $$;
revoke all on function private.end_session(uuid, integer) from public;
grant execute on function private.end_session(uuid, integer) to authenticated;

-- What the two who sit there see of their session: with the room, the case and who is the candidate. `now` is the server's
-- clock, against which their browsers set theirs. Of somebody they are kept from since, no name is left.
create function private.my_practice_sessions(session uuid default null)
returns table (id uuid, version integer, host_id uuid, host_name text, host_avatar text, guest_id uuid, guest_name text, guest_avatar text,
  starts_at timestamptz, minutes integer, type text, format text, level text, note text, partner text, room_url text, case_id uuid,
  candidate_id uuid, created_at timestamptz, cancelled_at timestamptz, ended_at timestamptz, round integer, phase text, plan jsonb,
  reading_at timestamptz, running_at timestamptz, marking_at timestamptz, feedback_at timestamptz, "now" timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.version, s.host_id, trim(h.first_name || ' ' || h.last_name), h.avatar,
    s.guest_id, trim(g.first_name || ' ' || g.last_name), g.avatar,
    s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format, s.level, s.note, s.partner,
    case when coalesce(s.cancelled_at, s.ended_at) is null then s.room_url end, s.case_id, s.candidate_id,
    s.created_at, s.cancelled_at, s.ended_at, r.number,
    case when s.ended_at is not null then 'ended' when r.number is null then 'scheduled'
      else private.phase_reached(r.running_at, r.marking_at, r.feedback_at, clock_timestamp()) end,
    r.plan, r.reading_at, r.running_at, r.marking_at, r.feedback_at, clock_timestamp()
  from practice.practice_sessions s
    left join practice.profiles h on h.user_id = s.host_id and h.user_id <> all (array(select private.my_blocked()))
    left join practice.profiles g on g.user_id = s.guest_id and g.user_id <> all (array(select private.my_blocked()))
    left join practice.rounds r on r.session_id = s.id and r.ended_at is null
  where (s.host_id = (select auth.uid()) or s.guest_id = (select auth.uid()))
    and (my_practice_sessions.session is null or s.id = my_practice_sessions.session)
  order by s.starts_at desc, s.id
$$;
revoke all on function private.my_practice_sessions(uuid) from public;
grant execute on function private.my_practice_sessions(uuid) to authenticated;

-- What one has played, as whom, and how far it came: also of sessions whose seat one has left.
create function private.my_rounds(session uuid default null)
returns table (session_id uuid, round integer, case_id uuid, case_name text, type text, format text, role text, reached text,
  reading_at timestamptz, ended_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.session_id, r.number, r.case_id, c.case_name, s.type, s.format,
    case when r.actor_id is null then 'alone' when r.candidate_id = (select auth.uid()) then 'candidate' else 'actor' end,
    private.phase_reached(r.running_at, r.marking_at, r.feedback_at, coalesce(r.ended_at, clock_timestamp())), r.reading_at, r.ended_at
  from practice.rounds r join practice.practice_sessions s on s.id = r.session_id join practice.cases c on c.id = r.case_id
  where (r.candidate_id = (select auth.uid()) or r.actor_id = (select auth.uid()))
    and (my_rounds.session is null or r.session_id = my_rounds.session)
  order by r.reading_at desc, r.session_id, r.number
$$;
revoke all on function private.my_rounds(uuid) from public;
grant execute on function private.my_rounds(uuid) to authenticated;

-- The door asks at every join, whoever has the address: whose room this is now, and whether there is still anything behind it.
create function private.enter_practice_room(room_url text) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  behind uuid;
begin
  select s.id into behind from practice.practice_sessions s
  where s.room_url = enter_practice_room.room_url and (s.host_id = auth.uid() or s.guest_id = auth.uid())
    and s.cancelled_at is null and s.ended_at is null;
  if not found then perform private.refuse('not_your_room'); end if;
  return behind;
end $$;
revoke all on function private.enter_practice_room(text) from public;
grant execute on function private.enter_practice_room(text) to authenticated;
