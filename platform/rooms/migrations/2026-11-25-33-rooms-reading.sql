-- A room as it is to whoever asks, all of one moment. Inside, everybody is seen; who waits or has not come sees their own seat and those who
-- let in, for they do not learn who waits beside them. Whoever is blocked is not seen, whichever of the two asks; and who could not come in
-- because of a block does not see the room either.
create function private.read_room(room uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  mine rooms.seats;
  found_room jsonb;
begin
  select s.* into mine from rooms.seats s where s.room_id = read_room.room and s.person_id = me;
  if not found then perform private.refuse('not_your_room'); end if;
  if mine.state <> 'inside' and private.is_kept_out(read_room.room, mine)
    and not (select private.is_over(r) from rooms.rooms r where r.id = read_room.room) then
    perform private.refuse('not_your_room');
  end if;
  select jsonb_build_object('id', r.id, 'kind', r.kind, 'version', r.version, 'now', private.iso(clock_timestamp()), 'most', r.most,
    'opens_at', private.iso(r.opens_at), 'closes_at', private.iso(r.closes_at), 'ends_at', private.iso(private.door_closes(r.closes_at)),
    'closed_at', private.iso(case when private.is_over(r) then coalesce(r.closed_at, private.door_closes(r.closes_at)) end),
    'me', private.seat_shown(mine, true),
    'others', (
      select coalesce(jsonb_agg(private.seat_shown(s, mine.state = 'inside') order by s.role, s.person_id), '[]') from rooms.seats s
      where s.room_id = r.id and s.person_id <> me and (mine.state = 'inside' or s.lets_in)
        and s.person_id <> all (array(select private.my_blocked()))),
    'clock', (
      select jsonb_build_object('version', c.version, 'paused_at', private.iso(c.paused_at), 'stopped_at', private.iso(c.stopped_at),
        'plan', (select jsonb_agg(jsonb_build_object('name', p -> 'name', 'seconds', p -> 'seconds', 'bells', coalesce(p -> 'bells', '[]'),
          'by', coalesce(p -> 'by', '[]')) order by n) from jsonb_array_elements(c.plan) with ordinality as x (p, n)),
        'instants', (select coalesce(jsonb_agg(private.iso(i) order by n), '[]') from unnest(c.instants) with ordinality as x (i, n)),
        'ask', case when mine.state = 'inside' and private.is_asked(c, clock_timestamp()) then
          jsonb_build_object('what', c.ask_what, 'by', c.ask_by, 'phase', c.ask_phase, 'seconds', c.ask_seconds) end)
      from rooms.clocks c where c.room_id = r.id))
  into found_room from rooms.rooms r where r.id = read_room.room;
  return found_room;
end $$;
revoke all on function private.read_room(uuid) from public;
grant execute on function private.read_room(uuid) to authenticated;

create function private.seat_shown(seat rooms.seats, wholly boolean) returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('person', u.id, 'name', coalesce(seat_shown.seat.name, private.name_in(u.raw_user_meta_data)), 'role', seat_shown.seat.role,
    'state', seat_shown.seat.state, 'since', private.iso(seat_shown.seat.since), 'entry', case when seat_shown.wholly then seat_shown.seat.entry end,
    'lets_in', seat_shown.seat.lets_in, 'waits', seat_shown.seat.waits, 'keeps_time', seat_shown.seat.keeps_time,
    'away_since', private.iso(case when private.is_away(seat_shown.seat.seen_at) then seat_shown.seat.seen_at end))
  from auth.users u where u.id = seat_shown.seat.person_id
$$;
revoke all on function private.seat_shown(rooms.seats, boolean) from public;

-- Who asks for a relay's credentials is somebody whose session counts now: the server makes these itself, and would else go by its memory.
create function private.who_calls() returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  return auth.uid();
end $$;
revoke all on function private.who_calls() from public;
grant execute on function private.who_calls() to authenticated;

-- The same for a call: whoever is inside, and until a quarter of an hour after the door closes, four hours at most. A clock with more time
-- moves the door along, and pages ask again.
create function private.calls_until(room uuid) returns timestamptz language plpgsql volatile security definer set search_path = '' as $$
declare
  mine rooms.seats := private.seat_in(calls_until.room, auth.uid());
  r rooms.rooms;
begin
  select x.* into r from rooms.rooms x where x.id = calls_until.room;
  if private.is_over(r) then perform private.refuse('room_is_closed'); end if;
  if mine.state <> 'inside' then perform private.refuse('not_inside'); end if;
  return least(private.door_closes(r.closes_at) + interval '15 minutes', clock_timestamp() + interval '4 hours');
end $$;
revoke all on function private.calls_until(uuid) from public;
grant execute on function private.calls_until(uuid) to authenticated;
