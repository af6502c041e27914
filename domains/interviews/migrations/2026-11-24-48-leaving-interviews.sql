-- All of it goes: nobody else's record rests on it. The files were told to go by platform/files; with our rows the last that
-- named them is gone. What was planned gives its time back first (persons, then rows).
create function private.erase_interviews(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.release(s.meeting_id) from interviews.interview_sessions s
  where s.user_id = erase_interviews.person and s.meeting_id is not null order by s.meeting_id;
  perform private.one_cv_at_a_time(erase_interviews.person);
  delete from interviews.interview_sessions s where s.user_id = erase_interviews.person;
  delete from interviews.cv_uploads c where c.user_id = erase_interviews.person;
  delete from interviews.profiles p where p.user_id = erase_interviews.person;
end $$;
revoke all on function private.erase_interviews(uuid) from public;
grant execute on function private.erase_interviews(uuid) to service_role;
