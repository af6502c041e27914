-- The rest of what GoTrue keeps, in its shape: column for column as on a hosted project and in that order, so that a backup
-- made here is one that a real GoTrue opens, and the other way round. It came about over years, and looks it: instants with
-- and without a zone, a user_id that is text, columns of features we do not have. Those stay empty.
-- People never touch these tables; the identity organ does, as service_role, and may do no more than it does today.
create type auth.aal_level as enum ('aal1', 'aal2', 'aal3');
revoke all on type auth.aal_level from public;
create type auth.factor_type as enum ('totp', 'webauthn', 'phone');
revoke all on type auth.factor_type from public;
create type auth.factor_status as enum ('unverified', 'verified');
revoke all on type auth.factor_status from public;
create type auth.code_challenge_method as enum ('s256', 'plain');
revoke all on type auth.code_challenge_method from public;
create type auth.one_time_token_type as enum ('confirmation_token', 'reauthentication_token', 'recovery_token',
  'email_change_token_new', 'email_change_token_current', 'phone_change_token');
revoke all on type auth.one_time_token_type from public;
grant usage on type auth.aal_level, auth.factor_type, auth.factor_status, auth.code_challenge_method, auth.one_time_token_type to service_role;

-- The ways in which a person can prove to be who they are: their e-mail address, an OpenID provider.
create table auth.identities (
  provider_id     text not null,                       -- the person's id at the provider; for 'email', the account's own id
  user_id         uuid not null,
  identity_data   jsonb not null,
  provider        text not null,                       -- 'email', 'google' …
  last_sign_in_at timestamptz,
  created_at      timestamptz,
  updated_at      timestamptz,
  email           text generated always as (lower(identity_data ->> 'email')) stored,
  id              uuid not null default gen_random_uuid(),
  constraint identities_pkey primary key (id),
  constraint identities_provider_id_provider_unique unique (provider_id, provider),
  constraint identities_user_id_fkey foreign key (user_id) references auth.users on delete cascade
);
alter table auth.identities enable row level security;
comment on table auth.identities is 'Auth: Stores identities associated to a user.';
revoke all on auth.identities from anon, authenticated;
create index identities_email_idx on auth.identities (email text_pattern_ops);
create index identities_user_id_idx on auth.identities (user_id);
create policy "the server sees identities" on auth.identities for select to service_role using (true);
create policy "the server links identities" on auth.identities for insert to service_role with check (true);
create policy "the server changes identities" on auth.identities for update to service_role using (true) with check (true);
create policy "the server unlinks identities" on auth.identities for delete to service_role using (true);
grant select, insert, update, delete on auth.identities to service_role;

-- A sign-in session of an API client: begins with a sign-in, lives by its refresh tokens, and is gone when it ends.
-- (Our own pages have another kind: identity.browser_sessions.)
create table auth.sessions (
  id                     uuid not null,
  user_id                uuid not null,
  created_at             timestamptz,
  updated_at             timestamptz,
  factor_id              uuid,                         -- the second factor that lifted it to aal2
  aal                    auth.aal_level,
  not_after              timestamptz,                  -- however busy it is, it ends then
  refreshed_at           timestamp,                    -- in UTC
  user_agent             text,
  ip                     inet,
  tag                    text,
  oauth_client_id        uuid,                         -- from here on GoTrue's own: it as an OAuth server, its newer refresh tokens
  refresh_token_hmac_key text,
  refresh_token_counter  bigint,
  scopes                 text,
  constraint sessions_pkey primary key (id),
  constraint sessions_user_id_fkey foreign key (user_id) references auth.users on delete cascade,
  constraint sessions_scopes_length check (char_length(scopes) <= 4096)
);
alter table auth.sessions enable row level security;
comment on table auth.sessions is 'Auth: Stores session data associated to a user.';
revoke all on auth.sessions from anon, authenticated;
create index sessions_user_id_idx on auth.sessions (user_id);
create index user_id_created_at_idx on auth.sessions (user_id, created_at);
create index sessions_not_after_idx on auth.sessions (not_after desc);
create policy "the server sees sessions" on auth.sessions for select to service_role using (true);
create policy "the server begins sessions" on auth.sessions for insert to service_role with check (true);
create policy "the server keeps sessions alive" on auth.sessions for update to service_role using (true) with check (true);
create policy "the server ends sessions" on auth.sessions for delete to service_role using (true);
grant select, insert, update, delete on auth.sessions to service_role;

