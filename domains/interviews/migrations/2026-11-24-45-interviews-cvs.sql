-- An applicant brings a CV and a job and rehearses the interview. Everything here is theirs alone: no employer, no mentor, no
-- administrator has a way in, and what they delete is gone (the seed cascades, and so do we).
create schema interviews;
grant usage on schema interviews to authenticated, service_role;

create table interviews.profiles (
  user_id                uuid primary key references auth.users (id) on delete cascade,
  full_name              text,
  years_of_experience    integer,
  primary_roles_pursued  text[],
  key_skills             text[],
  industries_of_interest text[],
  cv_text_content        text,                         -- of the current CV: nobody writes it (below)
  created_at             timestamptz not null default now(),
  updated_at             timestamptz not null default now(),
  constraint full_name_is_short check (length(full_name) <= 200),
  constraint years_are_of_one_life check (years_of_experience between 0 and 80),
  constraint roles_are_a_list check (
    cardinality(primary_roles_pursued) <= 50 and length(array_to_string(primary_roles_pursued, '')) <= 5000
      and array_position(primary_roles_pursued, null) is null),
  constraint skills_are_a_list check (
    cardinality(key_skills) <= 200 and length(array_to_string(key_skills, '')) <= 20000 and array_position(key_skills, null) is null),
  constraint industries_are_a_list check (
    cardinality(industries_of_interest) <= 50 and length(array_to_string(industries_of_interest, '')) <= 5000
      and array_position(industries_of_interest, null) is null)
);
alter table interviews.profiles enable row level security;
revoke all on interviews.profiles from anon, authenticated, service_role;

create policy "applicants see their own profile" on interviews.profiles for select to authenticated using (user_id = (select auth.uid()));
create policy "applicants begin their own profile" on interviews.profiles for insert to authenticated with check (user_id = (select auth.uid()));
create policy "applicants change their own profile" on interviews.profiles for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server sees profiles of applicants" on interviews.profiles for select to service_role using (true);
grant select on interviews.profiles to authenticated, service_role;
grant insert (user_id, full_name, years_of_experience, primary_roles_pursued, key_skills, industries_of_interest),
  update (full_name, years_of_experience, primary_roles_pursued, key_skills, industries_of_interest) on interviews.profiles to authenticated;

create trigger touch_profiles before update on interviews.profiles for each row
  when (new.updated_at = old.updated_at) execute function private.touch_updated_at();   -- who brings a past along says so, and nobody is granted to

