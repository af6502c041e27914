-- A pause and more time, as the two agree: as in platform/rooms (its rules 11 to 15), on practice's own rounds, because these decide
-- what may be read.
--
-- A round that stands still keeps no instant that lies ahead: what is left of its phase is stored instead, and the rest follows from the
-- plan when it goes on. So whatever reckons a phase from a round's instants opens nothing during a pause, and need not know of it.
alter table practice.rounds
  add column paused_at   timestamptz,
  add column paused_left interval,      -- of the phase that stands still
  add column ask_what    text,          -- what one of the two wants, and the other must agree to
  add column ask_by      uuid references practice.profiles,
  add column ask_phase   text,          -- void when that one is over
  add column ask_seconds integer,
  add constraint pause_is_whole check ((paused_at is null) = (paused_left is null) and paused_left > interval '0'),
  add constraint nothing_begins_during_a_pause check (
    paused_at is null or coalesce(greatest(running_at, marking_at, feedback_at) <= paused_at, true)),
  add constraint ask_is_known check (ask_what in ('pause', 'extend')),
  add constraint ask_is_whole check ((ask_what is null) = (ask_by is null) and (ask_what is null) = (ask_phase is null)
    and coalesce(ask_what = 'extend', false) = (ask_seconds is not null)),
  add constraint who_asks_plays check (ask_by in (candidate_id, actor_id)),
  add constraint more_time_is_half_a_minute_to_half_an_hour check (ask_seconds between 30 and 1800);
create index rounds_ask_by_idx on practice.rounds (ask_by);

-- What comes after a phase in a plan, and when it does; nobody knows the end of a feedback.
create function private.phase_after(plan jsonb, phase text) returns text language sql immutable set search_path = '' as $$
  select case phase_after.phase when 'reading' then 'running' when 'marking' then 'feedback'
    when 'running' then case when phase_after.plan ? 'marking' then 'marking' else 'feedback' end end
$$;
revoke all on function private.phase_after(jsonb, text) from public;

create function private.phase_ends(r practice.rounds, phase text) returns timestamptz language sql immutable set search_path = '' as $$
  select coalesce((phase_ends.r).paused_at + (phase_ends.r).paused_left,
    case private.phase_after((phase_ends.r).plan, phase_ends.phase)
      when 'running' then (phase_ends.r).running_at when 'marking' then (phase_ends.r).marking_at when 'feedback' then (phase_ends.r).feedback_at end)
$$;
revoke all on function private.phase_ends(practice.rounds, text) from public;

-- Where a round stands at an instant, stopped or not.
create function private.round_reached(r practice.rounds, at timestamptz) returns text language sql immutable set search_path = '' as $$
  select private.phase_reached((round_reached.r).running_at, (round_reached.r).marking_at, (round_reached.r).feedback_at,
    least(round_reached.at, (round_reached.r).ended_at))
$$;
revoke all on function private.round_reached(practice.rounds, timestamptz) from public;

-- The later phases of a round, if the one under way ends then.
create function private.round_ending(r practice.rounds, phase text, ends timestamptz) returns practice.rounds
language plpgsql immutable set search_path = '' as $$
declare
  x practice.rounds := round_ending.r;
  p record;
begin
  select * into p from private.phases_after(x.plan, private.phase_after(x.plan, round_ending.phase), round_ending.ends);
  x.running_at := coalesce(p.running_at, x.running_at);
  if round_ending.phase <> 'marking' then x.marking_at := p.marking_at; end if;
  x.feedback_at := p.feedback_at;
  return x;
end $$;
revoke all on function private.round_ending(practice.rounds, text, timestamptz) from public;

-- As it is shown: while it stands still, the instants that it would have if it went on in the moment of the pause. They move by its length.
create function private.round_shown(r practice.rounds) returns practice.rounds language sql immutable set search_path = '' as $$
  select case when (round_shown.r).paused_at is null then round_shown.r
    else private.round_ending(round_shown.r, private.round_reached(round_shown.r, (round_shown.r).paused_at),
      (round_shown.r).paused_at + (round_shown.r).paused_left) end
$$;
revoke all on function private.round_shown(practice.rounds) from public;

create function private.round_is_asked(r practice.rounds, at timestamptz) returns boolean language sql immutable set search_path = '' as $$
  select coalesce((round_is_asked.r).ask_phase = private.round_reached(round_is_asked.r, round_is_asked.at), false)
$$;
revoke all on function private.round_is_asked(practice.rounds, timestamptz) from public;

-- The round under way, held with its session: everything that turns its clock begins here.
create function private.hold_round(session uuid, version integer) returns practice.rounds
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(hold_round.session, hold_round.version);
  r practice.rounds;
begin
  select x.* into r from practice.rounds x where x.session_id = s.id and x.ended_at is null for update;
  if not found then perform private.refuse('clock_is_not_running'); end if;
  return r;
end $$;
revoke all on function private.hold_round(uuid, integer) from public;

