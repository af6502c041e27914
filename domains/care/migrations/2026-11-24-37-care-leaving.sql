-- Leaving. What somebody measured goes, with who they are, what they claimed and how far they read. What two people said to
-- each other is the record of both: it stays for the other one, whom the law may make keep it, without the name of who left;
-- and goes when the other one leaves too.
-- In portions, because some have measured for years, and no statement may run for long.
create function private.erase_readings(person uuid, most integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  gone integer;
  more integer;
begin
  delete from care.health_aggregated h where h.id in (
    select s.id from care.health_aggregated s where s.user_id = erase_readings.person limit most);
  get diagnostics gone = row_count;
  delete from care.health_realtime h where h.id in (
    select s.id from care.health_realtime s where s.user_id = erase_readings.person limit most - gone);
  get diagnostics more = row_count;
  return gone + more;
end $$;
revoke all on function private.erase_readings(uuid, integer) from public;
grant execute on function private.erase_readings(uuid, integer) to service_role;

create function private.erase_care(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  others uuid[] := array(
    select l.patient_id from care.patient_doctor_links l where l.doctor_id = erase_care.person
    union select l.doctor_id from care.patient_doctor_links l where l.patient_id = erase_care.person);
  over bigint[];
begin
  perform private.lock_persons(others || erase_care.person);
  update care.patient_doctor_links l set status = 'ended'
  where erase_care.person in (l.patient_id, l.doctor_id) and l.status in ('requested', 'active');

  -- That, when and by whom somebody was verified stays, by number: whoever was treated by them may have to know.
  update care.verification_requests v set status = 'withdrawn' where v.doctor_id = erase_care.person and v.status = 'waiting';
  update care.verification_requests v set status = 'ended', ended_at = now() where v.doctor_id = erase_care.person and v.status = 'approved';
  update care.verification_requests v
  set full_name = 'erased', license_number = 'erased', register = 'erased', certification = null, answer = null,
    evidence = case when v.evidence is not null then 'erased' end
  where v.doctor_id = erase_care.person;
  update care.profiles p
  set full_name = 'erased', phone = null, address = null, country = null, license_number = null, certification = null, is_verified = false, listed = false
  where p.id = erase_care.person and (p.full_name <> 'erased' or num_nonnulls(p.phone, p.address, p.country, p.license_number, p.certification) > 0
    or p.is_verified or p.listed);
  delete from care.read_marks r where r.person_id = erase_care.person;

  -- The file itself is forgotten by platform/files; here, what it was called.
  update care.message_attachments a set file_name = null, removed_at = coalesce(a.removed_at, now())
  from care.messages m where m.id = a.message_id and m.sender_id = erase_care.person and a.file_name is not null;

  over := array(
    select c.id from care.conversations c join auth.users u on u.id = case erase_care.person when c.patient_id then c.doctor_id else c.patient_id end
    where erase_care.person in (c.patient_id, c.doctor_id) and u.deleted_at is not null);
  update care.messages m set body = null, deleted_at = coalesce(m.deleted_at, now()) where m.conversation_id = any (over) and m.body is not null;
  delete from care.message_versions v using care.messages m where m.id = v.message_id and m.conversation_id = any (over);
end $$;
revoke all on function private.erase_care(uuid) from public;
grant execute on function private.erase_care(uuid) to service_role;
