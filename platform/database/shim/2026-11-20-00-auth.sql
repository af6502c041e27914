-- What a Supabase project brings along, for every other PostgreSQL: the schema `auth` with the accounts, in the shape that
-- GoTrue (Supabase's identity service) gives them, and the functions by which a policy learns who is asking. Everything
-- after this file is written against these names alone and so runs unchanged on a hosted project, where this file is
-- skipped (platform/database/shim.ts) and nothing in `auth` is ever made or altered by us.
create schema auth;

-- By this comment we know our own schema again. A hosted project's `auth` does not carry it and belongs to somebody else.
comment on schema auth is 'Made by Vivavoce: Supabase''s auth schema on plain PostgreSQL';
grant usage on schema auth to anon, authenticated, service_role;

-- One row per account, column for column as on a hosted project and in that order, so that backups, queries and Supabase's
-- own tools find what they expect. GoTrue came to this shape over years, hence the defaults typed as varchar on text columns.
-- Rows are never deleted: erasing a person scrubs the row and sets deleted_at, so that other people's records keep their other side.
create table auth.users (
  instance_id                 uuid,                                   -- GoTrue's tenant; all zeros or null with a single one
  id                          uuid not null,
  aud                         varchar(255),                           -- 'authenticated'
  role                        varchar(255),                           -- 'authenticated': never trusted, the server chooses the role
  email                       varchar(255),                           -- lower case
  encrypted_password          varchar(255),                           -- a hash: argon2id, or bcrypt from an older home
  email_confirmed_at          timestamptz,
  invited_at                  timestamptz,
  confirmation_token          varchar(255),                           -- this and the other tokens: hashes, '' when none is out
  confirmation_sent_at        timestamptz,
  recovery_token              varchar(255),
  recovery_sent_at            timestamptz,
  email_change_token_new      varchar(255),
  email_change                varchar(255),
  email_change_sent_at        timestamptz,
  last_sign_in_at             timestamptz,
  raw_app_meta_data           jsonb,                                  -- written by the server
  raw_user_meta_data          jsonb,                                  -- written by the person: never a ground for any right
  is_super_admin              boolean,                                -- unused: administrators are rows in identity.admins
  created_at                  timestamptz,
  updated_at                  timestamptz,
  phone                       text default null::varchar,
  phone_confirmed_at          timestamptz,
  phone_change                text default ''::varchar,
  phone_change_token          varchar(255) default ''::varchar,
  phone_change_sent_at        timestamptz,
  confirmed_at                timestamptz generated always as (least(email_confirmed_at, phone_confirmed_at)) stored,
  email_change_token_current  varchar(255) default ''::varchar,
  email_change_confirm_status smallint default 0,
  banned_until                timestamptz,
  reauthentication_token      varchar(255) default ''::varchar,
  reauthentication_sent_at    timestamptz,
  is_sso_user                 boolean not null default false,         -- such accounts may share an address
  deleted_at                  timestamptz,
  is_anonymous                boolean not null default false,
  constraint users_pkey primary key (id),
  constraint users_phone_key unique (phone),
  constraint users_email_change_confirm_status_check check (email_change_confirm_status between 0 and 2)
);
alter table auth.users enable row level security;
comment on table auth.users is 'Auth: Stores user login data within a secure schema.';
revoke all on auth.users from anon, authenticated;

-- One account per address; accounts from single sign-on are kept apart by their provider instead.
create unique index users_email_partial_key on auth.users (email) where is_sso_user = false;
create index users_instance_id_idx on auth.users (instance_id);
create index users_instance_id_email_idx on auth.users (instance_id, lower(email));
create index users_is_anonymous_idx on auth.users (is_anonymous);

-- A token opens one account. The codes of six digits that people type may repeat and are left out, as is the empty string.
create unique index confirmation_token_idx on auth.users (confirmation_token) where confirmation_token !~ '^[0-9 ]*$';
create unique index recovery_token_idx on auth.users (recovery_token) where recovery_token !~ '^[0-9 ]*$';
create unique index email_change_token_current_idx on auth.users (email_change_token_current) where email_change_token_current !~ '^[0-9 ]*$';
create unique index email_change_token_new_idx on auth.users (email_change_token_new) where email_change_token_new !~ '^[0-9 ]*$';
create unique index reauthentication_token_idx on auth.users (reauthentication_token) where reauthentication_token !~ '^[0-9 ]*$';

-- People never touch this table: what they may know of an account, theirs or another's, they learn through operations.
-- Only the identity organ does, as service_role, and it has no way to delete.
create policy "the server sees every account" on auth.users for select to service_role using (true);
create policy "the server makes accounts" on auth.users for insert to service_role with check (true);
create policy "the server changes accounts" on auth.users for update to service_role using (true) with check (true);
grant select, insert, update on auth.users to service_role;

-- Who is asking. The server puts the claims of a checked token or session into request.jwt.claims at the start of each
-- transaction; request.jwt.claim.<name> is the older way, which Supabase reads first and so do we. Outside a request both
-- are empty and the answer is null. They have no `set search_path`, because it would keep the planner from inlining them,
-- and need none: they name nothing outside pg_catalog and run with the rights of whoever calls them.
create function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;
revoke all on function auth.uid() from public;
grant execute on function auth.uid() to anon, authenticated, service_role;

create function auth.role() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;
revoke all on function auth.role() from public;
grant execute on function auth.role() to anon, authenticated, service_role;

create function auth.email() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
  )
$$;
revoke all on function auth.email() from public;
grant execute on function auth.email() to anon, authenticated, service_role;

create function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;
revoke all on function auth.jwt() from public;
grant execute on function auth.jwt() to anon, authenticated, service_role;
