-- Some domains keep a copy of an address because their seed says so. The one trigger on auth.users hands it on: a domain enters
-- its function `private.<name>(person uuid, email text)` here, called when an account is made or its address changes.
create table identity.account_followers (
  function text primary key,
  constraint function_follows check (function ~ '^[a-z_]+_follows_account$')
);
alter table identity.account_followers enable row level security;
revoke all on identity.account_followers from anon, authenticated, service_role;

-- As before it never raises, and one domain's fault keeps nothing from the others.
create or replace function private.account_follows() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  follower text;
begin
  if tg_op = 'INSERT' then
    begin
      insert into identity.accounts (user_id, adult_declared_at)
      values (new.id, case when new.raw_user_meta_data ->> 'adult' = 'true' then now() end)
      on conflict do nothing;
    exception when others then
      raise warning 'no account was made for a new user (%)', sqlstate;
    end;
  end if;
  for follower in select f.function from identity.account_followers f order by f.function loop
    begin
      execute format('select private.%I($1, $2)', follower) using new.id, new.email::text;
    exception when others then
      raise warning '% failed (%)', follower, sqlstate;
    end;
  end loop;
  return null;
end $$;
create or replace trigger vivavoce_account_follows after insert or update of email on auth.users for each row
  execute function private.account_follows();
