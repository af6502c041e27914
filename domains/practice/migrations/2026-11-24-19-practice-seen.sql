-- What those who play see: their sessions, what they have played, and the door of the room.

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
