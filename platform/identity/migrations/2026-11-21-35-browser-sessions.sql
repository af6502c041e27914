-- How our own pages know a browser: by one opaque word in a cookie that no script can read. Only its hash is kept, so
-- that whoever reads this table cannot sign in with it. It hangs on a sign-in session (auth.sessions): ending that one
-- ends this one, at the very next request, because the word is looked up in every request (private.claims_of_cookie).
create table identity.browser_sessions (
  token_hash bytea primary key,
  session_id uuid not null,                                       -- of auth.sessions, where no foreign key may lead
  user_id    uuid not null references auth.users,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint hash_is_sha256 check (length(token_hash) = 32)
);
alter table identity.browser_sessions enable row level security;
revoke all on identity.browser_sessions from anon, authenticated, service_role;
create index browser_sessions_session_idx on identity.browser_sessions (session_id);
create index browser_sessions_user_idx on identity.browser_sessions (user_id);
create index browser_sessions_expires_idx on identity.browser_sessions (expires_at);   -- for the sweep

create policy "the server sees which browsers are known" on identity.browser_sessions for select to service_role using (true);
create policy "the server lets a browser in" on identity.browser_sessions for insert to service_role with check (true);
create policy "the server forgets browsers" on identity.browser_sessions for delete to service_role using (true);
grant select, insert, delete on identity.browser_sessions to service_role;

-- Whose cookie it is, and of which session, as the claims of a token would say it. Rides in the settings statement of a request
-- (platform/database/acting.ts), before any role is taken: so it is the app's login that calls it, and no person can.
-- Everything that ends a sign-in is asked here, each time, in one query: it is a part of every request. Who has a second factor
-- is nobody without it, except to the few routes where it is proved (`proved` is false there).
create function private.claims_of_cookie(token_hash bytea, proved boolean default true) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  claims text;
  half boolean;
begin
  -- Put together by hand, as json_build_object() takes a quarter of the whole. Of all this only an address can hold what JSON must escape.
  select concat('{"sub":"', u.id, '","role":"authenticated","email":', coalesce(to_json(u.email)::text, 'null'), ',"aal":"', s.aal,
      '","session_id":"', s.id, '"}'),
    s.aal = 'aal1' and exists (select from auth.mfa_factors f where f.user_id = u.id and f.status = 'verified') into claims, half
  from identity.browser_sessions b
  join auth.sessions s on s.id = b.session_id
  join auth.users u on u.id = b.user_id
  join identity.accounts a on a.user_id = b.user_id
  where b.token_hash = claims_of_cookie.token_hash and b.expires_at > now()
    and (s.not_after is null or s.not_after > now())
    and coalesce(s.refreshed_at at time zone 'UTC', s.created_at) > now() - interval '30 days'   -- sessions.ts: idle
    and u.deleted_at is null and (u.banned_until is null or u.banned_until <= now()) and a.suspended_at is null;
  if claims is null then perform private.refuse('not_signed_in'); end if;
  if half and proved then perform private.refuse('second_factor_needed'); end if;
  return claims;
end $$;
revoke all on function private.claims_of_cookie(bytea, boolean) from public;
grant usage on schema private to vivavoce_app;
grant execute on function private.claims_of_cookie(bytea, boolean) to vivavoce_app;

-- That somebody is there. The server says so at most once a minute for each cookie, beside the request (cookies.ts); a browser
-- in which nobody was for a month is signed out, like a program that did not refresh its token for so long (refresh.ts).
create function private.cookie_is_in_use(token_hash bytea) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update auth.sessions s set refreshed_at = now() at time zone 'UTC'
  from identity.browser_sessions b
  where b.token_hash = cookie_is_in_use.token_hash and s.id = b.session_id
    and coalesce(s.refreshed_at at time zone 'UTC', s.created_at) between now() - interval '30 days' and now() - interval '1 minute';
end $$;
revoke all on function private.cookie_is_in_use(bytea) from public;
grant execute on function private.cookie_is_in_use(bytea) to vivavoce_app;
