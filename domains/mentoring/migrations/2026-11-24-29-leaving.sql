-- Whoever leaves is forgotten here. What stays is the other side's, or the books': that there was a booking and what was paid, by
-- ids that no longer lead to anybody; and the stars they gave, without a word. Upcoming hours are called off first, so that nobody
-- waits for somebody who is gone. Twice is once.
create function private.erase_mentoring(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  others uuid[];
  booking uuid;
  hold uuid;
begin
  others := array(
    select case b.mentor_user_id when person then b.mentee_user_id else b.mentor_user_id end from mentoring.bookings b
    where person in (b.mentor_user_id, b.mentee_user_id) and b.status in ('pending', 'confirmed')
    union select case h.mentor_user_id when person then h.mentee_user_id else h.mentor_user_id end from mentoring.holds h
    where person in (h.mentor_user_id, h.mentee_user_id));
  perform private.lock_persons(others || person);
  for booking in
    update mentoring.bookings b set status = 'cancelled'
    where person in (b.mentor_user_id, b.mentee_user_id) and b.status in ('pending', 'confirmed') and b.end_time > clock_timestamp() returning b.id
  loop
    insert into mentoring.booking_steps (booking_id, step) values (booking, 'cancelled');
    perform private.release(booking);
  end loop;
  for hold in delete from mentoring.holds h where person in (h.mentor_user_id, h.mentee_user_id) returning h.id loop
    perform private.release(hold);
  end loop;

  update mentoring.bookings b set notes = '' where b.mentee_user_id = person and b.notes <> '';
  update mentoring.bookings b set meeting_room = null, meeting_url = null
  where person in (b.mentor_user_id, b.mentee_user_id) and (b.meeting_room is not null or b.meeting_url is not null);
  update mentoring.booking_steps s set reason = '' where s.by_user_id = person and s.reason <> '';
  delete from mentoring.session_messages m where m.sender_user_id = person;
  update mentoring.reviews r set feedback = '', is_public = false where r.reviewer_user_id = person and (r.feedback <> '' or r.is_public);
  delete from mentoring.reviews r where r.reviewee_user_id = person;
  delete from mentoring.xp_events x where x.user_id = person and x.reverses is not null;
  delete from mentoring.xp_events x where x.user_id = person;
  delete from mentoring.user_achievements a where a.user_id = person;
  delete from mentoring.user_stats s where s.user_id = person;
  delete from mentoring.awards a where a.mentor_user_id = person and a.reverses is not null;
  delete from mentoring.awards a where a.mentor_user_id = person;
  delete from mentoring.calendar_accounts a where a.user_id = person;   -- tokens and busy times go along
  delete from mentoring.mentor_availability_exceptions e where e.mentor_user_id = person;
  delete from mentoring.mentor_availability_rules r where r.mentor_user_id = person;
  delete from mentoring.mentor_profiles m where m.user_id = person;
  delete from mentoring.mentee_profiles m where m.user_id = person;
  delete from mentoring.profiles p where p.user_id = person;
end $$;
revoke all on function private.erase_mentoring(uuid) from public;
grant execute on function private.erase_mentoring(uuid) to service_role;
