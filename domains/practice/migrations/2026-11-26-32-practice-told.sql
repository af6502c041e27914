-- There are pages now: what a host is told leads to their session. Else private.take_seat is as it was (2026-11-24-13).
create or replace function private.take_seat(session uuid, version integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  s practice.practice_sessions;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  for look in 1..2 loop
    if look = 1 then
      select p.* into s from practice.practice_sessions p where p.id = take_seat.session;
    else
      perform private.lock_persons(array[s.host_id, me]);   -- the host of a session never changes
      select p.* into s from practice.practice_sessions p where p.id = take_seat.session for update;
    end if;
    -- Nobody learns that they are blocked, nor of a station that somebody plays alone.
    if not found or s.partner <> 'person' or s.cancelled_at is not null
      or s.host_id = any (array(select private.my_blocked())) then perform private.refuse('session_not_found'); end if;
    if s.host_id = me then perform private.refuse('you_are_the_host'); end if;
    if s.guest_id = me then perform private.refuse('seat_is_yours'); end if;
    if s.guest_id is not null then perform private.refuse('seat_taken'); end if;
    if s.ended_at is not null or s.starts_at + s.duration <= clock_timestamp() then perform private.refuse('session_has_ended'); end if;
    if s.version is distinct from take_seat.version then perform private.refuse('session_has_changed'); end if;
  end loop;
  perform private.must_appear_in_practice();
  perform private.claim(s.meeting_id, 'practice.session', tstzrange(s.starts_at, s.starts_at + s.duration), array[me, s.host_id],
    array['you_are_busy', 'host_is_busy']);
  update practice.practice_sessions p set guest_id = me, version = p.version + 1 where p.id = s.id;
  perform private.notify(s.host_id, 'practice.seat-taken', 'Your practice session has a guest', 'Somebody has taken the seat.',
    '/practice/sessions/' || s.id);
  return s.version + 1;
end $$;
