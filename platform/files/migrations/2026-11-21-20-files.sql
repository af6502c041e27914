-- Files that people bring, and files that the server makes for them. The bytes lie outside the database, under the path
-- that a row names (platform/files/objects.ts). The row says whose they are, what they are for, and whether they may be
-- handed out; what no row names is nobody's, and is swept.
create schema files;
grant usage on schema files to authenticated, service_role;

create table files.objects (
  id          uuid primary key default gen_random_uuid(),
  owner_id    uuid not null references auth.users,
  purpose     text not null,                       -- 'avatar': a value in the code of whoever takes such files
  name        text not null,                       -- for people to read: never a path, never a way to find the bytes
  state       text not null default 'uploading',
  length      bigint,                              -- as declared. How much of it has come, only the bytes themselves know. null: made by the server
  mime        text,                                -- what the bytes are, whatever anybody says they are
  size        bigint,                              -- of the object: a picture that was drawn anew is another size than what came
  sha256      text,                                -- of the object
  object_path text,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz,                         -- then it is swept. null: somebody claimed it, and it stays
  lost_at     timestamptz,                         -- the row is here and its object is not
  erased_at   timestamptz,                         -- its person is gone; the row stays where another row points to it
  constraint purpose_is_a_word check (purpose ~ '^[a-z][a-z_]{0,39}$'),
  constraint name_is_short check (length(name) between 1 and 200 and name !~ '[[:cntrl:]/\\]'),
  constraint state_is_known check (state in ('uploading', 'scanning', 'clean', 'quarantined')),
  constraint length_is_positive check (length > 0),
  constraint size_is_positive check (size > 0),
  constraint sha256_is_hexadecimal check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint an_unfinished_upload_has_a_length_and_an_end check (state <> 'uploading' or erased_at is not null or (length is not null and expires_at is not null)),
  constraint what_is_finished_is_known check (num_nonnulls(mime, size, sha256, object_path) = case when state = 'uploading' or erased_at is not null then 0 else 4 end)
);
create index objects_owner_id_idx on files.objects (owner_id, created_at, id);
create index objects_expires_at_idx on files.objects (expires_at);   -- for the sweep
alter table files.objects enable row level security;
revoke all on files.objects from anon, authenticated, service_role;

-- Who else may see a file is decided by the part that claimed it, through its own rows (private.may_download below).
create policy "owners see their own files" on files.objects for select to authenticated using (owner_id = (select auth.uid()));
create policy "the server sees every file" on files.objects for select to service_role using (true);
grant select (id, owner_id, purpose, name, state, length, mime, size, sha256, created_at, expires_at, lost_at) on files.objects to authenticated;
grant select on files.objects to service_role;

-- Nobody writes but through the functions from here on: a file goes from uploading to scanning to clean or quarantined,
-- and what the server found in it is the server's to say.

