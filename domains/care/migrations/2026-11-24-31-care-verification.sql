-- "Verified" means: this organisation checked this evidence on this date. The seed has a bare flag in the doctor's own row;
-- here it rests on a request with what was claimed, what was checked, by whom, and until when it holds.
create table care.verification_requests (
  id               bigint generated always as identity primary key,
  doctor_id        uuid not null references auth.users,
  full_name        text not null,                    -- claimed, as it shall stand in the profile: what is checked is what is shown
  license_number   text not null,
  register         text not null,                    -- whose number that is
  certification    text,
  evidence_file_id uuid references files.objects,
  status           text not null default 'waiting',
  asked_at         timestamptz not null default now(),
  evidence         text,                             -- what the reviewer looked at, in their own words
  reviewed_by      uuid references auth.users,
  reviewed_at      timestamptz,
  answer           text,                             -- what the doctor is told
  expires_at       timestamptz,
  ended_at         timestamptz,                      -- expired, taken away, or another one came in its place
  constraint verification_status_is_known check (status in ('waiting', 'approved', 'rejected', 'withdrawn', 'ended')),
  constraint claims_are_short check (length(trim(full_name)) between 1 and 120 and length(trim(license_number)) between 1 and 60
    and length(trim(register)) between 1 and 120 and length(trim(certification)) between 1 and 200),
  constraint verification_needs_evidence check (status not in ('approved', 'ended')
    or (length(trim(evidence)) >= 3 and num_nulls(evidence, reviewed_by, reviewed_at, expires_at) = 0)),
  constraint rejected_by_somebody check (status <> 'rejected' or num_nulls(reviewed_by, reviewed_at) = 0),
  constraint waiting_means_undecided check (status not in ('waiting', 'withdrawn') or num_nonnulls(evidence, reviewed_by, reviewed_at, expires_at) = 0),
  constraint ended_says_when check ((status = 'ended') = (ended_at is not null)),
  constraint nobody_verifies_themselves check (reviewed_by <> doctor_id),
  -- Registers renew yearly, papers expire: what was checked three years ago says nothing about today.
  constraint verification_expires check (expires_at > reviewed_at and expires_at - reviewed_at <= interval '1100 days'),
  constraint verification_words_are_short check (length(evidence) <= 2000 and length(answer) <= 1000)
);
alter table care.verification_requests enable row level security;
revoke all on care.verification_requests from anon, authenticated, service_role;
create index verification_requests_doctor_idx on care.verification_requests (doctor_id, id);
create index verification_requests_reviewed_by_idx on care.verification_requests (reviewed_by);
create index verification_requests_queue_idx on care.verification_requests (status, asked_at, id);
create unique index evidence_is_given_once on care.verification_requests (evidence_file_id);
create unique index one_request_waits_at_a_time on care.verification_requests (doctor_id) where status = 'waiting';
create unique index one_verification_at_a_time on care.verification_requests (doctor_id) where status = 'approved';

-- Neither who reviewed nor in which words: an answer is for the doctor, notes are for whoever must show that they checked.
create policy "doctors see what they asked for" on care.verification_requests for select to authenticated
  using (doctor_id = (select auth.uid()));
create policy "the server sees verification requests" on care.verification_requests for select to service_role using (true);
grant select (id, doctor_id, full_name, license_number, register, certification, evidence_file_id, status, asked_at, reviewed_at, answer,
  expires_at, ended_at) on care.verification_requests to authenticated;
grant select on care.verification_requests to service_role;

-- The flag and what it stands beside are what somebody checked, whoever writes the row: else a verified doctor takes on
-- another doctor's name, and the sign beside it lies.
create function private.verified_means_checked() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  if new.is_verified is not true or exists (
    select from care.verification_requests v
    where v.doctor_id = new.id and v.status = 'approved' and v.expires_at > now() and v.full_name = new.full_name
      and v.license_number = new.license_number and v.certification is not distinct from new.certification
  ) then return new; end if;
  perform private.refuse(case when tg_op = 'UPDATE' and old.is_verified then 'verified_details_stay' else 'verification_needs_evidence' end);
  return null;
end $$;
revoke all on function private.verified_means_checked() from public;
create trigger verified_means_checked before insert or update of full_name, role, license_number, certification, is_verified on care.profiles
  for each row execute function private.verified_means_checked();

-- A request ends and nothing comes back: a decision that could be written over would be none.
create function private.verification_keeps_to_its_steps() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.doctor_id, new.asked_at) is distinct from (old.doctor_id, old.asked_at) or (new.status <> old.status
    and old.status || ' ' || new.status not in ('waiting approved', 'waiting rejected', 'waiting withdrawn', 'approved ended'))
  then perform private.refuse('verification_cannot_do_that'); end if;
  return new;
end $$;
revoke all on function private.verification_keeps_to_its_steps() from public;
create trigger verification_keeps_to_its_steps before update on care.verification_requests
  for each row execute function private.verification_keeps_to_its_steps();

