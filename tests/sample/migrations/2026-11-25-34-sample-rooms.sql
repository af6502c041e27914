-- A room of one's own making, with whomever: how rooms are seen by themselves, before a domain opens one.
create function private.sample_room(seats jsonb, opens timestamptz, closes timestamptz, most integer, plan jsonb default null) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid := gen_random_uuid();
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.open_room(made, 'sample.room', sample_room.seats, sample_room.opens, sample_room.closes, sample_room.most);
  if sample_room.plan is not null then perform private.set_clock(made, sample_room.plan); end if;
  return made;
end $$;
revoke all on function private.sample_room(jsonb, timestamptz, timestamptz, integer, jsonb) from public;
grant execute on function private.sample_room(jsonb, timestamptz, timestamptz, integer, jsonb) to authenticated;

create function private.sample_close_room(room uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.seat_in(sample_close_room.room, auth.uid());
  perform private.close_room(sample_close_room.room);
end $$;
revoke all on function private.sample_close_room(uuid) from public;
grant execute on function private.sample_close_room(uuid) to authenticated;

create function private.sample_remove_seat(room uuid, person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.seat_in(sample_remove_seat.room, auth.uid());
  perform private.remove_seat(sample_remove_seat.room, sample_remove_seat.person);
end $$;
revoke all on function private.sample_remove_seat(uuid, uuid) from public;
grant execute on function private.sample_remove_seat(uuid, uuid) to authenticated;
