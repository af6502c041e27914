-- Administrators. Rows, never a flag: nobody is granted a way to write one, so whoever is an administrator was made one by
-- another, by an invitation, by the set-up link of the first start, or by whoever sits at the machine (npm run admin).
create table identity.admins (
  user_id    uuid primary key references auth.users,
  granted_by uuid references auth.users,             -- null: whoever runs the machine
  granted_at timestamptz not null default now(),
  reason     text not null,
  demo       boolean not null default false,         -- of the demo world: an installation needs a real one beside them
  constraint reason_is_short check (length(reason) between 1 and 500)
);
alter table identity.admins enable row level security;
revoke all on identity.admins from anon, authenticated, service_role;
create index admins_granted_by_idx on identity.admins (granted_by);

-- For policies and for the first line of functions. No argument, so that a policy asks once and not for every row.
create function private.is_admin() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from identity.admins a where a.user_id = (select auth.uid()))
$$;
revoke all on function private.is_admin() from public;
grant execute on function private.is_admin() to authenticated, service_role;

create policy "administrators see who administrates" on identity.admins for select to authenticated using ((select private.is_admin()));
create policy "the server sees who administrates" on identity.admins for select to service_role using (true);
grant select on identity.admins to authenticated, service_role;

-- How many there are is decided one act after the other: two who remove each other in the same instant would otherwise each
-- still see the other. Whoever holds the lock reads what those before them committed.
create function private.one_at_a_time() returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  lock table identity.admins in share row exclusive mode;
end $$;
revoke all on function private.one_at_a_time() from public;

-- The first line of every act of an administrator, and so the act cannot be without it: whether they are one, and the entry
-- in the audit. A reason outlives the person it is about, so it may not say who that was: neither their address, nor their
-- whole name, nor, as it is spelt, a part of it.
create function private.administer(action text, person uuid, reason text, details jsonb default '{}') returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  said text := ' ' || regexp_replace(reason, '[^[:alnum:]@.+_-]+', ' ', 'g') || ' ';
  address text;
  whole_name text;
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  if length(trim(coalesce(administer.reason, ''))) < 3 then perform private.refuse('reason_needed'); end if;
  select u.email, private.name_in(u.raw_user_meta_data) into address, whole_name from auth.users u where u.id = administer.person;
  if strpos(lower(administer.reason), lower(nullif(address, ''))) > 0
    or strpos(lower(said), ' ' || lower(nullif(whole_name, '')) || ' ') > 0
    or exists (select from regexp_split_to_table(whole_name, '\s+') part where length(part) > 2 and strpos(said, ' ' || part || ' ') > 0)
  then perform private.refuse('reason_names_them'); end if;
  perform private.audit(administer.action, 'person', coalesce(administer.person::text, 'nobody'), administer.reason, administer.details);
end $$;
revoke all on function private.administer(text, uuid, text, jsonb) from public;

-- What somebody calls themselves; providers of sign-ins write it in one of two places.
create function private.name_in(metadata jsonb) returns text language sql immutable set search_path = '' as $$
  select coalesce(nullif(metadata ->> 'name', ''), nullif(metadata ->> 'full_name', ''), '')
$$;
revoke all on function private.name_in(jsonb) from public;

-- Whoever is erased is nobody any more.
create function private.must_be_here(person uuid) returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from auth.users u where u.id = must_be_here.person and u.deleted_at is null) then
    perform private.refuse('no_such_person');
  end if;
end $$;
revoke all on function private.must_be_here(uuid) from public;