-- Makes room for an upload. What a person has lying about that nobody claimed is limited, in number and in bytes: it would
-- fill the disk by itself. 50 and 4 GiB are more than anybody sends in one go. (What the server made does not count.)
create function private.begin_upload(purpose text, name text, length bigint, out id uuid, out expires_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := (select auth.uid());
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform pg_advisory_xact_lock(hashtextextended('uploads of ' || me, 0));   -- two at once would each find room for itself
  if (
    select count(*) >= 50 or coalesce(sum(o.length), 0) + begin_upload.length > 4 * 1024 ^ 3
    from files.objects o where o.owner_id = me and o.length is not null and o.expires_at is not null
  ) then perform private.refuse('too_much_unclaimed'); end if;
  insert into files.objects as o (owner_id, purpose, name, length, expires_at)
  values (me, begin_upload.purpose, begin_upload.name, begin_upload.length, now() + interval '1 day')
  returning o.id, o.expires_at into begin_upload.id, begin_upload.expires_at;
end $$;
revoke all on function private.begin_upload(text, text, bigint) from public;
grant execute on function private.begin_upload(text, text, bigint) to authenticated;

-- All bytes are here and the object is in its place. From now on the sweep gives its owner a day to do something with it.
create function private.finish_upload(file uuid, name text, mime text, size bigint, sha256 text, object_path text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update files.objects o
  set state = 'scanning', name = finish_upload.name, mime = finish_upload.mime, size = finish_upload.size,
    sha256 = finish_upload.sha256, object_path = finish_upload.object_path, expires_at = now() + interval '1 day'
  where o.id = finish_upload.file and o.state = 'uploading' and o.erased_at is null;
  if not found then perform private.refuse('no_such_upload'); end if;
end $$;
revoke all on function private.finish_upload(uuid, text, text, bigint, text, text) from public;
grant execute on function private.finish_upload(uuid, text, text, bigint, text, text) to service_role;

-- What the scanner says; today there is none, and the server says 'clean' with the same commit. A file that was clean may be
-- found out later; one in quarantine stays there.
create function private.scanned(file uuid, clean boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update files.objects o set state = case when scanned.clean then 'clean' else 'quarantined' end
  where o.id = scanned.file and o.state in ('scanning', 'clean');
  if not found then perform private.refuse('no_such_file'); end if;
end $$;
revoke all on function private.scanned(uuid, boolean) from public;
grant execute on function private.scanned(uuid, boolean) to service_role;

-- What the server itself made for somebody: the export of their data.
create function private.keep_file(
  id uuid, owner uuid, purpose text, name text, mime text, size bigint, sha256 text, object_path text, expires_at timestamptz
) returns void
language sql volatile security definer set search_path = '' as $$
  insert into files.objects (id, owner_id, purpose, name, state, mime, size, sha256, object_path, expires_at)
  values (keep_file.id, keep_file.owner, keep_file.purpose, keep_file.name, 'clean',
    keep_file.mime, keep_file.size, keep_file.sha256, keep_file.object_path, keep_file.expires_at)
$$;
revoke all on function private.keep_file(uuid, uuid, text, text, text, bigint, text, text, timestamptz) from public;
grant execute on function private.keep_file(uuid, uuid, text, text, text, bigint, text, text, timestamptz) to service_role;

-- Takes a finished upload of one's own for the row that shall hold it, in the transaction that writes that row. Once: two
-- rows with one file could not both say when it may go.
create function private.claim_file(
  file uuid, purpose text, out name text, out mime text, out size bigint, out sha256 text, out object_path text
)
language plpgsql volatile security definer set search_path = '' as $$
declare
  it files.objects;
begin
  select o.* into it from files.objects o
  where o.id = claim_file.file and o.owner_id = (select auth.uid()) and o.purpose = claim_file.purpose and o.erased_at is null
  for update;
  if it.id is null then perform private.refuse('no_such_file'); end if;
  if it.state = 'uploading' then perform private.refuse('file_is_not_finished'); end if;
  perform private.may_be_handed_out(it);
  if it.expires_at is null then perform private.refuse('file_is_in_use'); end if;
  update files.objects o set expires_at = null where o.id = it.id;
  name := it.name; mime := it.mime; size := it.size; sha256 := it.sha256; object_path := it.object_path;
end $$;
revoke all on function private.claim_file(uuid, text) from public;
grant execute on function private.claim_file(uuid, text) to authenticated;

-- Whoever claimed a file needs it no more: the next sweep takes it.
create function private.release_file(file uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update files.objects o set expires_at = now()
  where o.id = release_file.file and (o.owner_id = (select auth.uid()) or current_setting('role') = 'service_role');
  if not found then perform private.refuse('no_such_file'); end if;
end $$;
revoke all on function private.release_file(uuid) from public;
grant execute on function private.release_file(uuid) to authenticated, service_role;

-- Throws a file or an unfinished upload of one's own away. What is claimed is thrown away by whoever claimed it.
create function private.remove_file(file uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from files.objects o where o.id = remove_file.file and o.owner_id = (select auth.uid()) and o.expires_at is not null;
  if found then return; end if;
  if exists (select from files.objects o where o.id = remove_file.file and o.owner_id = (select auth.uid()) and o.erased_at is null)
  then perform private.refuse('file_is_in_use'); end if;
  perform private.refuse('no_such_file');
end $$;
revoke all on function private.remove_file(uuid) from public;
grant execute on function private.remove_file(uuid) to authenticated;

create function private.may_be_handed_out(it files.objects) returns void
language plpgsql stable set search_path = '' as $$
begin
  if it.state = 'scanning' then perform private.refuse('file_is_being_scanned'); end if;
  if it.state <> 'clean' then perform private.refuse('file_is_quarantined'); end if;
  if it.lost_at is not null then perform private.refuse('file_is_lost'); end if;
end $$;
revoke all on function private.may_be_handed_out(files.objects) from public;

-- May the person who asks have this file? Its owner may. To let others have the files of a purpose, the part that declares
-- the purpose makes one function beside its own tables, private.may_download_<purpose>(file uuid) returns boolean, which
-- says whether the person who asks may have that file now: no list of rights is kept here that could say something else.
-- It is asked when a link is made and again at each download, so that what ends there ends here.
create function private.may_download(it files.objects) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  says regprocedure := to_regprocedure(format('private.may_download_%s(uuid)', it.purpose));
  may boolean;
begin
  if it.owner_id = (select auth.uid()) then return true; end if;
  if says is not null then execute format('select %s($1)', says::oid::regproc) into may using it.id; end if;
  return coalesce(may, false);
end $$;
revoke all on function private.may_download(files.objects) from public;

-- To whoever may not have it, there is no such file. A link outlives a sign-in by some minutes, so the account is asked too.
create function private.download(file uuid, out name text, out mime text, out size bigint, out sha256 text, out object_path text)
language plpgsql stable security definer set search_path = '' as $$
declare
  it files.objects;
begin
  if (select auth.uid()) is null then perform private.refuse('not_signed_in'); end if;
  select o.* into it from files.objects o
  where o.id = download.file and o.state <> 'uploading' and o.erased_at is null and (o.expires_at is null or o.expires_at > now());
  if it.id is null or not private.may_download(it) or not exists (
    select from auth.users u left join identity.accounts a on a.user_id = u.id
    where u.id = (select auth.uid()) and u.deleted_at is null and (u.banned_until is null or u.banned_until <= now()) and a.suspended_at is null
  ) then perform private.refuse('no_such_file'); end if;
  perform private.may_be_handed_out(it);
  name := it.name; mime := it.mime; size := it.size; sha256 := it.sha256; object_path := it.object_path;
end $$;
revoke all on function private.download(uuid) from public;
grant execute on function private.download(uuid) to authenticated;

-- Takes what nobody finished or claimed in time. Whoever is just finishing or claiming one of them holds its row and is
-- passed over. The bytes are removed by a job that rides with the same commit.
create function private.sweep_files(most integer) returns setof uuid
language sql volatile security definer set search_path = '' as $$
  with expired as materialized (
    select o.id from files.objects o where o.expires_at < now() order by o.expires_at limit sweep_files.most for update skip locked
  )
  delete from files.objects o using expired where o.id = expired.id returning o.id
$$;
revoke all on function private.sweep_files(integer) from public;
grant execute on function private.sweep_files(integer) to service_role;

-- Which rows are without their object, as the nightly look found. One that is there again, out of a backup, is lost no more.
create function private.note_lost_files(looked_for uuid[], missing uuid[]) returns setof uuid
language sql volatile security definer set search_path = '' as $$
  update files.objects o set lost_at = null where o.id = any (looked_for) and not o.id = any (missing) and o.lost_at is not null;
  update files.objects o set lost_at = now() where o.id = any (missing) and o.lost_at is null returning o.id;
$$;
revoke all on function private.note_lost_files(uuid[], uuid[]) from public;
grant execute on function private.note_lost_files(uuid[], uuid[]) to service_role;

-- Nothing of a person stays: neither what a file was called nor its bytes, which the job removes whose ids this gives. A
-- row that was claimed stays as a stone, because another one may point to it.
create function private.erase_files(person uuid) returns setof uuid
language sql volatile security definer set search_path = '' as $$
  update files.objects o
  set name = 'erased', mime = null, size = null, sha256 = null, object_path = null, erased_at = now(),
    expires_at = case when o.expires_at is not null then now() end
  where o.owner_id = erase_files.person and o.erased_at is null
  returning o.id
$$;
revoke all on function private.erase_files(uuid) from public;
grant execute on function private.erase_files(uuid) to service_role;
