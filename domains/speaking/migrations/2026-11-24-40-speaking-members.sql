-- A candidate prepares for a healthcare-English speaking test: they speak with a simulated patient and read a report that
-- quotes what they said. First of all: who is here.
create schema speaking;
grant usage on schema speaking to authenticated, service_role;

-- What a candidate is. A table and not a list of words in a check: it grows with the tests people prepare for.
create table speaking.professions (
  code varchar(50) primary key,
  name text not null,
  constraint code_is_a_word check (code ~ '^[a-z]+(_[a-z]+)*$'),
  constraint name_is_short check (length(name) between 1 and 100)
);
alter table speaking.professions enable row level security;
revoke all on speaking.professions from anon, authenticated, service_role;
create policy "people see the professions" on speaking.professions for select to authenticated using (true);
create policy "the server sees the professions" on speaking.professions for select to service_role using (true);
grant select on speaking.professions to authenticated, service_role;

insert into speaking.professions (code, name) values
  ('doctor', 'Doctor'),
  ('nurse', 'Nurse'),
  ('dentist', 'Dentist'),
  ('physiotherapist', 'Physiotherapist'),
  ('dietitian', 'Dietitian'),
  ('occupational_therapist', 'Occupational therapist'),
  ('optometrist', 'Optometrist'),
  ('pharmacist', 'Pharmacist'),
  ('podiatrist', 'Podiatrist'),
  ('radiographer', 'Radiographer'),
  ('speech_therapist', 'Speech and language therapist'),
  ('veterinary_surgeon', 'Veterinary surgeon');

-- A person as they appear here. The seed has a table of users; the truth about an account is auth.users, which on a hosted
-- project is not ours to alter, so what only speaking knows stands here and follows the account. Nothing can refer to a view,
-- so whatever the seed points at its users points here: a row for everybody who has an account, and never deleted.
create table speaking.members (
  user_id    uuid primary key references auth.users on delete restrict,
  email      varchar(255),                     -- a copy. null: the account has none, is erased, or shares one (below)
  role       varchar(50) not null,
  profession varchar(50),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint role_is_known check (role in ('user', 'admin')),
  constraint email_is_lower_case check (email = lower(email)),
  constraint unknown_profession foreign key (profession) references speaking.professions on delete restrict
);
create unique index email_taken on speaking.members (lower(email));   -- which cannot be made on a hosted auth.users
create index members_role_idx on speaking.members (role);
create index members_profession_idx on speaking.members (profession);
alter table speaking.members enable row level security;
revoke all on speaking.members from anon, authenticated, service_role;

create policy "people see themselves as members" on speaking.members for select to authenticated using (user_id = (select auth.uid()));
create policy "people say what they are by profession" on speaking.members for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server sees members" on speaking.members for select to service_role using (true);
grant select, update (profession) on speaking.members to authenticated;
grant select on speaking.members to service_role;

create trigger touch_members before update on speaking.members for each row
  when (new.updated_at = old.updated_at) execute function private.touch_updated_at();   -- who brings a past along says so, and nobody is granted to

-- Administrators are rows of identity.admins and nothing else. The seed wants a column that can be searched, so it is there; but
-- whatever anybody writes into it, the owner included, it says what that table says. A definer, because people who change
-- their profession may not read who administrates.
create function private.role_is_as_administrated() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.role := case when exists (select from identity.admins a where a.user_id = new.user_id) then 'admin' else 'user' end;
  return new;
end $$;
revoke all on function private.role_is_as_administrated() from public;
create trigger members_role before insert or update on speaking.members for each row execute function private.role_is_as_administrated();

-- Whoever changes a member at this very moment holds its row; this one waits, and then looks at identity.admins again (above).
create function private.speaking_follows_administrators() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into speaking.members (user_id, role)
  select distinct person, 'user' from unnest(array[old.user_id, new.user_id]) person where person is not null
  on conflict (user_id) do update set role = excluded.role;
  return null;
end $$;
revoke all on function private.speaking_follows_administrators() from public;
create trigger speaking_follows_administrators after insert or delete or update of user_id on identity.admins for each row
  execute function private.speaking_follows_administrators();

-- Called whenever an account is made or its address changes (identity.account_followers). Accounts from single sign-on may share
-- an address with another one; the address then stays with whoever had it, and the other is a member without.
create function private.speaking_follows_account(person uuid, email text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  address text := lower(nullif(trim(speaking_follows_account.email), ''));
begin
  insert into speaking.members (user_id, role) values (speaking_follows_account.person, 'user') on conflict (user_id) do nothing;
  begin
    update speaking.members m set email = address where m.user_id = speaking_follows_account.person and m.email is distinct from address;
  exception when unique_violation then
    update speaking.members m set email = null where m.user_id = speaking_follows_account.person;
  end;
end $$;
revoke all on function private.speaking_follows_account(uuid, text) from public;
insert into identity.account_followers (function) values ('speaking_follows_account');

-- Those who were there before us.
do $$ begin
  perform private.speaking_follows_account(u.id, case when u.deleted_at is null then u.email end) from auth.users u order by u.created_at, u.id;
end $$;

-- Oneself, as the seed's users has it. A definer, because nobody may read auth.users, their own row included.
create function private.my_speaking_account()
returns table (id uuid, email text, full_name text, role text, profession text, is_email_verified boolean, last_login_at timestamptz,
  created_at timestamptz, updated_at timestamptz)
language sql stable security definer set search_path = '' rows 1 as $$
  select u.id, lower(u.email), nullif(private.name_in(u.raw_user_meta_data), ''), m.role, m.profession, u.email_confirmed_at is not null,
    u.last_sign_in_at, coalesce(u.created_at, m.created_at), greatest(u.updated_at, m.updated_at)
  from auth.users u join speaking.members m on m.user_id = u.id
  where u.id = (select auth.uid()) and u.deleted_at is null
$$;
revoke all on function private.my_speaking_account() from public;
grant execute on function private.my_speaking_account() to authenticated;

-- The seed's table of users is a view: it would repeat the account, and two tables would come to tell two lives. A password's hash
-- is nobody's to read: the column is there, empty, and not granted.
create view speaking.users with (security_invoker = true) as
  select id, email::varchar(255) as email, null::varchar(255) as hashed_password, full_name::varchar(255) as full_name,
    role::varchar(50) as role, profession::varchar(50) as profession, is_email_verified, last_login_at, created_at, updated_at
  from private.my_speaking_account();
revoke all on speaking.users from anon, authenticated, service_role;
grant select (id, email, full_name, role, profession, is_email_verified, last_login_at, created_at, updated_at) on speaking.users to authenticated;
