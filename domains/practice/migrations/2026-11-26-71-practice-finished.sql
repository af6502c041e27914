-- As before, and: who has finished is free again, and their calendar's next is the next one. Persons are locked before the session.
create or replace function private.end_session(session uuid, version integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
begin
  perform private.lock_partners(end_session.session);
  s := private.hold_session(end_session.session, end_session.version);
  if not exists (select from practice.rounds r where r.session_id = s.id) then perform private.refuse('phase_out_of_order'); end if;
  update practice.rounds r set ended_at = clock_timestamp() where r.session_id = s.id and r.ended_at is null;
  update practice.practice_sessions p set ended_at = clock_timestamp(), version = p.version + 1 where p.id = s.id;
  perform private.finish(s.meeting_id);
end $$;
