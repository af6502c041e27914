-- What we know of a person beyond their sign-in. The account itself is auth.users, which on a hosted project is not ours:
-- so nothing here alters it, and no foreign key leads to any other table of `auth`.
create schema identity;
grant usage on schema identity to authenticated, service_role;

create table identity.accounts (
  user_id           uuid primary key references auth.users,
  adult_declared_at timestamptz,           -- when they said that they are 18 or older; without it there is no signing up
  zone              text,                  -- IANA name, for quiet hours; null until the person says so, never guessed
  avatar_file_id    uuid,
  suspended_at      timestamptz,           -- by an administrator: no sign-in, and every session ends
  created_at        timestamptz not null default now(),
  constraint zone_is_short check (length(zone) between 1 and 64)
);
alter table identity.accounts enable row level security;
revoke all on identity.accounts from anon, authenticated, service_role;
create index accounts_suspended_at_idx on identity.accounts (suspended_at) where suspended_at is not null;

create policy "people see their own account" on identity.accounts for select to authenticated using (user_id = (select auth.uid()));
create policy "people set the zone of their own account" on identity.accounts for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server sees accounts" on identity.accounts for select to service_role using (true);
create policy "the server changes accounts" on identity.accounts for update to service_role using (true) with check (true);
grant select on identity.accounts to authenticated, service_role;
grant update (zone) on identity.accounts to authenticated;
grant update (adult_declared_at, zone, avatar_file_id, suspended_at) on identity.accounts to service_role;

-- Every sign-up makes its account, whoever makes the row in auth.users: us, or the GoTrue of a hosted project. It never
-- raises: an error here would close sign-up there for everybody, and a missing row can be made later.
create function private.account_follows() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into identity.accounts (user_id, adult_declared_at)
  values (new.id, case when new.raw_user_meta_data ->> 'adult' = 'true' then now() end)
  on conflict do nothing;
  return null;
exception when others then
  raise warning 'no account was made for a new user (%)', sqlstate;
  return null;
end $$;
revoke all on function private.account_follows() from public;
create trigger vivavoce_account_follows after insert on auth.users for each row execute function private.account_follows();

-- Those who were there before us.
insert into identity.accounts (user_id, adult_declared_at)
select id, case when raw_user_meta_data ->> 'adult' = 'true' then created_at end from auth.users
on conflict do nothing;

-- How often something was tried that can be tried too often: passwords for an address, codes, mails to one. In a table, not
-- in a process: a lockout must hold on every node and outlive a restart, else an attacker only has to ask somewhere else.
-- One number per row (GCRA): the time at which the allowance would be whole again.
create table identity.attempts (
  what  text not null,                     -- 'sign-in', 'code', 'mail' …
  whom  text not null,                     -- an address or a place, as a keyed hash: nobody's data, and no list of addresses
  whole timestamptz not null,
  primary key (what, whom)
);
alter table identity.attempts enable row level security;
revoke all on identity.attempts from anon, authenticated, service_role;
create index attempts_whole_idx on identity.attempts (whole);   -- for the sweep
create policy "the server sees attempts" on identity.attempts for select to service_role using (true);
create policy "the server forgives attempts" on identity.attempts for delete to service_role using (true);
grant select, delete on identity.attempts to service_role;

-- Takes one turn. 0: go ahead. Otherwise the seconds until the next one, and nothing is counted: who waits is not punished further.
create function private.attempt(what text, whom text, burst integer, every interval) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  wait interval;
begin
  insert into identity.attempts as a (what, whom, whole)
  values (attempt.what, attempt.whom, clock_timestamp() + every)
  on conflict on constraint attempts_pkey do update set whole = greatest(a.whole, clock_timestamp()) + every
  where greatest(a.whole, clock_timestamp()) + every <= clock_timestamp() + every * burst;
  if found then return 0; end if;
  select a.whole + every - every * burst - clock_timestamp() into wait
  from identity.attempts a where a.what = attempt.what and a.whom = attempt.whom;
  return greatest(1, ceil(extract(epoch from wait)))::integer;
end $$;
revoke all on function private.attempt(text, text, integer, interval) from public;
grant execute on function private.attempt(text, text, integer, interval) to service_role;

-- Sessions that ended while access tokens of theirs may still be about. Each node reads what is new once a second
-- (platform/identity/ended.ts), instead of asking about every session again and again. A token lives for an hour, so does a row.
create table identity.ended_sessions (
  session_id uuid primary key,
  ended_at   timestamptz not null default clock_timestamp()
);
alter table identity.ended_sessions enable row level security;
revoke all on identity.ended_sessions from anon, authenticated, service_role;
create index ended_sessions_ended_at_idx on identity.ended_sessions (ended_at);
create policy "the server sees which sessions ended" on identity.ended_sessions for select to service_role using (true);
create policy "the server notes that a session ended" on identity.ended_sessions for insert to service_role with check (true);
create policy "the server sweeps sessions long ended" on identity.ended_sessions for delete to service_role using (true);
grant select, delete, insert (session_id) on identity.ended_sessions to service_role;

-- A code of an authenticator counts once (RFC 6238, 5.2), although it is shown for half a minute.
create table identity.used_codes (
  factor_id uuid not null,                 -- auth.mfa_factors: no foreign key may lead there
  step      bigint not null,               -- which half minute
  used_at   timestamptz not null default now(),
  constraint a_code_counts_once primary key (factor_id, step)
);
alter table identity.used_codes enable row level security;
revoke all on identity.used_codes from anon, authenticated, service_role;
create index used_codes_used_at_idx on identity.used_codes (used_at);   -- for the sweep
create policy "the server sees used codes" on identity.used_codes for select to service_role using (true);
create policy "the server notes used codes" on identity.used_codes for insert to service_role with check (true);
create policy "the server sweeps used codes" on identity.used_codes for delete to service_role using (true);
grant select, delete, insert (factor_id, step) on identity.used_codes to service_role;