-- A CV is a file of platform/files, claimed in the transaction that makes its row. Questions come from one of them.
create table interviews.cv_uploads (
  id              uuid primary key default gen_random_uuid(),
  user_id         uuid not null references auth.users (id) on delete cascade,
  file_name       text not null,
  storage_path    text not null unique,                -- the object's
  mime_type       text,
  file_size_bytes bigint,
  uploaded_at     timestamptz not null default now(),
  is_current_cv   boolean not null default true,
  file_id         uuid references files.objects on delete cascade,   -- the file goes with the row; and where it is swept, this is no CV
  cv_text         text,                                -- what was read out of it
  constraint a_file_is_one_cv unique (file_id),
  constraint file_has_a_name check (length(file_name) between 1 and 200),
  constraint file_of_another_kind check (
    mime_type in ('application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'text/plain')),
  constraint file_too_large check (file_size_bytes between 1 and 10485760),   -- 10 MiB, as the purpose says (files.ts)
  constraint cv_text_is_of_one_cv check (length(cv_text) <= 200000)
);
create unique index one_current_cv on interviews.cv_uploads (user_id) where is_current_cv;
create index cv_uploads_user_id_idx on interviews.cv_uploads (user_id, uploaded_at, id);
alter table interviews.cv_uploads enable row level security;
revoke all on interviews.cv_uploads from anon, authenticated, service_role;

create policy "applicants see their own CVs" on interviews.cv_uploads for select to authenticated using (user_id = (select auth.uid()));
create policy "the server sees CVs" on interviews.cv_uploads for select to service_role using (true);
grant select on interviews.cv_uploads to authenticated, service_role;

-- The text of the profile is the text of the current CV, whoever writes the profile and whatever they write there: two copies
-- must not tell two lives.
create function private.cv_text_is_of_the_current_cv() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.cv_text_content := (select c.cv_text from interviews.cv_uploads c where c.user_id = new.user_id and c.is_current_cv);
  return new;
end $$;
revoke all on function private.cv_text_is_of_the_current_cv() from public;
create trigger profile_follows_cv before insert or update on interviews.profiles for each row
  execute function private.cv_text_is_of_the_current_cv();

-- Who uploads has a profile. One who is just changing theirs holds the row; this waits, and the trigger above looks again.
create function private.profile_follows_cv() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  person uuid := coalesce(new.user_id, old.user_id);
begin
  if tg_op = 'DELETE' then
    update interviews.profiles p set cv_text_content = null where p.user_id = person;
  else
    insert into interviews.profiles (user_id) values (person) on conflict (user_id) do update set cv_text_content = null;
  end if;
  return null;
end $$;
revoke all on function private.profile_follows_cv() from public;
create trigger profile_follows after insert or delete or update of is_current_cv, cv_text, user_id on interviews.cv_uploads for each row
  execute function private.profile_follows_cv();

-- A row that named a file is gone, or names it no more: the next sweep takes the file. `tg_argv[0]` is the column.
create function private.interview_file_goes() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update files.objects o set expires_at = now()
  where o.id = (to_jsonb(old) ->> tg_argv[0])::uuid
    and (tg_op = 'DELETE' or to_jsonb(new) ->> tg_argv[0] is distinct from to_jsonb(old) ->> tg_argv[0]);
  return null;
end $$;
revoke all on function private.interview_file_goes() from public;
create trigger cv_file_goes after delete or update of file_id on interviews.cv_uploads for each row
  when (old.file_id is not null) execute function private.interview_file_goes('file_id');

-- Whoever changes which CV is current does so alone: two flips of a partial key at once would each wait for the other's row.
create function private.one_cv_at_a_time(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('interviews.cv ' || one_cv_at_a_time.person, 0));
end $$;
revoke all on function private.one_cv_at_a_time(uuid) from public;

-- A finished upload of one's own becomes the current CV, and the one before is no longer. In one step: there is no moment with two,
-- and none without. Twenty are enough for anybody, and keep a disk from filling.
create function private.replace_cv(file uuid) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  it record;
  made uuid;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform private.one_cv_at_a_time(me);
  if (select count(*) from interviews.cv_uploads c where c.user_id = me) >= 20 then perform private.refuse('too_many_cvs'); end if;
  select f.name, f.mime, f.size, f.object_path into it from private.claim_file(replace_cv.file, 'cv') f;
  update interviews.cv_uploads c set is_current_cv = false where c.user_id = me and c.is_current_cv;
  insert into interviews.cv_uploads (user_id, file_name, storage_path, mime_type, file_size_bytes, file_id)
  values (me, it.name, it.object_path, it.mime, it.size, replace_cv.file) returning id into made;
  return made;
end $$;
revoke all on function private.replace_cv(uuid) from public;
grant execute on function private.replace_cv(uuid) to authenticated;

-- An earlier one again.
create function private.make_cv_current(cv uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform private.one_cv_at_a_time(me);
  if not exists (select from interviews.cv_uploads c where c.id = make_cv_current.cv and c.user_id = me) then
    perform private.refuse('no_such_cv');
  end if;
  update interviews.cv_uploads c set is_current_cv = false where c.user_id = me and c.is_current_cv and c.id <> make_cv_current.cv;
  update interviews.cv_uploads c set is_current_cv = true where c.id = make_cv_current.cv and not c.is_current_cv;
end $$;
revoke all on function private.make_cv_current(uuid) from public;
grant execute on function private.make_cv_current(uuid) to authenticated;

-- For good, with its file and its text. Whoever deletes the current one has none until they choose another.
create function private.delete_cv(cv uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.one_cv_at_a_time(auth.uid());
  delete from interviews.cv_uploads c where c.id = delete_cv.cv and c.user_id = auth.uid();
  if not found then perform private.refuse('no_such_cv'); end if;
end $$;
revoke all on function private.delete_cv(uuid) from public;
grant execute on function private.delete_cv(uuid) to authenticated;

-- The server read it. Never a file in which something was found, also if that was found out after it was uploaded.
create function private.note_cv_text(cv uuid, words text) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  person uuid;
  is_clean boolean;
begin
  select c.user_id into person from interviews.cv_uploads c where c.id = note_cv_text.cv;
  if person is null then perform private.refuse('no_such_cv'); end if;
  perform private.one_cv_at_a_time(person);
  select o.state = 'clean' and o.erased_at is null into is_clean
  from interviews.cv_uploads c left join files.objects o on o.id = c.file_id where c.id = note_cv_text.cv;
  if not found then perform private.refuse('no_such_cv'); end if;   -- it was deleted while we waited
  if is_clean is not true then perform private.refuse('file_not_clean'); end if;
  update interviews.cv_uploads c set cv_text = note_cv_text.words where c.id = note_cv_text.cv;
end $$;
revoke all on function private.note_cv_text(uuid, text) from public;
grant execute on function private.note_cv_text(uuid, text) to service_role;
