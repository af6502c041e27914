-- A link is the relationship of one patient and one doctor. One row for each pair says how it stands now; its events say how it
-- came there. Everything else of care hangs on it: without an active link nothing is sent, shared or called.
create table care.patient_doctor_links (
  id         bigserial primary key,
  patient_id uuid not null references care.profiles,
  doctor_id  uuid not null references care.profiles,
  status     text not null default 'requested',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),     -- of the last step: its event bears the same instant
  ended_at   timestamptz,
  constraint link_status_is_known check (status in ('requested', 'active', 'ended', 'blocked')),
  constraint nobody_is_their_own_doctor check (patient_id <> doctor_id),
  constraint over_says_since_when check ((status in ('ended', 'blocked')) = (ended_at is not null))
);
alter table care.patient_doctor_links enable row level security;
revoke all on care.patient_doctor_links from anon, authenticated, service_role;
revoke all on sequence care.patient_doctor_links_id_seq from anon, authenticated, service_role;
create unique index patient_doctor_links_unique on care.patient_doctor_links (patient_id, doctor_id);
create index patient_doctor_links_doctor_idx on care.patient_doctor_links (doctor_id, status);

-- One row a pair hides what went before: who asked, accepted, ended or blocked, and when, is kept here and never changes.
create table care.link_events (
  id       bigint generated always as identity primary key,
  link_id  bigint not null references care.patient_doctor_links,
  step     text not null,
  actor_id uuid references auth.users,               -- null: the server by itself, as when somebody is erased
  at       timestamptz not null,
  constraint step_is_known check (step in ('asked', 'accepted', 'declined', 'taken_back', 'ended', 'blocked', 'unblocked'))
);
alter table care.link_events enable row level security;
revoke all on care.link_events from anon, authenticated, service_role;
create index link_events_link_idx on care.link_events (link_id, id);
create index link_events_actor_idx on care.link_events (actor_id);
create trigger link_events_stay before update or delete or truncate on care.link_events
  for each statement execute function private.audit_stays();

-- The links I am in; but one that the other side blocked is not shown to me: nobody is told that they are blocked (platform/safety).
create function private.my_links() returns setof bigint language sql stable security definer set search_path = '' as $$
  select l.id from care.patient_doctor_links l
  where l.patient_id = (select auth.uid()) and (l.status <> 'blocked'
    or exists (select from safety.blocks b where b.blocker_id = l.patient_id and b.blocked_id = l.doctor_id))
  union all
  select l.id from care.patient_doctor_links l
  where l.doctor_id = (select auth.uid()) and (l.status <> 'blocked'
    or exists (select from safety.blocks b where b.blocker_id = l.doctor_id and b.blocked_id = l.patient_id))
$$;
revoke all on function private.my_links() from public;
grant execute on function private.my_links() to authenticated;

create policy "patient and doctor see their link" on care.patient_doctor_links for select to authenticated
  using (id = any (array(select private.my_links())));
create policy "the server sees links" on care.patient_doctor_links for select to service_role using (true);
grant select on care.patient_doctor_links to authenticated, service_role;

create policy "patient and doctor see how their link went" on care.link_events for select to authenticated
  using (link_id = any (array(select private.my_links())) and (step not in ('blocked', 'unblocked') or actor_id = (select auth.uid())));
create policy "the server sees how links went" on care.link_events for select to service_role using (true);
grant select on care.link_events to authenticated, service_role;

-- Which steps there are and who may take them, whoever writes the row: nobody is granted to write it, but a function of ours
-- that forgets a rule meets it here. Drawn in the README.
create function private.link_keeps_to_its_steps() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  kept_apart boolean := exists (
    select from safety.blocks b where (b.blocker_id, b.blocked_id) in ((new.patient_id, new.doctor_id), (new.doctor_id, new.patient_id)));