-- Each is used once and makes the next one: a chain, whose links are kept so that a stolen one is known again.
-- GoTrue writes tokens down as they are; ours are hashes (platform/identity/refresh.ts). They go with their session.
create table auth.refresh_tokens (
  instance_id uuid,
  id          bigserial not null,
  token       varchar(255),
  user_id     varchar(255),
  revoked     boolean,                                 -- true: it was used
  created_at  timestamptz,
  updated_at  timestamptz,
  parent      varchar(255),                            -- the token it was made for
  session_id  uuid,
  constraint refresh_tokens_pkey primary key (id),
  constraint refresh_tokens_token_unique unique (token),
  constraint refresh_tokens_session_id_fkey foreign key (session_id) references auth.sessions on delete cascade
);
alter table auth.refresh_tokens enable row level security;
comment on table auth.refresh_tokens is 'Auth: Store of tokens used to refresh JWT tokens once they expire.';
revoke all on auth.refresh_tokens from anon, authenticated;
create index refresh_tokens_instance_id_idx on auth.refresh_tokens (instance_id);
create index refresh_tokens_instance_id_user_id_idx on auth.refresh_tokens (instance_id, user_id);
create index refresh_tokens_parent_idx on auth.refresh_tokens (parent);
create index refresh_tokens_session_id_revoked_idx on auth.refresh_tokens (session_id, revoked);
create index refresh_tokens_updated_at_idx on auth.refresh_tokens (updated_at desc);
create policy "the server sees refresh tokens" on auth.refresh_tokens for select to service_role using (true);
create policy "the server gives refresh tokens" on auth.refresh_tokens for insert to service_role with check (true);
create policy "the server uses refresh tokens up" on auth.refresh_tokens for update to service_role using (true) with check (true);
grant select, insert, update on auth.refresh_tokens to service_role;
grant usage on sequence auth.refresh_tokens_id_seq to service_role;

-- How the person of a session proved who they are: the token's claim amr.
create table auth.mfa_amr_claims (
  session_id            uuid not null,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  authentication_method text not null,                 -- 'password', 'otp', 'totp', 'oauth' …
  id                    uuid not null,
  constraint amr_id_pk primary key (id),
  constraint mfa_amr_claims_session_id_authentication_method_pkey unique (session_id, authentication_method),
  constraint mfa_amr_claims_session_id_fkey foreign key (session_id) references auth.sessions on delete cascade
);
alter table auth.mfa_amr_claims enable row level security;
comment on table auth.mfa_amr_claims is 'auth: stores authenticator method reference claims for multi factor authentication';
revoke all on auth.mfa_amr_claims from anon, authenticated;
create policy "the server sees how a session was proved" on auth.mfa_amr_claims for select to service_role using (true);
create policy "the server notes how a session was proved" on auth.mfa_amr_claims for insert to service_role with check (true);
create policy "the server renews how a session was proved" on auth.mfa_amr_claims for update to service_role using (true) with check (true);
grant select, insert, update on auth.mfa_amr_claims to service_role;

create table auth.mfa_factors (
  id                           uuid not null,
  user_id                      uuid not null,
  friendly_name                text,
  factor_type                  auth.factor_type not null,
  status                       auth.factor_status not null,
  created_at                   timestamptz not null,
  updated_at                   timestamptz not null,
  secret                       text,                   -- sealed: AES-256-GCM under SECRETS_KEY
  phone                        text,
  last_challenged_at           timestamptz,
  web_authn_credential         jsonb,
  web_authn_aaguid             uuid,
  last_webauthn_challenge_data jsonb,
  constraint mfa_factors_pkey primary key (id),
  constraint mfa_factors_last_challenged_at_key unique (last_challenged_at),
  constraint mfa_factors_user_id_fkey foreign key (user_id) references auth.users on delete cascade
);
alter table auth.mfa_factors enable row level security;
comment on table auth.mfa_factors is 'auth: stores metadata about factors';
revoke all on auth.mfa_factors from anon, authenticated;
create unique index mfa_factors_user_friendly_name_unique on auth.mfa_factors (friendly_name, user_id) where trim(friendly_name) <> '';
create unique index unique_phone_factor_per_user on auth.mfa_factors (user_id, phone);
create index factor_id_created_at_idx on auth.mfa_factors (user_id, created_at);
create index mfa_factors_user_id_idx on auth.mfa_factors (user_id);
create policy "the server sees second factors" on auth.mfa_factors for select to service_role using (true);
create policy "the server enrols second factors" on auth.mfa_factors for insert to service_role with check (true);
create policy "the server verifies second factors" on auth.mfa_factors for update to service_role using (true) with check (true);
create policy "the server takes second factors away" on auth.mfa_factors for delete to service_role using (true);
grant select, insert, update, delete on auth.mfa_factors to service_role;