-- The one way into identity.admins.
create function private.add_admin(person uuid, granted_by uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.one_at_a_time();
  perform private.must_be_here(add_admin.person);
  if exists (select from identity.accounts a where a.user_id = add_admin.person and a.suspended_at is not null) then
    perform private.refuse('is_suspended');
  end if;
  insert into identity.admins (user_id, granted_by, reason) values (add_admin.person, add_admin.granted_by, add_admin.reason)
  on conflict (user_id) do update set demo = false;
end $$;
revoke all on function private.add_admin(uuid, uuid, text) from public;

create function private.make_admin(person uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.one_at_a_time();
  perform private.administer('identity.administrator-made', make_admin.person, make_admin.reason);
  perform private.add_admin(make_admin.person, (select auth.uid()), make_admin.reason);
end $$;
revoke all on function private.make_admin(uuid, text) from public;
grant execute on function private.make_admin(uuid, text) to authenticated;

-- The lock comes before the question whether the one who asks is (still) an administrator.
create function private.unmake_admin(person uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.one_at_a_time();
  perform private.administer('identity.administrator-unmade', unmake_admin.person, unmake_admin.reason);
  if not exists (select from identity.admins a where a.user_id = unmake_admin.person) then perform private.refuse('not_an_administrator'); end if;
  delete from identity.admins a where a.user_id = unmake_admin.person;
  if not exists (select from identity.admins a where not a.demo) then perform private.refuse('last_administrator'); end if;
end $$;
revoke all on function private.unmake_admin(uuid, text) from public;
grant execute on function private.unmake_admin(uuid, text) to authenticated;

-- npm run admin: nobody is granted this, only the owner of the database may call it.
create function private.appoint(email text) returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  person uuid;
begin
  select u.id into person from auth.users u where u.email = lower(trim(appoint.email)) and not u.is_sso_user and u.deleted_at is null;
  if person is null then return 'nobody'; end if;
  if exists (select from identity.admins a where a.user_id = person and not a.demo) then return 'is_one_already'; end if;
  perform private.add_admin(person, null, 'by the operator, at the machine');
  perform private.audit_for(null, 'identity.administrator-made', 'person', person::text, 'by the operator, at the machine');
  return 'made';
end $$;
revoke all on function private.appoint(text) from public;

-- The first run: as long as there is no administrator, the server prints a link at each start that makes one. Only whoever
-- reads the server's output has it, it ends with the next start or after a day, and it works once.
create table identity.setup_links (
  id         boolean primary key default true,       -- there is one at most
  token_hash bytea not null,
  expires_at timestamptz not null,
  constraint there_is_one check (id),
  constraint hash_is_sha256 check (length(token_hash) = 32)
);
alter table identity.setup_links enable row level security;
revoke all on identity.setup_links from anon, authenticated, service_role;

-- Whether the link is offered: not where somebody administrates already.
create function private.offer_setup(token_hash bytea) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.one_at_a_time();
  delete from identity.setup_links;
  if exists (select from identity.admins a where not a.demo) then return false; end if;
  insert into identity.setup_links (token_hash, expires_at) values (offer_setup.token_hash, now() + interval '24 hours');
  return true;
end $$;
revoke all on function private.offer_setup(bytea) from public;
grant execute on function private.offer_setup(bytea) to service_role;

-- Used by the server while somebody signs up with it, and by whoever is signed in.
create function private.take_setup_for(token_hash bytea, person uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.one_at_a_time();
  delete from identity.setup_links l where l.token_hash = take_setup_for.token_hash and l.expires_at > now();
  if not found or exists (select from identity.admins a where not a.demo) then perform private.refuse('setup_link_not_valid'); end if;
  perform private.add_admin(take_setup_for.person, null, 'by the set-up link of the first start');
  perform private.audit_for(take_setup_for.person, 'identity.administrator-made', 'person', take_setup_for.person::text,
    'by the set-up link of the first start');
end $$;
revoke all on function private.take_setup_for(bytea, uuid) from public;
grant execute on function private.take_setup_for(bytea, uuid) to service_role;

create function private.take_setup(token_hash bytea) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.take_setup_for(take_setup.token_hash, auth.uid());
end $$;
revoke all on function private.take_setup(bytea) from public;
grant execute on function private.take_setup(bytea) to authenticated;

-- What administrators do with people's accounts. They see no table of it: each look and each act is a function, which asks
-- whether they are one, takes a reason, and leaves an entry (private.administer).

-- Whoever's address or name holds these letters. The entry says that somebody searched, not for what: that is a name.
create function private.find_people(search text, reason text)
returns table (id uuid, email text, name text, confirmed boolean, administrator boolean, suspended boolean, created_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('identity.people-searched', null, find_people.reason);
  return query
    select u.id, u.email::text, private.name_in(u.raw_user_meta_data), u.email_confirmed_at is not null,
      exists (select from identity.admins a where a.user_id = u.id),
      exists (select from identity.accounts c where c.user_id = u.id and c.suspended_at is not null), u.created_at
    from auth.users u
    where u.deleted_at is null
      and (strpos(lower(u.email), lower(find_people.search)) > 0
        or strpos(lower(private.name_in(u.raw_user_meta_data)), lower(find_people.search)) > 0);
end $$;
revoke all on function private.find_people(text, text) from public;
grant execute on function private.find_people(text, text) to authenticated;

-- One person's account. Of their sign-in sessions what tells devices apart, never the address they came from.
create function private.see_person(person uuid, reason text)
returns table (id uuid, email text, name text, zone text, confirmed_at timestamptz, created_at timestamptz, last_sign_in_at timestamptz,
  suspended_at timestamptz, administrator boolean, second_factors integer, sessions jsonb)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('identity.person-seen', see_person.person, see_person.reason);
  perform private.must_be_here(see_person.person);
  return query
    select u.id, u.email::text, private.name_in(u.raw_user_meta_data), c.zone, u.email_confirmed_at, u.created_at, u.last_sign_in_at,
      c.suspended_at, exists (select from identity.admins a where a.user_id = u.id),
      (select count(*)::integer from auth.mfa_factors f where f.user_id = u.id and f.status = 'verified'),
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'user_agent', s.user_agent, 'created_at', s.created_at, 'aal', s.aal)
        order by s.created_at desc) from auth.sessions s where s.user_id = u.id), '[]')
    from auth.users u left join identity.accounts c on c.user_id = u.id
    where u.id = see_person.person;
end $$;
revoke all on function private.see_person(uuid, text) from public;
grant execute on function private.see_person(uuid, text) to authenticated;

-- The SQL half of platform/identity/ending.ts: for acts that end sessions in the transaction of somebody who is no server.
create function private.end_sessions(person uuid, but uuid default null, only_session uuid default null) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  ended integer;
begin
  with gone as (
    delete from auth.sessions s where s.user_id = end_sessions.person
      and s.id is distinct from end_sessions.but and s.id = coalesce(end_sessions.only_session, s.id)
    returning s.id
  )
  insert into identity.ended_sessions (session_id) select gone.id from gone on conflict do nothing;
  get diagnostics ended = row_count;
  return ended;
end $$;
revoke all on function private.end_sessions(uuid, uuid, uuid) from public;

create function private.end_sessions_of(person uuid, reason text) returns integer
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('identity.sessions-ended', end_sessions_of.person, end_sessions_of.reason);
  perform private.must_be_here(end_sessions_of.person);
  return private.end_sessions(end_sessions_of.person);
end $$;
revoke all on function private.end_sessions_of(uuid, text) from public;
grant execute on function private.end_sessions_of(uuid, text) to authenticated;

-- An administrator is first made an ordinary person: else two could lock each other out, and the last one everybody.
create function private.suspend(person uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.one_at_a_time();
  perform private.administer('identity.suspended', suspend.person, suspend.reason);
  perform private.must_be_here(suspend.person);
  if exists (select from identity.admins a where a.user_id = suspend.person) then perform private.refuse('is_administrator'); end if;
  insert into identity.accounts (user_id, suspended_at) values (suspend.person, now())
  on conflict (user_id) do update set suspended_at = coalesce(identity.accounts.suspended_at, now());
  perform private.end_sessions(suspend.person);
end $$;
revoke all on function private.suspend(uuid, text) from public;
grant execute on function private.suspend(uuid, text) to authenticated;

create function private.lift_suspension(person uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('identity.suspension-lifted', lift_suspension.person, lift_suspension.reason);
  perform private.must_be_here(lift_suspension.person);
  update identity.accounts a set suspended_at = null where a.user_id = lift_suspension.person;
end $$;
revoke all on function private.lift_suspension(uuid, text) from public;
grant execute on function private.lift_suspension(uuid, text) to authenticated;

-- For somebody whose mail does not arrive, once an administrator knows by other means that the address is theirs.
create function private.confirm_address(person uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('identity.address-confirmed', confirm_address.person, confirm_address.reason);
  perform private.must_be_here(confirm_address.person);
  update auth.users u set email_confirmed_at = coalesce(u.email_confirmed_at, now()), updated_at = now() where u.id = confirm_address.person;
  update auth.identities i set identity_data = i.identity_data || '{"email_verified": true}', updated_at = now()
  where i.user_id = confirm_address.person and i.provider = 'email';
end $$;
revoke all on function private.confirm_address(uuid, text) from public;
grant execute on function private.confirm_address(uuid, text) to authenticated;