begin
  if tg_op = 'INSERT' then
    if new.status <> 'requested' then perform private.refuse('link_cannot_do_that'); end if;
  elsif (new.id, new.patient_id, new.doctor_id) is distinct from (old.id, old.patient_id, old.doctor_id)
    or new.status <> old.status and old.status || ' ' || new.status not in ('requested active', 'requested ended', 'requested blocked',
      'active ended', 'active blocked', 'ended requested', 'ended blocked', 'blocked ended')
  then perform private.refuse('link_cannot_do_that');
  else
    if new.updated_at = old.updated_at then new.updated_at := now(); end if;
    if new.status = old.status then return new; end if;
  end if;

  if new.status = 'requested' then
    if me is distinct from new.patient_id then perform private.refuse('only_the_patient_asks'); end if;
    -- To whom they block or who blocks them, and to who has left, there is no such doctor.
    if kept_apart or not exists (
      select from care.profiles p join auth.users u on u.id = p.id where p.id = new.doctor_id and p.role = 'doctor' and u.deleted_at is null
    ) then perform private.refuse('doctor_not_found'); end if;
  elsif new.status = 'active' then
    if me is distinct from new.doctor_id then perform private.refuse('only_the_doctor_accepts'); end if;
    perform from care.profiles p where p.id = new.doctor_id and p.is_verified for share;   -- else it is taken away in the same instant
    if not found or not exists (
      select from care.verification_requests v where v.doctor_id = new.doctor_id and v.status = 'approved' and v.expires_at > now()
    ) then perform private.refuse('doctor_not_verified'); end if;
  elsif new.status = 'blocked' then
    if not kept_apart then perform private.refuse('link_cannot_do_that'); end if;   -- blocking is one idea: the row in safety.blocks
  elsif old.status = 'blocked' then
    if kept_apart then perform private.refuse('only_who_blocked_unblocks'); end if;
  end if;
  new.ended_at := case when new.status in ('ended', 'blocked') then coalesce(new.ended_at, new.updated_at) end;
  return new;
end $$;
revoke all on function private.link_keeps_to_its_steps() from public;
create trigger link_keeps_to_its_steps before insert or update on care.patient_doctor_links
  for each row execute function private.link_keeps_to_its_steps();

-- No step without its event.
create function private.link_step_is_noted() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  actor uuid := auth.uid();
  step text;
begin
  if tg_op = 'INSERT' then step := 'asked';
  elsif new.status = old.status then return null;
  elsif new.status = 'requested' then step := 'asked';
  elsif new.status = 'active' then step := 'accepted';
  elsif new.status = 'blocked' then
    step := 'blocked';
    select b.blocker_id into actor from safety.blocks b
    where (b.blocker_id, b.blocked_id) in ((new.patient_id, new.doctor_id), (new.doctor_id, new.patient_id)) order by b.blocked_at desc limit 1;
  elsif old.status = 'blocked' then step := 'unblocked';
  elsif old.status = 'requested' and actor = new.doctor_id then step := 'declined';
  elsif old.status = 'requested' and actor = new.patient_id then step := 'taken_back';
  else step := 'ended';
  end if;
  insert into care.link_events (link_id, step, actor_id, at) values (new.id, step, actor, new.updated_at);
  return null;
end $$;
revoke all on function private.link_step_is_noted() from public;
create trigger link_step_is_noted after insert or update of status on care.patient_doctor_links
  for each row execute function private.link_step_is_noted();

-- What two people said to each other is the record of both: neither a slip of the owner's hand nor a job takes a row away.
create function private.care_record_stays() returns trigger language plpgsql set search_path = '' as $$
begin
  perform private.refuse('care_record_stays');
  return null;
end $$;
revoke all on function private.care_record_stays() from public;
create trigger links_stay before delete or truncate on care.patient_doctor_links for each statement execute function private.care_record_stays();

-- Somebody blocks a person, anywhere in Vivavoce: a link with them is blocked in the same transaction, in either direction.
-- Taken back, the link has ended and nothing else comes back; unless the other one blocks as well.
-- The locks come first: whoever asks at the same time has either asked before this, or finds the block (private.ask_doctor).
-- For all rows of a statement at once: row by row, two people who leave together would lock their blocks in different orders.
create function private.block_reaches_care() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_persons(array(select p.blocker_id from pairs p union select p.blocked_id from pairs p));
  if tg_op = 'INSERT' then
    update care.patient_doctor_links l set status = 'blocked', updated_at = p.blocked_at from pairs p
    where (l.patient_id, l.doctor_id) in ((p.blocker_id, p.blocked_id), (p.blocked_id, p.blocker_id)) and l.status <> 'blocked';
  else
    update care.patient_doctor_links l set status = 'ended' from pairs p
    where (l.patient_id, l.doctor_id) in ((p.blocker_id, p.blocked_id), (p.blocked_id, p.blocker_id)) and l.status = 'blocked'
      and not exists (select from safety.blocks b where (b.blocker_id, b.blocked_id) in ((l.patient_id, l.doctor_id), (l.doctor_id, l.patient_id)));
  end if;
  return null;
