-- Taking one's data along, and leaving.

-- A copy of everything of a person, for themselves or (broken glass) for an administrator. The zip itself is a file.
create table identity.exports (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null references auth.users,  -- whose data it is
  for_id       uuid not null references auth.users,  -- who may fetch it
  requested_at timestamptz not null default now(),
  ready_at     timestamptz,
  expires_at   timestamptz,                          -- a week after it was ready the file goes, and this row with it
  bytes        bigint,
  told_at      timestamptz,                          -- when somebody else's data were asked for: that their person was told
  constraint ready_as_a_whole check (num_nulls(ready_at, expires_at, bytes) in (0, 3))
);
alter table identity.exports enable row level security;
revoke all on identity.exports from anon, authenticated, service_role;
create index exports_for_idx on identity.exports (for_id, requested_at, id);
create index exports_user_idx on identity.exports (user_id);
create index exports_expires_idx on identity.exports (expires_at);   -- for the sweep
create unique index export_under_way on identity.exports (user_id, for_id) where ready_at is null;

-- Who is no administrator any more has lost what they could see as one.
create policy "people see the exports that were made for them" on identity.exports for select to authenticated
  using (for_id = (select auth.uid()) and (user_id = (select auth.uid()) or (select private.is_admin())));
create policy "the server sees exports" on identity.exports for select to service_role using (true);
create policy "the server makes exports ready" on identity.exports for update to service_role using (true) with check (true);
create policy "the server sweeps exports" on identity.exports for delete to service_role using (true);
grant select (id, user_id, for_id, requested_at, ready_at, expires_at, bytes) on identity.exports to authenticated;
grant select, delete, update (ready_at, expires_at, bytes, told_at) on identity.exports to service_role;

create function private.ask_for_export() returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  insert into identity.exports (user_id, for_id) values (auth.uid(), auth.uid()) returning id into made;
  perform private.audit('identity.export-asked-for', 'export', made::text);
  return made;
end $$;
revoke all on function private.ask_for_export() from public;
grant execute on function private.ask_for_export() to authenticated;

-- To the person themselves; or to the administrator who asks, of which the person is told in any case (tell.ts).
create function private.hand_over(person uuid, reason text, to_me boolean) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid := gen_random_uuid();
begin
  perform private.administer(case when hand_over.to_me then 'identity.data-taken' else 'identity.data-handed-over' end, hand_over.person,
    hand_over.reason, jsonb_build_object('export', made));
  perform private.must_be_here(hand_over.person);
  insert into identity.exports (id, user_id, for_id)
  values (made, hand_over.person, case when hand_over.to_me then auth.uid() else hand_over.person end);
  return made;
end $$;
revoke all on function private.hand_over(uuid, text, boolean) from public;
grant execute on function private.hand_over(uuid, text, boolean) to authenticated;

-- Somebody leaves. At their own wish they have two weeks to think better of it; at an administrator's or the operator's it
-- begins at once. The row stays, as the proof that and when it was done: it holds ids and instants.
create table identity.deletions (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null references auth.users,
  requested_by uuid references auth.users,           -- null: the operator's programs
  requested_at timestamptz not null default now(),
  erases_at    timestamptz not null,
  cancel_hash  bytea,                                -- of the word in the mail's link; null where there is nothing to cancel
  told_at      timestamptz,
  cancelled_at timestamptz,
  begun_at     timestamptz,                          -- from here on there is no way back
  erased_at    timestamptz,
  constraint hash_is_sha256 check (length(cancel_hash) = 32),
  constraint cancelled_before_it_begins check (cancelled_at is null or begun_at is null),
  constraint begun_before_it_is_done check (erased_at is null or begun_at is not null)
);
alter table identity.deletions enable row level security;
revoke all on identity.deletions from anon, authenticated, service_role;
create unique index already_leaving on identity.deletions (user_id) where cancelled_at is null;
create index deletions_user_idx on identity.deletions (user_id);
create index deletions_requested_by_idx on identity.deletions (requested_by);
create unique index deletions_cancel_hash_idx on identity.deletions (cancel_hash);
create index deletions_due_idx on identity.deletions (erases_at) where cancelled_at is null and erased_at is null;

create policy "people see that they are leaving" on identity.deletions for select to authenticated using (user_id = (select auth.uid()));
create policy "the server sees who is leaving" on identity.deletions for select to service_role using (true);
create policy "the server notes how far it is" on identity.deletions for update to service_role using (true) with check (true);
grant select (id, user_id, requested_at, erases_at, cancelled_at) on identity.deletions to authenticated;
grant select, update (told_at, erased_at) on identity.deletions to service_role;

-- Which parts have already forgotten them: a job that was killed goes on with the next one.
create table identity.erased_parts (
  deletion_id uuid not null references identity.deletions,
  part        text not null,
  erased_at   timestamptz not null default now(),
  primary key (deletion_id, part)
);
alter table identity.erased_parts enable row level security;
revoke all on identity.erased_parts from anon, authenticated, service_role;
create policy "the server sees which parts are erased" on identity.erased_parts for select to service_role using (true);
create policy "the server notes which parts are erased" on identity.erased_parts for insert to service_role with check (true);
grant select, insert (deletion_id, part) on identity.erased_parts to service_role;