-- As it is to be now; whoever has the session's page open hears of it.
create function private.turn_round(r practice.rounds) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  turned integer;
begin
  update practice.rounds x set running_at = (turn_round.r).running_at, marking_at = (turn_round.r).marking_at, feedback_at = (turn_round.r).feedback_at,
    paused_at = (turn_round.r).paused_at, paused_left = (turn_round.r).paused_left, ask_what = (turn_round.r).ask_what,
    ask_by = (turn_round.r).ask_by, ask_phase = (turn_round.r).ask_phase, ask_seconds = (turn_round.r).ask_seconds
  where x.session_id = (turn_round.r).session_id and x.number = (turn_round.r).number;
  update practice.practice_sessions p set version = p.version + 1 where p.id = (turn_round.r).session_id returning p.version into turned;
  return turned;
end $$;
revoke all on function private.turn_round(practice.rounds) from public;

create function private.round_without_ask(r practice.rounds) returns practice.rounds language plpgsql immutable set search_path = '' as $$
declare
  x practice.rounds := round_without_ask.r;
begin
  x.ask_what := null; x.ask_by := null; x.ask_phase := null; x.ask_seconds := null;
  return x;
end $$;
revoke all on function private.round_without_ask(practice.rounds) from public;

-- What two want is done. The pause takes every instant that lies ahead out of the row; more time is a later end of this phase.
create function private.turn_as_asked(r practice.rounds, what text, seconds integer, phase text, at timestamptz) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  x practice.rounds := private.round_without_ask(turn_as_asked.r);
begin
  if turn_as_asked.what = 'pause' then
    x.paused_left := private.phase_ends(x, turn_as_asked.phase) - turn_as_asked.at;
    x.paused_at := turn_as_asked.at;
    if x.running_at > turn_as_asked.at then x.running_at := null; end if;
    if x.marking_at > turn_as_asked.at then x.marking_at := null; end if;
    if x.feedback_at > turn_as_asked.at then x.feedback_at := null; end if;
  elsif x.paused_at is not null then
    x.paused_left := x.paused_left + make_interval(secs => turn_as_asked.seconds);
  else
    x := private.round_ending(x, turn_as_asked.phase, private.phase_ends(x, turn_as_asked.phase) + make_interval(secs => turn_as_asked.seconds));
  end if;
  return private.turn_round(x);
end $$;
revoke all on function private.turn_as_asked(practice.rounds, text, integer, text, timestamptz) from public;

-- Somebody who can answer: the other one of the round, inside and not away. Where they are not (a line that is lost, or a station played
-- alone), nobody could agree, and asking is enough.
create function private.partner_can_answer(r practice.rounds) returns boolean language sql volatile security definer set search_path = '' as $$
  select exists (
    select from practice.practice_sessions s join rooms.seats t on t.room_id = s.room_url::uuid
    where s.id = (partner_can_answer.r).session_id and t.person_id in ((partner_can_answer.r).candidate_id, (partner_can_answer.r).actor_id)
      and t.person_id <> auth.uid() and t.state = 'inside' and not private.is_away(t.seen_at))
$$;
revoke all on function private.partner_can_answer(practice.rounds) from public;

-- One instant for all that is looked at and done, taken when the round is held: between two the bell might ring.
create function private.ask_round(session uuid, version integer, phase text, what text, seconds integer default null) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  r practice.rounds := private.hold_round(ask_round.session, ask_round.version);
  at timestamptz := clock_timestamp();
  wanted integer := case when ask_round.what = 'extend' then ask_round.seconds end;
begin
  if (ask_round.what in ('pause', 'extend')) is not true then perform private.refuse('ask_is_known'); end if;
  if ask_round.what = 'extend' and wanted is null then perform private.refuse('seconds_are_missing'); end if;
  if wanted not between 30 and 1800 then perform private.refuse('more_time_is_half_a_minute_to_half_an_hour'); end if;
  if ask_round.phase is distinct from private.round_reached(r, at) then perform private.refuse('phase_is_over'); end if;
  if ask_round.what = 'pause' and r.paused_at is not null then perform private.refuse('clock_is_paused'); end if;
  if private.phase_ends(r, ask_round.phase) is null then perform private.refuse('phase_has_no_end'); end if;
  if private.round_is_asked(r, at) then
    if r.ask_by = auth.uid() then perform private.refuse('yours_to_wait'); end if;
    if (r.ask_what, r.ask_seconds) is distinct from (ask_round.what, wanted) then perform private.refuse('answer_first'); end if;
    return private.turn_as_asked(r, r.ask_what, r.ask_seconds, ask_round.phase, at);
  end if;
  if not private.partner_can_answer(r) then return private.turn_as_asked(r, ask_round.what, wanted, ask_round.phase, at); end if;
  r.ask_what := ask_round.what; r.ask_by := auth.uid(); r.ask_phase := ask_round.phase; r.ask_seconds := wanted;
  return private.turn_round(r);
end $$;
revoke all on function private.ask_round(uuid, integer, text, text, integer) from public;
grant execute on function private.ask_round(uuid, integer, text, text, integer) to authenticated;