end $$;
revoke all on function private.block_reaches_care() from public;
create trigger block_reaches_care after insert on safety.blocks referencing new table as pairs
  for each statement execute function private.block_reaches_care();
create trigger unblock_reaches_care after delete on safety.blocks referencing old table as pairs
  for each statement execute function private.block_reaches_care();

-- What people do with a link. Blocking has no function here: one blocks a person, in platform/safety.

-- Also again, after it ended.
create function private.ask_doctor(doctor uuid) returns bigint language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  link bigint;
begin
  if not exists (select from care.profiles p where p.id = me) then perform private.refuse('no_care_profile'); end if;
  perform private.lock_persons(array[me, ask_doctor.doctor]);
  insert into care.patient_doctor_links (patient_id, doctor_id) values (me, ask_doctor.doctor)
  on conflict (patient_id, doctor_id) do nothing returning id into link;
  if link is not null then return link; end if;
  update care.patient_doctor_links l set status = 'requested'
  where l.patient_id = me and l.doctor_id = ask_doctor.doctor and l.status = 'ended' returning l.id into link;
  if link is null then perform private.refuse('link_cannot_do_that'); end if;
  return link;
end $$;
revoke all on function private.ask_doctor(uuid) from public;
grant execute on function private.ask_doctor(uuid) to authenticated;

create function private.must_be_my_link(link bigint) returns care.patient_doctor_links
language plpgsql volatile security definer set search_path = '' as $$
declare
  it care.patient_doctor_links;
begin
  select l.* into it from care.patient_doctor_links l where l.id = must_be_my_link.link and l.id = any (array(select private.my_links()));
  if it.id is null then perform private.refuse('no_such_link'); end if;
  return it;
end $$;
revoke all on function private.must_be_my_link(bigint) from public;

create function private.accept_patient(link bigint) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  it care.patient_doctor_links := private.must_be_my_link(accept_patient.link);
begin
  if it.doctor_id <> auth.uid() then perform private.refuse('only_the_doctor_accepts'); end if;
  update care.patient_doctor_links l set status = 'active' where l.id = it.id and l.status = 'requested';
  if not found then perform private.refuse('link_cannot_do_that'); end if;
end $$;
revoke all on function private.accept_patient(bigint) from public;
grant execute on function private.accept_patient(bigint) to authenticated;

create function private.decline_patient(link bigint) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  it care.patient_doctor_links := private.must_be_my_link(decline_patient.link);
begin
  if it.doctor_id <> auth.uid() then perform private.refuse('only_the_doctor_accepts'); end if;
  update care.patient_doctor_links l set status = 'ended' where l.id = it.id and l.status = 'requested';
  if not found then perform private.refuse('link_cannot_do_that'); end if;
end $$;
revoke all on function private.decline_patient(bigint) from public;
grant execute on function private.decline_patient(bigint) to authenticated;

-- Either ends it; what is not accepted yet, only the patient, for whom it means to take the request back. Persons are locked
-- first, because planned calls give their time back (2026-11-24-34).
create function private.end_link(link bigint) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  it care.patient_doctor_links := private.must_be_my_link(end_link.link);
begin
  perform private.lock_persons(array[it.patient_id, it.doctor_id]);
  update care.patient_doctor_links l set status = 'ended'
  where l.id = it.id and (l.status = 'active' or l.status = 'requested' and l.patient_id = auth.uid());
  if not found then perform private.refuse('link_cannot_do_that'); end if;
end $$;
revoke all on function private.end_link(bigint) from public;
grant execute on function private.end_link(bigint) to authenticated;
