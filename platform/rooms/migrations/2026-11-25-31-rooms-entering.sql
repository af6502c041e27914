-- The door, at every join. In this order, so that nothing is learnt by who has no seat: a seat, the door, whom they would meet, a free place.
create function private.enter_room(room uuid, entry uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  r rooms.rooms := private.hold_room(enter_room.room);
  s rooms.seats := private.seat_in(r.id, me);
begin
  if private.is_over(r) then perform private.refuse('room_is_closed'); end if;
  if clock_timestamp() < r.opens_at then perform private.refuse('room_is_not_open_yet'); end if;
  if s.entry = enter_room.entry then   -- asked again, because the answer was lost
    update rooms.seats x set seen_at = clock_timestamp() where x.room_id = r.id and x.person_id = me;
    return;
  end if;
  -- A tab makes its entry itself: with somebody else's it would be taken for them.
  if exists (select from rooms.seats x where x.room_id = r.id and x.entry = enter_room.entry and x.person_id <> me) then
    perform private.refuse('entry_is_taken');
  end if;
  perform private.part_from_the_blocked(r.id, s);
  if s.state <> 'inside' and (not s.waits or s.let_in_at is not null) then perform private.find_a_place(r, me); end if;
  update rooms.seats x set entry = enter_room.entry, seen_at = clock_timestamp(),
    state = case when s.state = 'inside' or not s.waits or s.let_in_at is not null then 'inside' else 'waiting' end,
    since = case when s.state in ('inside', 'waiting') then x.since else clock_timestamp() end
  where x.room_id = r.id and x.person_id = me
  returning x.state into s.state;
  if s.state = 'inside' then perform private.join_topic(r.id, array[me]); end if;
  perform private.rooms_changed(array[r.id], 'seats', me, enter_room.entry);
end $$;
revoke all on function private.enter_room(uuid, uuid) from public;
grant execute on function private.enter_room(uuid, uuid) to authenticated;

-- Who has to stay outside is told what anybody without a seat is told, entering or reading (private.read_room): two answers would say that there
-- is a block. Whoever is in the waiting room already meets nobody there.
create function private.is_kept_out(room uuid, seat rooms.seats) returns boolean language sql stable security definer set search_path = '' as $$
  select not ((is_kept_out.seat).state = 'waiting' and (is_kept_out.seat).waits) and exists (
    select from rooms.seats t where t.room_id = is_kept_out.room and t.state = 'inside' and (t.lets_in or not (is_kept_out.seat).lets_in)
      and t.person_id in (select private.my_blocked()))
$$;
revoke all on function private.is_kept_out(uuid, rooms.seats) from public;

-- Of two who are not to meet, who lets in comes before who does not; else whoever came first. Nothing here says which of them blocked the other.
create function private.part_from_the_blocked(room uuid, seat rooms.seats) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  met uuid[];
begin
  if private.is_kept_out(part_from_the_blocked.room, part_from_the_blocked.seat) then perform private.refuse('not_your_room'); end if;
  if not part_from_the_blocked.seat.lets_in then return; end if;
  select array_agg(t.person_id) into met from rooms.seats t
  where t.room_id = part_from_the_blocked.room and t.state = 'inside' and t.person_id in (select private.my_blocked());
  if met is not null then perform private.put_out(part_from_the_blocked.room, met); end if;
end $$;
revoke all on function private.part_from_the_blocked(uuid, rooms.seats) from public;

-- Whoever has been away the longest gives up their place, now that somebody needs it.
create function private.find_a_place(room rooms.rooms, person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  gone uuid;
begin
  if (select count(*) from rooms.seats s where s.room_id = (find_a_place.room).id and s.state = 'inside' and s.person_id <> find_a_place.person)
    < (find_a_place.room).most then return;
  end if;
  select s.person_id into gone from rooms.seats s
  where s.room_id = (find_a_place.room).id and s.state = 'inside' and private.is_away(s.seen_at) order by s.seen_at limit 1;
  if not found then perform private.refuse('room_is_full'); end if;
  perform private.put_out((find_a_place.room).id, array[gone]);
end $$;
revoke all on function private.find_a_place(rooms.rooms, uuid) from public;

create function private.admit(room uuid, person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms := private.hold_room(admit.room);
  mine rooms.seats := private.seat_in(r.id, auth.uid());
  theirs rooms.seats;
begin
  if private.is_over(r) then perform private.refuse('room_is_closed'); end if;
  if mine.state <> 'inside' then perform private.refuse('not_inside'); end if;
  if not mine.lets_in then perform private.refuse('not_yours_to_let_in'); end if;
  select s.* into theirs from rooms.seats s where s.room_id = r.id and s.person_id = admit.person and s.state = 'waiting';
  if not found or admit.person in (select private.my_blocked()) then perform private.refuse('not_waiting'); end if;
  if exists (   -- that two of them are not to meet is all that is said
    select from rooms.seats s join safety.blocks b
      on (b.blocker_id, b.blocked_id) in ((s.person_id, admit.person), (admit.person, s.person_id))
    where s.room_id = r.id and s.state = 'inside') then
    perform private.refuse('cannot_come_in_now');
  end if;
  perform private.find_a_place(r, admit.person);
  update rooms.seats s set state = 'inside', since = clock_timestamp(), let_in_at = clock_timestamp()
  where s.room_id = r.id and s.person_id = admit.person;
  perform private.join_topic(r.id, array[admit.person]);
  perform private.rooms_changed(array[r.id], 'seats', admit.person, theirs.entry);
end $$;
revoke all on function private.admit(uuid, uuid) from public;
grant execute on function private.admit(uuid, uuid) to authenticated;

-- No event: that somebody is away is reckoned from when they were last seen. Takes the seat's lock alone, every half minute.
create function private.still_here(room uuid, entry uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
begin
  update rooms.seats s set seen_at = clock_timestamp()
  where s.room_id = still_here.room and s.person_id = me and s.entry = still_here.entry;
  if not found then perform private.refuse(case when (private.seat_in(still_here.room, me)).entry is null then 'not_inside' else 'taken_over' end); end if;
end $$;
revoke all on function private.still_here(uuid, uuid) from public;
grant execute on function private.still_here(uuid, uuid) to authenticated;

-- With the entry, so that an old tab's last word does not put out the one that has taken over. Left is left, however often it is said.
create function private.leave_room(room uuid, entry uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  r rooms.rooms := private.hold_room(leave_room.room);
  s rooms.seats := private.seat_in(r.id, me);
begin
  if s.state = 'left' then return; end if;
  if s.state = 'outside' then perform private.refuse('not_inside'); end if;
  if s.entry <> leave_room.entry then perform private.refuse('taken_over'); end if;
  perform private.put_out(r.id, array[me]);
  perform private.rooms_changed(array[r.id], 'seats', me);
end $$;
revoke all on function private.leave_room(uuid, uuid) from public;
grant execute on function private.leave_room(uuid, uuid) to authenticated;

-- Somebody blocks a person with whom they are in a room. Who lets in stays before who does not; between equals whoever blocked goes: else a
-- block were a way to put people out. After the triggers of domains (a statement's trigger comes after those of rows, and then by name), for
-- these lock their own rows before rooms.
create function private.the_blocked_part() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  this uuid;
  held uuid[];
  goes uuid[];
  changed uuid[] := '{}';
begin
  select coalesce(array_agg(x.id), '{}') into held from (
    select r.id from rooms.rooms r where r.closed_at is null and r.id in (
      select a.room_id from pairs p join rooms.seats a on a.person_id = p.blocker_id join rooms.seats b on b.person_id = p.blocked_id and b.room_id = a.room_id)
    order by r.id for no key update) x;
  foreach this in array held loop
    select array_agg(case when a.lets_in and not b.lets_in then b.person_id else a.person_id end) into goes
    from pairs p join rooms.seats a on a.person_id = p.blocker_id join rooms.seats b on b.person_id = p.blocked_id and b.room_id = a.room_id
    where a.room_id = this and a.state = 'inside' and b.state = 'inside';
    continue when goes is null;
    perform private.put_out(this, goes);
    changed := changed || this;
  end loop;
  perform private.rooms_changed(changed, 'seats');
  return null;
end $$;
revoke all on function private.the_blocked_part() from public;
create trigger rooms_the_blocked_part after insert on safety.blocks referencing new table as pairs
  for each statement execute function private.the_blocked_part();
