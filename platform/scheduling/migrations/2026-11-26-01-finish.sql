-- What is over earlier than it was planned takes nobody's time any more: the rest of the hour is free for something else. It did take
-- place, so unlike what is released it stays in calendars, as long as it was. Nobody is told: they were there. A meeting that was begun
-- before its time, and is over before it too, keeps its first second: the time before it may be another meeting's.
create function private.finish(meeting uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  planned tstzrange;
  took tstzrange;
begin
  perform private.lock_persons(array(select c.person_id from scheduling.commitments c where c.meeting_id = finish.meeting));
  select m.during into planned from scheduling.meetings m
  where m.id = finish.meeting and m.released_at is null and upper(m.during) > clock_timestamp() for update;
  if not found then return; end if;
  took := tstzrange(lower(planned), least(upper(planned), greatest(clock_timestamp(), lower(planned) + interval '1 second')));
  update scheduling.meetings m set during = took, sequence = m.sequence + 1, changed_at = clock_timestamp() where m.id = finish.meeting;
  update scheduling.commitments c set during = took where c.meeting_id = finish.meeting;
end $$;
revoke all on function private.finish(uuid) from public;
