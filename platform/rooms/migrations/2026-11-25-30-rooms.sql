-- Where people talk. A room is opened for a domain's meeting, under an id of its own; a seat is somebody's right to come in. What is
-- said and shown goes from browser to browser and is nowhere here: these rows decide who may signal to whom, and when.
create schema rooms;
grant usage on schema rooms to service_role;

create table rooms.rooms (
  id        uuid primary key,
  kind      text not null,                -- 'practice.session', 'care.call' …
  most      integer not null default 4,   -- who may be inside at once
  opens_at  timestamptz not null,
  closes_at timestamptz not null,         -- planned; the door follows some time later
  closed_at timestamptz,                  -- for good
  version   integer not null default 1,   -- counts all that changed here: seats, door, clock
  constraint kind_is_part_and_what check (kind ~ '^[a-z]+\.[a-z-]+$'),
  constraint four_at_most check (most between 1 and 4),   -- each sends to each: docs/decisions/0018
  constraint door_opens_before_it_closes check (opens_at < closes_at),
  constraint door_is_open_for_a_day_at_most check (closes_at - opens_at <= interval '24 hours')   -- as long as a meeting may be
);
alter table rooms.rooms enable row level security;
revoke all on rooms.rooms from anon, authenticated, service_role;
create index rooms_open_idx on rooms.rooms (closes_at) where closed_at is null;
create index rooms_closed_idx on rooms.rooms (closed_at);
create policy "the server sees rooms" on rooms.rooms for select to service_role using (true);
grant select on rooms.rooms to service_role;   -- people by private.read_room

create table rooms.seats (
  room_id    uuid not null references rooms.rooms on delete cascade,
  person_id  uuid not null,
  role       text not null,                     -- the domain's word
  name       text,                              -- as they appear in that domain; null: as in their account
  lets_in    boolean not null default false,    -- may let in who waits
  waits      boolean not null default false,    -- is let in by somebody
  keeps_time boolean not null default true,     -- has a say about the clock
  state      text not null default 'outside',
  since      timestamptz not null default clock_timestamp(),
  let_in_at  timestamptz,                       -- who was let in once comes back without waiting
  entry      uuid,                              -- the tab that counts: a person is here once, whatever they have open
  seen_at    timestamptz,                       -- that tab was heard of then
  primary key (room_id, person_id),
  constraint no_such_person foreign key (person_id) references auth.users,
  constraint role_is_a_word check (role ~ '^[a-z]+(-[a-z]+)*$' and length(role) <= 40),
  constraint name_is_short check (length(name) between 1 and 200),
  constraint state_is_known check (state in ('outside', 'waiting', 'inside', 'left')),
  constraint who_is_here_has_an_entry check (
    (state in ('waiting', 'inside')) = (entry is not null) and (entry is null) = (seen_at is null))
);
alter table rooms.seats enable row level security;
revoke all on rooms.seats from anon, authenticated, service_role;
create index seats_person_idx on rooms.seats (person_id, room_id);
create unique index entry_is_taken on rooms.seats (room_id, entry) where entry is not null;   -- lines are told apart by it
create policy "the server sees seats" on rooms.seats for select to service_role using (true);
grant select on rooms.seats to service_role;

-- People finish a sentence.
create function private.door_closes(closes_at timestamptz) returns timestamptz language sql stable set search_path = '' as $$
  select door_closes.closes_at + interval '15 minutes'
$$;
revoke all on function private.door_closes(timestamptz) from public;

-- By the clock, whether or not somebody has tidied up yet.
create function private.is_over(room rooms.rooms) returns boolean language sql volatile set search_path = '' as $$
  select (is_over.room).closed_at is not null or private.door_closes((is_over.room).closes_at) <= clock_timestamp()
$$;
revoke all on function private.is_over(rooms.rooms) from public;

-- A tab says every half minute that it is still there: four missed are no accident.
create function private.is_away(seen_at timestamptz) returns boolean language sql volatile set search_path = '' as $$
  select is_away.seen_at < clock_timestamp() - interval '2 minutes'
$$;
revoke all on function private.is_away(timestamptz) from public;

-- Whatever changes a room holds its row from the first look to the commit. So an entry cannot pass a block, a closing or another entry
-- unseen: each reads after it has the row. Lock order: persons, the domain's rows, rooms by their ids, topics.
create function private.hold_room(room uuid) returns rooms.rooms language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms;
begin
  select x.* into r from rooms.rooms x where x.id = hold_room.room for no key update;
  if not found then perform private.refuse('not_your_room'); end if;
  return r;
end $$;
revoke all on function private.hold_room(uuid) from public;

-- Somebody's seat in a room that is held. Who has none finds no room.
create function private.seat_in(room uuid, person uuid) returns rooms.seats language plpgsql volatile security definer set search_path = '' as $$
declare
  s rooms.seats;
begin
  select x.* into s from rooms.seats x where x.room_id = seat_in.room and x.person_id = seat_in.person;
  if not found then perform private.refuse('not_your_room'); end if;
  return s;