-- An administrator hands over first: so there is always one, and whoever leaves holds no right any more. And nobody is made
-- one while they are leaving; the lock is the one of all who make administrators.
create function private.must_not_administrate(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.one_at_a_time();
  if exists (select from identity.admins a where a.user_id = must_not_administrate.person) then perform private.refuse('is_administrator'); end if;
end $$;
revoke all on function private.must_not_administrate(uuid) from public;

create function private.leavers_do_not_administrate() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from identity.deletions d where d.user_id = new.user_id and d.cancelled_at is null) then perform private.refuse('is_leaving'); end if;
  return new;
end $$;
revoke all on function private.leavers_do_not_administrate() from public;
create trigger leavers_do_not_administrate before insert on identity.admins for each row execute function private.leavers_do_not_administrate();

create function private.ask_for_deletion(id uuid, cancel_hash bytea) returns timestamptz
language plpgsql volatile security definer set search_path = '' as $$
declare
  due timestamptz := now() + interval '14 days';
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.must_not_administrate(auth.uid());
  insert into identity.deletions (id, user_id, requested_by, erases_at, cancel_hash)
  values (ask_for_deletion.id, auth.uid(), auth.uid(), due, ask_for_deletion.cancel_hash);
  perform private.audit('identity.deletion-asked-for', 'person', auth.uid()::text);
  return due;
end $$;
revoke all on function private.ask_for_deletion(uuid, bytea) from public;
grant execute on function private.ask_for_deletion(uuid, bytea) to authenticated;

-- By the person, or by whoever has the mail's link: somebody else may have asked in their name and changed their password.
-- Only what was asked for by the person themselves; what an administrator decided is not theirs to undo, and has begun anyway.
create function private.cancel_deletion(cancel_hash bytea default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  person uuid;
begin
  update identity.deletions d set cancelled_at = now(), cancel_hash = null
  where d.cancelled_at is null and d.begun_at is null
    and case when cancel_deletion.cancel_hash is null then d.user_id = (select auth.uid()) else d.cancel_hash = cancel_deletion.cancel_hash end
  returning d.user_id into person;
  if not found then perform private.refuse('nothing_to_cancel'); end if;
  perform private.audit_for(person, 'identity.deletion-cancelled', 'person', person::text);
end $$;
revoke all on function private.cancel_deletion(bytea) from public;
grant execute on function private.cancel_deletion(bytea) to anon, authenticated;

-- No way back from here: they are nobody to everybody at once, and the job forgets the rest (erase.ts). Done again it changes
-- nothing, and gives the same row.
create function private.begin_erasure(person uuid, requested_by uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  leaving uuid;
begin
  perform private.must_not_administrate(begin_erasure.person);
  insert into identity.deletions (user_id, requested_by, erases_at, begun_at)
  values (begin_erasure.person, begin_erasure.requested_by, now(), now())
  on conflict (user_id) where cancelled_at is null
    do update set begun_at = coalesce(identity.deletions.begun_at, now()), erases_at = least(identity.deletions.erases_at, now()), cancel_hash = null
  returning id into leaving;
  update auth.users u set deleted_at = now() where u.id = begin_erasure.person and u.deleted_at is null;
  perform private.end_sessions(begin_erasure.person);
  return leaving;
end $$;
revoke all on function private.begin_erasure(uuid, uuid) from public;

-- At an administrator's word.
create function private.erase_now(person uuid, reason text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('identity.erasure-begun', erase_now.person, erase_now.reason);
  perform private.must_be_here(erase_now.person);
  return private.begin_erasure(erase_now.person, auth.uid());
end $$;
revoke all on function private.erase_now(uuid, text) from public;
grant execute on function private.erase_now(uuid, text) to authenticated;

-- At the operator's (GoTrue's admin.deleteUser, with SERVICE_KEY).
create function private.erase_for_operator(person uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_be_here(erase_for_operator.person);
  perform private.audit('identity.erasure-begun', 'person', erase_for_operator.person::text, 'by the operator');
  return private.begin_erasure(erase_for_operator.person, null);
end $$;
revoke all on function private.erase_for_operator(uuid) from public;
grant execute on function private.erase_for_operator(uuid) to service_role;

-- When the time is up, and each time the job begins anew. Whose erasure it is (null: there is nothing more to do), and for how
-- many seconds a token of theirs may still be believed somewhere (ended.ts): what it writes then would come after us.
create function private.go_on_erasing(deletion uuid, out person uuid, out wait_seconds double precision)
language plpgsql volatile security definer set search_path = '' as $$
begin
  select d.user_id into person from identity.deletions d
  where d.id = go_on_erasing.deletion and d.cancelled_at is null and d.erased_at is null and d.erases_at <= now() for update;
  if person is null then return; end if;
  perform private.begin_erasure(person, null);
  select greatest(0, extract(epoch from d.begun_at + interval '6 seconds' - clock_timestamp())) into wait_seconds
  from identity.deletions d where d.id = go_on_erasing.deletion;
end $$;
revoke all on function private.go_on_erasing(uuid) from public;
grant execute on function private.go_on_erasing(uuid) to service_role;

-- The zip is a file of the person whose data it holds (platform/files), under the id of its row here. They may have it, and
-- so may the administrator for whom it was made, as long as they are one.
create function private.may_download_export(file uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.is_admin() and exists (
    select from identity.exports e where e.id = may_download_export.file and e.for_id = (select auth.uid()));
end $$;
revoke all on function private.may_download_export(uuid) from public;
