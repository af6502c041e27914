-- Passkeys (WebAuthn): a key pair that never leaves a person's device or keychain. Only its public half is here, so whoever
-- reads this table can sign in nowhere; and it answers for our own address alone, so no look-alike page can ask for it.
create table identity.passkeys (
  id            uuid primary key default gen_random_uuid(),
  user_id       uuid not null references auth.users,
  credential_id text not null,                       -- base64url, as the authenticator chose it
  public_key    bytea not null,                      -- COSE
  counter       bigint not null,                     -- of uses, where the authenticator counts; 0 where it does not
  transports    text[] not null default '{}',        -- how the browser may reach it: 'internal', 'usb', 'hybrid' …
  backed_up     boolean not null,                    -- in a keychain: it outlives the device
  name          text not null,                       -- the person's own word for it
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz,
  constraint passkey_is_known_already unique (credential_id),
  constraint passkey_has_a_name check (length(btrim(name)) > 0 and length(name) <= 120),
  constraint credential_id_is_base64url check (credential_id ~ '^[A-Za-z0-9_-]+$' and length(credential_id) <= 1400),   -- WebAuthn, 4: at most 1,023 bytes
  constraint transports_are_few check (cardinality(transports) <= 10),
  constraint counter_counts_up check (counter >= 0)
);
alter table identity.passkeys enable row level security;
revoke all on identity.passkeys from anon, authenticated, service_role;
create index passkeys_user_idx on identity.passkeys (user_id, created_at);

-- Never the key, the counter or the credential's id: no page needs them. Removing one is the server's to do, which knows
-- what other ways in there are (platform/identity/ways-in.ts), and making one too, which has checked the signature.
create policy "people see their own passkeys" on identity.passkeys for select to authenticated using (user_id = (select auth.uid()));
create policy "people rename their own passkeys" on identity.passkeys for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server sees passkeys" on identity.passkeys for select to service_role using (true);
create policy "the server registers passkeys" on identity.passkeys for insert to service_role with check (true);
create policy "the server counts uses and renames" on identity.passkeys for update to service_role using (true) with check (true);
create policy "the server removes passkeys" on identity.passkeys for delete to service_role using (true);
grant select (id, user_id, transports, backed_up, name, created_at, last_used_at), update (name) on identity.passkeys to authenticated;
grant select, delete, update (counter, backed_up, name, last_used_at),
  insert (user_id, credential_id, public_key, counter, transports, backed_up, name) on identity.passkeys to service_role;

-- What an authenticator is asked to sign. Each is used up by the first answer to it, right or wrong, and by five minutes.
create table identity.passkey_challenges (
  id         uuid primary key default gen_random_uuid(),   -- known to whoever asked, and to nobody else
  challenge  text not null,
  user_id    uuid references auth.users,                    -- who registers a passkey; null: somebody who signs in, as yet nobody
  created_at timestamptz not null default now(),
  constraint challenge_is_long check (length(challenge) >= 43)   -- 32 bytes in base64url
);
alter table identity.passkey_challenges enable row level security;
revoke all on identity.passkey_challenges from anon, authenticated, service_role;
create index passkey_challenges_user_idx on identity.passkey_challenges (user_id);
create index passkey_challenges_created_at_idx on identity.passkey_challenges (created_at);   -- for the sweep
create policy "the server sees what it asked" on identity.passkey_challenges for select to service_role using (true);
create policy "the server asks passkeys" on identity.passkey_challenges for insert to service_role with check (true);
create policy "the server asks each thing once" on identity.passkey_challenges for delete to service_role using (true);
grant select, delete, insert (challenge, user_id) on identity.passkey_challenges to service_role;

-- Recovery codes: for somebody whose second factor is lost. A code has 80 random bits, so nobody finds one by trying, not even
-- with this table and a fast hash: 2^80 tries is the cost, where a password chosen by a person needs argon2 because its cost is
-- that of guessing people. The hash is keyed with SECRETS_KEY all the same, so that the table alone confirms nothing.
create table identity.recovery_codes (
  code_hash  bytea primary key,
  user_id    uuid not null references auth.users,
  set_id     uuid not null,                                 -- those that were shown together; a new set replaces the old one
  created_at timestamptz not null default now(),
  used_at    timestamptz,
  constraint hash_is_sha256 check (length(code_hash) = 32)
);
alter table identity.recovery_codes enable row level security;
revoke all on identity.recovery_codes from anon, authenticated, service_role;
create index recovery_codes_user_idx on identity.recovery_codes (user_id);

create policy "people see how many codes they have left" on identity.recovery_codes for select to authenticated
  using (user_id = (select auth.uid()));
create policy "the server sees recovery codes" on identity.recovery_codes for select to service_role using (true);
create policy "the server makes recovery codes" on identity.recovery_codes for insert to service_role with check (true);
create policy "the server uses recovery codes up" on identity.recovery_codes for update to service_role using (true) with check (true);
create policy "the server replaces recovery codes" on identity.recovery_codes for delete to service_role using (true);
grant select (user_id, created_at, used_at) on identity.recovery_codes to authenticated;
grant select, delete, update (used_at), insert (code_hash, user_id, set_id) on identity.recovery_codes to service_role;
