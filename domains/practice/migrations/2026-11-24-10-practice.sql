-- Practice: two medics meet over one case. First of all, how each appears to the others.
create schema practice;
grant usage on schema practice to anon, authenticated, service_role;

create table practice.profiles (
  user_id        uuid primary key default auth.uid() references auth.users,
  first_name     text not null,
  last_name      text not null,
  training_level text not null,
  avatar         text,
  left_at        timestamptz,   -- erased: the row stays for the other side of what they did together, and says nothing of them
  constraint name_is_given check (left_at is not null or (length(trim(first_name)) > 0 and length(trim(training_level)) > 0
    and length(first_name) <= 60 and length(last_name) <= 60 and length(training_level) <= 60)),
  constraint nobody_who_left_has_a_name check (left_at is null or (first_name = '' and last_name = '' and training_level = '' and avatar is null)),
  -- An image elsewhere would tell its owner who looks, and when; '//host' and '/\host' are elsewhere to a browser.
  constraint avatar_is_ours check (avatar ~ '^/([^/\\]|$)' and length(avatar) <= 300)
);
alter table practice.profiles enable row level security;
revoke all on practice.profiles from anon, authenticated, service_role;

-- The seed lets everybody read every profile. A list of sessions needs a first name, and who signs in finds names and pictures;
-- what somebody is training for is their own business, and comes by the function below.
create policy "people see each other but for those they are kept from" on practice.profiles for select to authenticated
  using (user_id <> all (array(select private.my_blocked())));
create policy "people appear here" on practice.profiles for insert to authenticated with check (user_id = (select auth.uid()));
-- A name may be misspelt, which the seed forgot.
create policy "people change how they appear" on practice.profiles for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server sees profiles" on practice.profiles for select to service_role using (true);
grant select (user_id, first_name, last_name, avatar), insert (user_id, first_name, last_name, training_level, avatar),
  update (first_name, last_name, training_level, avatar) on practice.profiles to authenticated;
grant select on practice.profiles to service_role;

-- For the first line of what needs a name: sessions refer to profiles, and whoever is erased does not come back by an old page.
create function private.must_appear_in_practice() returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from practice.profiles p where p.user_id = auth.uid() and p.left_at is null) then
    perform private.refuse('no_profile_yet');
  end if;
end $$;
revoke all on function private.must_appear_in_practice() from public;

create function private.my_practice_profile() returns table (first_name text, last_name text, training_level text, avatar text)
language sql stable security definer set search_path = '' as $$
  select p.first_name, p.last_name, p.training_level, p.avatar from practice.profiles p where p.user_id = (select auth.uid())
$$;
revoke all on function private.my_practice_profile() from public;
grant execute on function private.my_practice_profile() to authenticated;
