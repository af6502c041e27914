-- Signing in with another provider (OpenID Connect): people leave for the provider's page and come back with an address in
-- which a code and our `state` stand. A journey is what we must know when they are back. What must be secret on the way (nonce
-- and PKCE verifier) follows from the state and SECRETS_KEY and is written down nowhere; the state itself is in their address
-- alone. A journey ends with its first return, and after ten minutes.
create table identity.journeys (
  state_hash     bytea primary key,
  browser_hash   bytea not null,                     -- of the word in the cookie of the browser that left: no other may return
  provider       text not null,
  redirect_to    text not null,                      -- where to from here: checked when they left
  adult          boolean not null,                   -- they said beforehand that they are 18 or older
  invitation     bytea,                              -- they come by one: the hash of its word
  challenge        text,                             -- of the page that waits there (PKCE): its proof that it began this
  challenge_method text,
  linking_id     uuid references auth.users,         -- or somebody signed in, who wants one more way in
  created_at     timestamptz not null default now(),
  constraint hashes_are_sha256 check (length(state_hash) = 32 and length(browser_hash) = 32),
  constraint challenge_method_is_known check (challenge_method in ('s256', 'plain')),
  constraint they_sign_in_or_link check (num_nonnulls(challenge, linking_id) = 1 and num_nonnulls(challenge, challenge_method) <> 1)
);
alter table identity.journeys enable row level security;
revoke all on identity.journeys from anon, authenticated, service_role;
create index journeys_linking_idx on identity.journeys (linking_id);
create index journeys_created_at_idx on identity.journeys (created_at);   -- for the sweep
create policy "the server sees journeys" on identity.journeys for select to service_role using (true);
create policy "the server lets people leave" on identity.journeys for insert to service_role with check (true);
create policy "the server lets people return once" on identity.journeys for delete to service_role using (true);
grant select, delete,
  insert (state_hash, browser_hash, provider, redirect_to, adult, invitation, challenge, challenge_method, linking_id) on identity.journeys to service_role;

-- Somebody a provider vouches for, who has yet to say that they are 18 or older. Until then there is no account, and after
-- half an hour there was never anything. What the provider said of them is sealed.
create table identity.newcomers (
  browser_hash     bytea primary key,                -- the browser they came back with: only it may go on
  found            text not null,                    -- sealed: AES-256-GCM under SECRETS_KEY
  redirect_to      text not null,
  invitation       bytea,
  challenge        text not null,
  challenge_method text not null,
  created_at       timestamptz not null default now(),
  constraint hash_is_sha256 check (length(browser_hash) = 32),
  constraint challenge_method_is_known check (challenge_method in ('s256', 'plain'))
);
alter table identity.newcomers enable row level security;
revoke all on identity.newcomers from anon, authenticated, service_role;
create index newcomers_created_at_idx on identity.newcomers (created_at);   -- for the sweep
create policy "the server sees newcomers" on identity.newcomers for select to service_role using (true);
create policy "the server lets newcomers wait" on identity.newcomers for insert to service_role with check (true);
create policy "the server forgets newcomers" on identity.newcomers for delete to service_role using (true);
grant select, delete, insert (browser_hash, found, redirect_to, invitation, challenge, challenge_method) on identity.newcomers to service_role;

-- Somebody signed in went to a provider and came back, to make it one more way into their account. It takes effect when their
-- own page says so, signed in as the same person: else somebody could send their own link to another, who would come back
-- from the provider and so give their identity there to a stranger's account.
create table identity.proposed_links (
  word_hash  bytea primary key,                      -- of the word in the address they came back to
  user_id    uuid not null references auth.users,
  found      text not null,                          -- sealed
  created_at timestamptz not null default now(),
  constraint hash_is_sha256 check (length(word_hash) = 32)
);
alter table identity.proposed_links enable row level security;
revoke all on identity.proposed_links from anon, authenticated, service_role;
create index proposed_links_user_idx on identity.proposed_links (user_id);
create index proposed_links_created_at_idx on identity.proposed_links (created_at);   -- for the sweep
create policy "the server sees proposed links" on identity.proposed_links for select to service_role using (true);
create policy "the server proposes links" on identity.proposed_links for insert to service_role with check (true);
create policy "the server forgets proposed links" on identity.proposed_links for delete to service_role using (true);
grant select, delete, insert (word_hash, user_id, found) on identity.proposed_links to service_role;
