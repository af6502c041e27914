-- How our own pages know a browser: by one opaque word in a cookie that no script can read. Only its hash is kept, so
-- that whoever reads this table cannot sign in with it. It hangs on a sign-in session (auth.sessions): ending that one
-- ends this one, at the very next request, because the word is looked up in every request (private.claims_of_cookie).
-- That look-up is part of every request, so it finds everything in this one row: what a token would say, copied from where it
-- is kept and kept equal by the triggers below. What shuts a person out deletes the row.
create table identity.browser_sessions (
  token_hash    bytea primary key,
  session_id    uuid not null,                                       -- of auth.sessions, where no foreign key may lead
  user_id       uuid not null references auth.users,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz not null,
  used_at       timestamptz not null,                                -- copies: of auth.sessions,
  aal           text not null,
  email         text,                                                -- of auth.users,
  second_factor boolean not null,                                    -- and whether auth.mfa_factors holds one that counts
  claims        text not null,                                       -- all of this, as policies read it
  constraint hash_is_sha256 check (length(token_hash) = 32)
);
alter table identity.browser_sessions enable row level security;
revoke all on identity.browser_sessions from anon, authenticated, service_role;
create index browser_sessions_session_idx on identity.browser_sessions (session_id);
create index browser_sessions_user_idx on identity.browser_sessions (user_id);

create policy "the server sees which browsers are known" on identity.browser_sessions for select to service_role using (true);
create policy "the server lets a browser in" on identity.browser_sessions for insert to service_role with check (true);
create policy "the server forgets browsers" on identity.browser_sessions for delete to service_role using (true);
grant select, delete, insert (token_hash, session_id, user_id, expires_at) on identity.browser_sessions to service_role;

-- A browser is let in with what is true of its session and its person; whoever changes that at this moment waits for the row,
-- or is waited for. Always in this order: account, user, session.
create function private.browser_is_let_in() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from identity.accounts a where a.user_id = new.user_id and a.suspended_at is null for share;
  if not found then perform private.refuse('not_signed_in'); end if;
  select u.email into new.email from auth.users u
  where u.id = new.user_id and u.deleted_at is null and (u.banned_until is null or u.banned_until <= now()) for share;
  if not found then perform private.refuse('not_signed_in'); end if;
  select s.aal, coalesce(s.refreshed_at at time zone 'UTC', s.created_at), least(new.expires_at, s.not_after)
  into new.aal, new.used_at, new.expires_at
  from auth.sessions s where s.id = new.session_id and s.user_id = new.user_id for share;
  if not found then perform private.refuse('not_signed_in'); end if;
  new.second_factor := private.has_second_factor(new.user_id);
  return new;
end $$;
revoke all on function private.browser_is_let_in() from public;

create function private.has_second_factor(person uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from auth.mfa_factors f where f.user_id = has_second_factor.person and f.status = 'verified');
end $$;
revoke all on function private.has_second_factor(uuid) from public;

create function private.browser_claims() returns trigger language plpgsql set search_path = '' as $$
begin
  new.claims := json_build_object('sub', new.user_id, 'role', 'authenticated', 'email', new.email, 'aal', new.aal,
    'session_id', new.session_id);
  return new;
end $$;
revoke all on function private.browser_claims() from public;

create trigger browser_1_is_let_in before insert on identity.browser_sessions for each row execute function private.browser_is_let_in();
create trigger browser_2_claims before insert or update on identity.browser_sessions for each row execute function private.browser_claims();

-- What ends or changes a sign-in reaches its browsers in the same transaction, whoever does it and however.
create function private.browsers_follow_account() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from identity.browser_sessions b where b.user_id = new.user_id;
  return null;
end $$;
revoke all on function private.browsers_follow_account() from public;
create trigger browsers_follow_account after update of suspended_at on identity.accounts for each row
  when (new.suspended_at is not null) execute function private.browsers_follow_account();

create function private.browsers_follow_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.deleted_at is not null or new.banned_until > now() then
    delete from identity.browser_sessions b where b.user_id = new.id;
  else
    update identity.browser_sessions b set email = new.email where b.user_id = new.id and b.email is distinct from new.email;
  end if;
  return null;
end $$;
revoke all on function private.browsers_follow_user() from public;

create function private.browsers_follow_session() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    delete from identity.browser_sessions b where b.session_id = old.id;
  else
    update identity.browser_sessions b set aal = new.aal, expires_at = least(b.expires_at, new.not_after),
      used_at = coalesce(new.refreshed_at at time zone 'UTC', new.created_at)
    where b.session_id = new.id;
  end if;
  return null;
end $$;
revoke all on function private.browsers_follow_session() from public;

-- A browser that is let in at this moment looked for factors before this one was there: it holds the user's row, so wait for it.
create function private.browsers_follow_factor() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  person uuid := coalesce(new.user_id, old.user_id);
begin
  perform from auth.users u where u.id = person for no key update;
  update identity.browser_sessions b set second_factor = private.has_second_factor(person)
  where b.user_id = person and b.second_factor <> private.has_second_factor(person);
  return null;
end $$;
revoke all on function private.browsers_follow_factor() from public;

-- A hosted project lets nobody else put triggers on these tables of its `auth`; its people have no such cookies.
do $$ begin
  if coalesce(obj_description('auth'::regnamespace, 'pg_namespace'), '') not like 'Made by Vivavoce:%' then return; end if;
  create trigger browsers_follow_user after update of email, banned_until, deleted_at on auth.users for each row
    execute function private.browsers_follow_user();
  create trigger browsers_follow_session after delete or update of aal, not_after, refreshed_at on auth.sessions for each row
    execute function private.browsers_follow_session();
  create trigger browsers_follow_factor after insert or delete or update of status on auth.mfa_factors for each row
    execute function private.browsers_follow_factor();
end $$;

-- Whose cookie it is, and of which session, as the claims of a token would say it. Rides in the settings statement of a request
-- (platform/database/acting.ts), before any role is taken: so it is the app's login that calls it, and no person can. Who has
-- a second factor is nobody without it, except to the few routes where it is proved (`proved` is false there).
create function private.claims_of_cookie(token_hash bytea, proved boolean default true) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  claims text;
  half boolean;
begin
  select b.claims, b.aal = 'aal1' and b.second_factor into claims, half
  from identity.browser_sessions b
  where b.token_hash = claims_of_cookie.token_hash and b.expires_at > now() and b.used_at > now() - interval '30 days';   -- sessions.ts: idle
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