end $$;
revoke all on function private.seat_in(uuid, uuid) from public;

-- The last thing any of these does. Who is inside hears it by the room's topic; everybody else who has a seat, and whoever it is about (who
-- was let in does not listen to the room yet), by their own, where nobody else is named: who waits does not learn who waits beside them. All rooms' topics before all persons', both in the
-- order of their ids, for somebody's block may change several rooms at once. Where it is about a person whom somebody inside is kept from by a
-- block, the room hears that something changed, and not about whom.
create function private.rooms_changed(rooms uuid[], what text, person uuid default null, entry uuid default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  r record;
  t record;
  named boolean;
begin
  update rooms.rooms x set version = x.version + 1 where x.id = any (rooms_changed.rooms);
  for r in select x.id, x.version from rooms.rooms x where x.id = any (rooms_changed.rooms) order by x.id loop
    named := not exists (
      select from rooms.seats s join safety.blocks b
        on (b.blocker_id, b.blocked_id) in ((s.person_id, rooms_changed.person), (rooms_changed.person, s.person_id))
      where s.room_id = r.id and s.state = 'inside');
    perform private.emit(r.id, 'rooms.changed', jsonb_strip_nulls(jsonb_build_object('room', r.id, 'version', r.version,
      'what', rooms_changed.what, 'person', case when named then rooms_changed.person end, 'entry', case when named then rooms_changed.entry end)));
    if rooms_changed.what = 'closed' then perform private.close_topic(r.id); end if;
  end loop;
  for t in
    select x.id, x.version, s.person_id from rooms.rooms x join rooms.seats s on s.room_id = x.id
    where x.id = any (rooms_changed.rooms) and s.state <> 'inside'
    union
    select x.id, x.version, rooms_changed.person from rooms.rooms x
    where x.id = any (rooms_changed.rooms) and rooms_changed.person is not null
    order by person_id, id
  loop
    perform private.emit_to(array[t.person_id], 'rooms.changed', jsonb_strip_nulls(jsonb_build_object('room', t.id, 'version', t.version,
      'what', rooms_changed.what, 'person', case when t.person_id = rooms_changed.person then rooms_changed.person end,
      'entry', case when t.person_id = rooms_changed.person then rooms_changed.entry end)));
  end loop;
end $$;
revoke all on function private.rooms_changed(uuid[], text, uuid, uuid) from public;

-- Who is put out hears nothing of the room from this transaction on.
create function private.put_out(room uuid, persons uuid[]) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update rooms.seats s set state = 'left', since = clock_timestamp(), entry = null, seen_at = null
  where s.room_id = put_out.room and s.person_id = any (put_out.persons) and s.state in ('waiting', 'inside');
  update rooms.clocks c set ask_what = null, ask_by = null, ask_phase = null, ask_seconds = null, version = c.version + 1
  where c.room_id = put_out.room and c.ask_by = any (put_out.persons);
  perform private.leave_topic(put_out.room, put_out.persons);
end $$;
revoke all on function private.put_out(uuid, uuid[]) from public;

-- For domains, from here on: each with its own row, in its own transaction, and granted to nobody.
create function private.open_room(room uuid, kind text, seats jsonb, opens timestamptz, closes timestamptz, most integer default 4)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  s record;
begin
  insert into rooms.rooms (id, kind, most, opens_at, closes_at)
  values (open_room.room, open_room.kind, open_room.most, open_room.opens, open_room.closes);
  for s in select * from jsonb_to_recordset(open_room.seats) as x (
    person uuid, role text, lets_in boolean, waits boolean, keeps_time boolean, name text)
  loop
    perform private.seat(open_room.room, s.person, s.role, coalesce(s.lets_in, false), coalesce(s.waits, false), coalesce(s.keeps_time, true), s.name);
  end loop;
  perform private.open_topic(open_room.room, 'rooms.room');   -- whose members are those inside: nobody yet
end $$;
revoke all on function private.open_room(uuid, text, jsonb, timestamptz, timestamptz, integer) from public;

-- Twelve: with four inside at once, some come after others; a page still shows them all.
create function private.seat(room uuid, person uuid, role text, lets_in boolean, waits boolean, keeps_time boolean, name text)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into rooms.seats (room_id, person_id, role, lets_in, waits, keeps_time, name)
  values (seat.room, seat.person, seat.role, seat.lets_in, seat.waits, seat.keeps_time, seat.name)
  on conflict (room_id, person_id) do update set role = excluded.role, lets_in = excluded.lets_in, waits = excluded.waits,
    keeps_time = excluded.keeps_time, name = excluded.name;
  if (select count(*) from rooms.seats s where s.room_id = seat.room) > 12 then perform private.refuse('too_many_seats'); end if;
end $$;
revoke all on function private.seat(uuid, uuid, text, boolean, boolean, boolean, text) from public;

create function private.add_seat(room uuid, person uuid, role text, lets_in boolean default false, waits boolean default false,
  keeps_time boolean default true, name text default null) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms := private.hold_room(add_seat.room);
begin
  if r.closed_at is not null then perform private.refuse('room_is_closed'); end if;
  perform private.seat(r.id, add_seat.person, add_seat.role, add_seat.lets_in, add_seat.waits, add_seat.keeps_time, add_seat.name);
  perform private.rooms_changed(array[r.id], 'seats', add_seat.person);
end $$;
revoke all on function private.add_seat(uuid, uuid, text, boolean, boolean, boolean, text) from public;

-- Out at once. Who had no seat: nothing happens.
create function private.remove_seat(room uuid, person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms := private.hold_room(remove_seat.room);
begin
  perform private.put_out(r.id, array[remove_seat.person]);
  delete from rooms.seats s where s.room_id = r.id and s.person_id = remove_seat.person;
  if found then perform private.rooms_changed(array[r.id], 'seats', remove_seat.person); end if;
end $$;
revoke all on function private.remove_seat(uuid, uuid) from public;

create function private.move_room(room uuid, opens timestamptz, closes timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms := private.hold_room(move_room.room);
begin
  if r.closed_at is not null then perform private.refuse('room_is_closed'); end if;
  update rooms.rooms x set opens_at = move_room.opens, closes_at = move_room.closes where x.id = r.id;
  perform private.rooms_changed(array[r.id], 'door');
end $$;
revoke all on function private.move_room(uuid, timestamptz, timestamptz) from public;

-- Rooms that are held.
create function private.shut(rooms uuid[]) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update rooms.rooms x set closed_at = clock_timestamp() where x.id = any (shut.rooms);
  update rooms.seats s set state = 'left', since = clock_timestamp(), entry = null, seen_at = null
  where s.room_id = any (shut.rooms) and s.state <> 'left';
  update rooms.clocks c set stopped_at = clock_timestamp(), ask_what = null, ask_by = null, ask_phase = null, ask_seconds = null, version = c.version + 1
  where c.room_id = any (shut.rooms) and cardinality(c.instants) > 0 and c.stopped_at is null
    and coalesce(c.instants[cardinality(c.instants)] > clock_timestamp(), true);
  perform private.rooms_changed(shut.rooms, 'closed');
end $$;
revoke all on function private.shut(uuid[]) from public;

-- Closing twice is closing once.
create function private.close_room(room uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  r rooms.rooms := private.hold_room(close_room.room);
begin
  if r.closed_at is null then perform private.shut(array[r.id]); end if;
end $$;
revoke all on function private.close_room(uuid) from public;

-- By the clock nobody enters any more; this tells those who are still inside. Some at a time, and how many there were.
create function private.close_rooms(most integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  due uuid[];
begin
  select coalesce(array_agg(x.id), '{}') into due from (
    select r.id from rooms.rooms r where r.id in (
      select o.id from rooms.rooms o where o.closed_at is null and o.closes_at <= now() and private.door_closes(o.closes_at) <= clock_timestamp() limit close_rooms.most)
    order by r.id for no key update) x;
  select coalesce(array_agg(r.id), '{}') into due from rooms.rooms r   -- one may have got more time while we waited for it
  where r.id = any (due) and r.closed_at is null and private.door_closes(r.closes_at) <= clock_timestamp();
  perform private.shut(due);
  return cardinality(due);
end $$;
revoke all on function private.close_rooms(integer) from public;
grant execute on function private.close_rooms(integer) to service_role;

-- 30 days after a room closed nobody asks any more who sat in it; until then a report about a call can be looked into.
create function private.sweep_rooms(most integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  old uuid;
  swept integer := 0;
begin
  for old in
    select r.id from rooms.rooms r where r.id in (
      select o.id from rooms.rooms o where o.closed_at < now() - interval '30 days' order by o.closed_at limit sweep_rooms.most)
    order by r.id for update
  loop
    perform private.drop_topic(old);
    delete from rooms.rooms r where r.id = old;
    swept := swept + 1;
  end loop;
  return swept;
end $$;
revoke all on function private.sweep_rooms(integer) from public;
grant execute on function private.sweep_rooms(integer) to service_role;

-- Their seats, wherever they are; a room in which nobody else has one is closed.
create function private.erase_rooms(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  theirs uuid[];
  room uuid;
begin
  select coalesce(array_agg(x.id), '{}') into theirs from (
    select r.id from rooms.rooms r where r.id in (select s.room_id from rooms.seats s where s.person_id = erase_rooms.person)
    order by r.id for no key update) x;
  foreach room in array theirs loop
    perform private.put_out(room, array[erase_rooms.person]);
  end loop;
  delete from rooms.seats s where s.person_id = erase_rooms.person and s.room_id = any (theirs);
  perform private.rooms_changed(array(select r.id from rooms.rooms r where r.id = any (theirs) and r.closed_at is null), 'seats');
  update rooms.rooms r set closed_at = clock_timestamp()
  where r.id = any (theirs) and r.closed_at is null and not exists (select from rooms.seats s where s.room_id = r.id);
end $$;
revoke all on function private.erase_rooms(uuid) from public;
grant execute on function private.erase_rooms(uuid) to service_role;
