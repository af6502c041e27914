-- Booking, and the steps that are but one change of state. Every one locks the persons first, and then its row.

-- An hour, if it is offered. With both people's locks held nobody else can take it between the question and the claim; a
-- pending booking is claimed for good, not as a hold, for it has been promised to the mentee until the mentor answers.
create function private.book(mentor uuid, starts timestamptz, minutes integer, notes text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  booking uuid := gen_random_uuid();
  ends timestamptz := starts + make_interval(mins => minutes);
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform private.lock_persons(array[mentor, me]);
  if not exists (select from private.offered_slots(mentor, starts, starts + interval '1 minute', minutes) o where o.starts_at = starts) then
    perform private.refuse_slot(mentor, starts, minutes);
  end if;
  perform private.claim(booking, 'mentoring.booking', tstzrange(starts, ends), array[mentor, me], array['mentor_is_busy', 'you_are_busy']);
  perform private.join_mentoring('mentee');   -- so that the mentor sees a name
  insert into mentoring.bookings (id, mentor_user_id, mentee_user_id, start_time, end_time, price_cents, currency, meeting_provider, notes)
  select booking, mentor, me, starts, ends, round(m.hourly_rate * 100 * minutes / 60), m.currency, 'builtin', coalesce(book.notes, '')
  from mentoring.mentor_profiles m where m.user_id = mentor;
  insert into mentoring.booking_steps (booking_id, step, by_user_id) values (booking, 'booked', me);
  return booking;
end $$;
revoke all on function private.book(uuid, timestamptz, integer, text) from public;
grant execute on function private.book(uuid, timestamptz, integer, text) to authenticated;

create function mentoring.create_booking_if_free(mentor_id uuid, start_time timestamptz, duration_minutes integer, notes text default '') returns uuid
language sql volatile set search_path = '' as $$
  select private.book(mentor_id, start_time, duration_minutes, notes)
$$;
revoke all on function mentoring.create_booking_if_free(uuid, timestamptz, integer, text) from public;
grant execute on function mentoring.create_booking_if_free(uuid, timestamptz, integer, text) to authenticated;

-- One step of a booking by one of its two people, if it still stands where they saw it and has not begun. Whoever steps out of
-- it frees both people's time.
create function private.step_booking(booking uuid, side mentoring.app_role, stood mentoring.booking_status[], step mentoring.booking_status, reason text)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  two uuid[];
begin
  select array[b.mentor_user_id, b.mentee_user_id] into two from mentoring.bookings b
  where b.id = step_booking.booking and me in (b.mentor_user_id, b.mentee_user_id);
  if not found then perform private.refuse('no_such_booking'); end if;
  perform private.lock_persons(two);
  update mentoring.bookings b set status = step_booking.step
  where b.id = step_booking.booking and b.status = any (step_booking.stood) and b.start_time > clock_timestamp()
    and me = case side when 'mentor' then b.mentor_user_id else b.mentee_user_id end;
  if not found then perform private.refuse('booking_cannot_do_that'); end if;
  insert into mentoring.booking_steps (booking_id, step, by_user_id, reason)
  values (step_booking.booking, step_booking.step::text, me, coalesce(step_booking.reason, ''));
  if step in ('declined', 'cancelled') then perform private.release(step_booking.booking); end if;
end $$;
revoke all on function private.step_booking(uuid, mentoring.app_role, mentoring.booking_status[], mentoring.booking_status, text) from public;

create function private.confirm_booking(booking uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.step_booking(booking, 'mentor', '{pending}', 'confirmed', '');
end $$;
revoke all on function private.confirm_booking(uuid) from public;
grant execute on function private.confirm_booking(uuid) to authenticated;

create function private.decline_booking(booking uuid, reason text default '') returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.step_booking(booking, 'mentor', '{pending}', 'declined', reason);
end $$;
revoke all on function private.decline_booking(uuid, text) from public;
grant execute on function private.decline_booking(uuid, text) to authenticated;

-- A mentee may withdraw what nobody has answered; what is confirmed either may cancel.
create function private.cancel_booking(booking uuid, reason text default '') returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if exists (select from mentoring.bookings b where b.id = booking and b.mentor_user_id = auth.uid()) then
    perform private.step_booking(booking, 'mentor', '{confirmed}', 'cancelled', reason);
  else
    perform private.step_booking(booking, 'mentee', '{pending,confirmed}', 'cancelled', reason);
  end if;
end $$;
revoke all on function private.cancel_booking(uuid, text) from public;
grant execute on function private.cancel_booking(uuid, text) to authenticated;