create function private.ask_for_verification(full_name text, license_number text, register text, certification text default null, file uuid default null)
returns bigint language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  made bigint;
begin
  if not exists (select from care.profiles p where p.id = me and p.role = 'doctor') then perform private.refuse('not_a_doctor'); end if;
  if file is not null then perform private.claim_file(ask_for_verification.file, 'verification_evidence'); end if;
  insert into care.verification_requests (doctor_id, full_name, license_number, register, certification, evidence_file_id)
  values (me, ask_for_verification.full_name, ask_for_verification.license_number, ask_for_verification.register,
    ask_for_verification.certification, ask_for_verification.file)
  returning id into made;
  return made;
end $$;
revoke all on function private.ask_for_verification(text, text, text, text, uuid) from public;
grant execute on function private.ask_for_verification(text, text, text, text, uuid) to authenticated;

create function private.take_back_verification_request(request bigint) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update care.verification_requests v set status = 'withdrawn'
  where v.id = take_back_verification_request.request and v.doctor_id = (select auth.uid()) and v.status = 'waiting';
  if not found then perform private.refuse('no_such_request'); end if;
end $$;
revoke all on function private.take_back_verification_request(bigint) from public;
grant execute on function private.take_back_verification_request(bigint) to authenticated;

-- The paper is for those who decide, and as long as there is something to decide.
create function private.may_download_verification_evidence(file uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.is_admin() and exists (
    select from care.verification_requests v where v.evidence_file_id = may_download_verification_evidence.file and v.status = 'waiting');
end $$;
revoke all on function private.may_download_verification_evidence(uuid) from public;

-- The queue of administrators. Looking at it is an act of its own.
create function private.verifications_to_review()
returns table (id bigint, doctor_id uuid, full_name text, license_number text, register text, certification text, evidence_file_id uuid, asked_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  perform private.audit('care.verifications-seen', 'verifications', 'waiting');
  return query
    select v.id, v.doctor_id, v.full_name, v.license_number, v.register, v.certification, v.evidence_file_id, v.asked_at
    from care.verification_requests v where v.status = 'waiting';
end $$;
revoke all on function private.verifications_to_review() from public;
grant execute on function private.verifications_to_review() to authenticated;

-- The one way to the flag. What was claimed becomes what the profile says; an older verification ends with it.
create function private.verify_doctor(request bigint, evidence text, expires_at timestamptz, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  claimed care.verification_requests;
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  select v.* into claimed from care.verification_requests v where v.id = verify_doctor.request and v.status = 'waiting' for update;
  if claimed.id is null then perform private.refuse('no_such_request'); end if;
  perform private.administer('care.doctor-verified', claimed.doctor_id, verify_doctor.reason, jsonb_build_object('request', claimed.id));
  update care.verification_requests v set status = 'ended', ended_at = now() where v.doctor_id = claimed.doctor_id and v.status = 'approved';
  update care.verification_requests v
  set status = 'approved', evidence = verify_doctor.evidence, reviewed_by = auth.uid(), reviewed_at = now(), expires_at = verify_doctor.expires_at
  where v.id = claimed.id;
  update care.profiles p
  set is_verified = true, full_name = claimed.full_name, license_number = claimed.license_number, certification = claimed.certification
  where p.id = claimed.doctor_id;
end $$;
revoke all on function private.verify_doctor(bigint, text, timestamptz, text) from public;
grant execute on function private.verify_doctor(bigint, text, timestamptz, text) to authenticated;

create function private.reject_verification(request bigint, answer text, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  doctor uuid;
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  update care.verification_requests v
  set status = 'rejected', answer = reject_verification.answer, reviewed_by = auth.uid(), reviewed_at = now()
  where v.id = reject_verification.request and v.status = 'waiting' returning v.doctor_id into doctor;
  if not found then perform private.refuse('no_such_request'); end if;
  perform private.administer('care.verification-rejected', doctor, reject_verification.reason,
    jsonb_build_object('request', reject_verification.request));
end $$;
revoke all on function private.reject_verification(bigint, text, text) from public;
grant execute on function private.reject_verification(bigint, text, text) to authenticated;

-- Taken away before its time. Patients whom the doctor has stay; the sign goes, and nobody new can be accepted.
create function private.end_verification(doctor uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('care.verification-ended', end_verification.doctor, end_verification.reason);
  update care.verification_requests v set status = 'ended', ended_at = now() where v.doctor_id = end_verification.doctor and v.status = 'approved';
  if not found then perform private.refuse('not_verified'); end if;
  update care.profiles p set is_verified = false where p.id = end_verification.doctor;
end $$;
revoke all on function private.end_verification(uuid, text) from public;
grant execute on function private.end_verification(uuid, text) to authenticated;

-- By the clock (care.end-expired-verifications). Until it runs the flag may be an hour late; accepting and lists ask the date.
create function private.end_expired_verifications() returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  ended integer;
begin
  with expired as (
    update care.verification_requests v set status = 'ended', ended_at = now() where v.status = 'approved' and v.expires_at <= now()
    returning v.doctor_id)
  update care.profiles p set is_verified = false from expired e where p.id = e.doctor_id;
  get diagnostics ended = row_count;
  return ended;
end $$;
revoke all on function private.end_expired_verifications() from public;
grant execute on function private.end_expired_verifications() to service_role;