create function private.agree_round(session uuid, version integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  r practice.rounds := private.hold_round(agree_round.session, agree_round.version);
  at timestamptz := clock_timestamp();
begin
  if not private.round_is_asked(r, at) then perform private.refuse('nothing_is_asked'); end if;
  if r.ask_by = auth.uid() then perform private.refuse('yours_to_wait'); end if;
  return private.turn_as_asked(r, r.ask_what, r.ask_seconds, r.ask_phase, at);
end $$;
revoke all on function private.agree_round(uuid, integer) from public;
grant execute on function private.agree_round(uuid, integer) to authenticated;

-- Also what one has asked oneself: that takes it back.
create function private.decline_round(session uuid, version integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  r practice.rounds := private.hold_round(decline_round.session, decline_round.version);
begin
  if not private.round_is_asked(r, clock_timestamp()) then perform private.refuse('nothing_is_asked'); end if;
  return private.turn_round(private.round_without_ask(r));
end $$;
revoke all on function private.decline_round(uuid, integer) from public;
grant execute on function private.decline_round(uuid, integer) to authenticated;

create function private.resume_round(session uuid, version integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  r practice.rounds := private.hold_round(resume_round.session, resume_round.version);
  at timestamptz := clock_timestamp();
begin
  if r.paused_at is null then perform private.refuse('clock_is_not_paused'); end if;
  r := private.round_ending(r, private.round_reached(r, at), at + r.paused_left);
  r.paused_at := null;
  r.paused_left := null;
  return private.turn_round(r);
end $$;
revoke all on function private.resume_round(uuid, integer) from public;
grant execute on function private.resume_round(uuid, integer) to authenticated;

-- As before; what stands still goes on first.
create or replace function private.move_on(session uuid, version integer, phase text) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(move_on.session, move_on.version);
  r practice.rounds;
  at timestamptz := clock_timestamp();
  now_in text;
begin
  select x.* into r from practice.rounds x where x.session_id = s.id and x.ended_at is null for update;
  if not found then perform private.refuse('phase_out_of_order'); end if;
  if r.paused_at is not null then perform private.refuse('clock_is_paused'); end if;
  now_in := private.round_reached(r, at);
  if (move_on.phase = private.phase_after(r.plan, now_in)) is not true then perform private.refuse('phase_out_of_order'); end if;
  if auth.uid() <> (case when now_in = 'reading' or r.actor_id is null then r.candidate_id else r.actor_id end) then
    perform private.refuse('not_your_role');
  end if;
  return private.turn_round(private.round_ending(r, now_in, at));
end $$;

-- As before, with the pause and what is asked.
drop function private.my_practice_sessions(uuid);
create function private.my_practice_sessions(session uuid default null)
returns table (id uuid, version integer, host_id uuid, host_name text, host_avatar text, guest_id uuid, guest_name text, guest_avatar text,
  starts_at timestamptz, minutes integer, type text, format text, level text, note text, partner text, room_url text, case_id uuid,
  candidate_id uuid, created_at timestamptz, cancelled_at timestamptz, ended_at timestamptz, round integer, phase text, plan jsonb,
  reading_at timestamptz, running_at timestamptz, marking_at timestamptz, feedback_at timestamptz, paused_at timestamptz, ask jsonb,
  "now" timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.version, s.host_id, trim(h.first_name || ' ' || h.last_name), h.avatar,
    s.guest_id, trim(g.first_name || ' ' || g.last_name), g.avatar,
    s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format, s.level, s.note, s.partner,
    case when private.meets_in_a_room(s) then s.room_url end, s.case_id, s.candidate_id,
    s.created_at, s.cancelled_at, s.ended_at, r.number,
    case when s.ended_at is not null then 'ended' when r.number is null then 'scheduled' else private.round_reached(r, clock_timestamp()) end,
    r.plan, r.reading_at, x.running_at, x.marking_at, x.feedback_at, r.paused_at,
    case when private.round_is_asked(r, clock_timestamp()) then
      jsonb_build_object('what', r.ask_what, 'by', r.ask_by, 'phase', r.ask_phase, 'seconds', r.ask_seconds) end,
    clock_timestamp()
  from practice.practice_sessions s
    left join practice.profiles h on h.user_id = s.host_id and h.user_id <> all (array(select private.my_blocked()))
    left join practice.profiles g on g.user_id = s.guest_id and g.user_id <> all (array(select private.my_blocked()))
    left join practice.rounds r on r.session_id = s.id and r.ended_at is null
    left join lateral private.round_shown(r) x on true
  where (s.host_id = (select auth.uid()) or s.guest_id = (select auth.uid()))
    and (my_practice_sessions.session is null or s.id = my_practice_sessions.session)
  order by s.starts_at desc, s.id
$$;
revoke all on function private.my_practice_sessions(uuid) from public;
grant execute on function private.my_practice_sessions(uuid) to authenticated;
