-- Two who sit in a session have a room of platform/rooms to meet in: opened when the guest sits down, under the session's unguessable
-- address, closed when they get up or the session is over. Practice's rounds are its clock, so the room has none of its own.
--
-- Triggers on the session's row and on its rounds, as for what is heard (2026-11-25-50): none of the functions that seat, free, end or
-- call off can forget it. Deferred to the commit, because rooms come after domains' rows; and by their names, and by the order in
-- which rows are written, before what is heard, because topics come last.
create function private.meets_in_a_room(s practice.practice_sessions) returns boolean language sql immutable set search_path = '' as $$
  select (meets_in_a_room.s).guest_id is not null and (meets_in_a_room.s).cancelled_at is null and (meets_in_a_room.s).ended_at is null
$$;
revoke all on function private.meets_in_a_room(practice.practice_sessions) from public;

-- The host lets in whoever may watch; guest and host meet as equals, and nobody waits. The door opens a quarter of an hour before, as
-- long as a station may begin (private.begin_station) and somebody may say that they are there.
create function private.open_practice_room(s practice.practice_sessions) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.open_room((open_practice_room.s).room_url::uuid, 'practice.session', (
      select jsonb_agg(jsonb_build_object('person', p.user_id, 'name', trim(p.first_name || ' ' || p.last_name), 'keeps_time', true,
        'lets_in', p.user_id = (open_practice_room.s).host_id,
        'role', case when p.user_id = (open_practice_room.s).host_id then 'host' else 'guest' end))
      from practice.profiles p where p.user_id in ((open_practice_room.s).host_id, (open_practice_room.s).guest_id)),
    (open_practice_room.s).starts_at - interval '15 minutes', (open_practice_room.s).starts_at + (open_practice_room.s).duration);
end $$;
revoke all on function private.open_practice_room(practice.practice_sessions) from public;

-- A room that has been swept is closed, too.
create function private.close_practice_room(room_url text) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select from rooms.rooms r where r.id = close_practice_room.room_url::uuid) then
    perform private.close_room(close_practice_room.room_url::uuid);
  end if;
end $$;
revoke all on function private.close_practice_room(text) from public;

create function private.practice_has_a_room() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  had text;
  has text;
begin
  if tg_op <> 'INSERT' and private.meets_in_a_room(old) then had := old.room_url; end if;
  if tg_op <> 'DELETE' and private.meets_in_a_room(new) then has := new.room_url; end if;
  if had is distinct from has then
    if had is not null then perform private.close_practice_room(had); end if;
    if has is not null then perform private.open_practice_room(new); end if;
  end if;
  return null;
end $$;
revoke all on function private.practice_has_a_room() from public;
create constraint trigger practice_begins_in_a_room after insert on practice.practice_sessions
  deferrable initially deferred for each row when (new.guest_id is not null) execute function private.practice_has_a_room();
create constraint trigger practice_has_a_room after update on practice.practice_sessions
  deferrable initially deferred for each row when (
    (new.guest_id, new.room_url, new.cancelled_at, new.ended_at) is distinct from (old.guest_id, old.room_url, old.cancelled_at, old.ended_at))
  execute function private.practice_has_a_room();
create constraint trigger practice_has_a_room_no_more after delete on practice.practice_sessions
  deferrable initially deferred for each row when (old.guest_id is not null) execute function private.practice_has_a_room();

-- Until when a round under way may need its room. A phase without a length lasts until somebody goes on: an hour is reckoned for it, and
-- for a feedback an hour at least, so that two who still talk are not put out by a plan.
create function private.round_ends_by(r practice.rounds) returns timestamptz language sql stable set search_path = '' as $$
  select coalesce((round_ends_by.r).feedback_at, (round_ends_by.r).marking_at + interval '1 hour',
      coalesce((round_ends_by.r).running_at, (round_ends_by.r).reading_at + interval '1 hour') + interval '1 hour')
    + make_interval(secs => greatest(((round_ends_by.r).plan -> 'feedback' ->> 'seconds')::integer, 3600))
$$;
revoke all on function private.round_ends_by(practice.rounds) from public;

-- A session that has begun runs past its time if its rounds do, and keeps its room; a day at most, as any room. Who begins when the door
-- has closed for good gets another room.
create function private.round_keeps_its_room() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
  room rooms.rooms;
  until timestamptz := private.round_ends_by(new);
begin
  select p.* into s from practice.practice_sessions p where p.id = new.session_id;
  if not found or not private.meets_in_a_room(s) then return null; end if;
  select x.* into room from rooms.rooms x where x.id = s.room_url::uuid for no key update;
  if not found or private.is_over(room) then
    update practice.practice_sessions p set room_url = gen_random_uuid()::text where p.id = s.id returning * into s;
    select x.* into room from rooms.rooms x where x.id = s.room_url::uuid;
  end if;
  until := least(until, room.opens_at + interval '24 hours');
  if room.closes_at < until then perform private.move_room(room.id, room.opens_at, until); end if;
  return null;
end $$;
revoke all on function private.round_keeps_its_room() from public;
create constraint trigger round_keeps_its_room after insert or update on practice.rounds
  deferrable initially deferred for each row when (new.ended_at is null) execute function private.round_keeps_its_room();

-- As before, and the room's id where there is a room: while somebody has the seat, and the session is not over.
create or replace function private.my_practice_sessions(session uuid default null)
returns table (id uuid, version integer, host_id uuid, host_name text, host_avatar text, guest_id uuid, guest_name text, guest_avatar text,
  starts_at timestamptz, minutes integer, type text, format text, level text, note text, partner text, room_url text, case_id uuid,
  candidate_id uuid, created_at timestamptz, cancelled_at timestamptz, ended_at timestamptz, round integer, phase text, plan jsonb,
  reading_at timestamptz, running_at timestamptz, marking_at timestamptz, feedback_at timestamptz, "now" timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.version, s.host_id, trim(h.first_name || ' ' || h.last_name), h.avatar,
    s.guest_id, trim(g.first_name || ' ' || g.last_name), g.avatar,
    s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format, s.level, s.note, s.partner,
    case when private.meets_in_a_room(s) then s.room_url end, s.case_id, s.candidate_id,
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

-- The door asks at every join, and it is the room's own now.
drop function private.enter_practice_room(text);

-- Sessions that are there already, as far as anybody could still come in.
do $$
declare
  s practice.practice_sessions;
begin
  for s in
    select p.* from practice.practice_sessions p
    where private.meets_in_a_room(p) and private.door_closes(p.starts_at + p.duration) > clock_timestamp() order by p.room_url::uuid
  loop
    perform private.open_practice_room(s);
  end loop;
end $$;