create table auth.mfa_challenges (
  id                     uuid not null,
  factor_id              uuid not null,
  created_at             timestamptz not null,
  verified_at            timestamptz,                  -- used: never again
  ip_address             inet not null,
  otp_code               text,
  web_authn_session_data jsonb,
  constraint mfa_challenges_pkey primary key (id),
  constraint mfa_challenges_auth_factor_id_fkey foreign key (factor_id) references auth.mfa_factors on delete cascade
);
alter table auth.mfa_challenges enable row level security;
comment on table auth.mfa_challenges is 'auth: stores metadata about challenge requests made';
revoke all on auth.mfa_challenges from anon, authenticated;
create index mfa_challenge_created_at_idx on auth.mfa_challenges (created_at desc);
create index mfa_challenges_factor_id_idx on auth.mfa_challenges (factor_id);   -- ours: without it, taking a factor away reads them all
create policy "the server sees challenges" on auth.mfa_challenges for select to service_role using (true);
create policy "the server makes challenges" on auth.mfa_challenges for insert to service_role with check (true);
create policy "the server uses challenges up" on auth.mfa_challenges for update to service_role using (true) with check (true);
create policy "the server sweeps old challenges" on auth.mfa_challenges for delete to service_role using (true);
grant select, insert, update, delete on auth.mfa_challenges to service_role;

-- What a mail carries: a link, and a code beside it. Of each kind a person has one at a time; a new one ends the old.
-- token_hash is the hash of what the link carries (platform/identity/one-time.ts), so reading this table opens no account.
create table auth.one_time_tokens (
  id         uuid not null,
  user_id    uuid not null,
  token_type auth.one_time_token_type not null,
  token_hash text not null,
  relates_to text not null,                            -- the address it was sent to
  created_at timestamp not null default now(),         -- in UTC
  updated_at timestamp not null default now(),
  constraint one_time_tokens_pkey primary key (id),
  constraint one_time_tokens_token_hash_check check (char_length(token_hash) > 0),
  constraint one_time_tokens_user_id_fkey foreign key (user_id) references auth.users on delete cascade
);
alter table auth.one_time_tokens enable row level security;
revoke all on auth.one_time_tokens from anon, authenticated;
create index one_time_tokens_token_hash_hash_idx on auth.one_time_tokens using hash (token_hash);
create index one_time_tokens_relates_to_hash_idx on auth.one_time_tokens using hash (relates_to);
create unique index one_time_tokens_user_id_token_type_key on auth.one_time_tokens (user_id, token_type);
create policy "the server sees tokens of mails" on auth.one_time_tokens for select to service_role using (true);
create policy "the server makes tokens for mails" on auth.one_time_tokens for insert to service_role with check (true);
create policy "the server replaces tokens of mails" on auth.one_time_tokens for update to service_role using (true) with check (true);
create policy "the server uses tokens of mails up" on auth.one_time_tokens for delete to service_role using (true);
grant select, insert, update, delete on auth.one_time_tokens to service_role;

-- A sign-in under way between two pages (PKCE, RFC 7636): whoever began it holds a secret whose hash stands here, and only
-- with that secret the code in the address becomes a session.
create table auth.flow_state (
  id                     uuid not null,
  user_id                uuid,
  auth_code              text,
  code_challenge_method  auth.code_challenge_method,
  code_challenge         text,
  provider_type          text not null,
  provider_access_token  text,
  provider_refresh_token text,
  created_at             timestamptz,
  updated_at             timestamptz,
  authentication_method  text not null,
  auth_code_issued_at    timestamptz,
  invite_token           text,
  referrer               text,
  oauth_client_state_id  uuid,
  linking_target_id      uuid,
  email_optional         boolean not null default false,
  constraint flow_state_pkey primary key (id)
);
alter table auth.flow_state enable row level security;
comment on table auth.flow_state is 'Stores metadata for all OAuth/SSO login flows';
revoke all on auth.flow_state from anon, authenticated;
create index flow_state_created_at_idx on auth.flow_state (created_at desc);
create index idx_auth_code on auth.flow_state (auth_code);
create index idx_user_id_auth_method on auth.flow_state (user_id, authentication_method);
create policy "the server sees flows" on auth.flow_state for select to service_role using (true);
create policy "the server begins flows" on auth.flow_state for insert to service_role with check (true);
create policy "the server leads flows on" on auth.flow_state for update to service_role using (true) with check (true);
create policy "the server ends flows" on auth.flow_state for delete to service_role using (true);
grant select, insert, update, delete on auth.flow_state to service_role;

-- Ours: who is banned is asked every second (platform/identity/ended.ts), and hardly anybody is.
create index users_banned_until_idx on auth.users (banned_until) where banned_until is not null;
