-- What a person sees and does of their own account. The account is auth.users, of which people are granted nothing; so each
-- of these is a function that knows one person: the one who asks.
create function private.my_account()
returns table (id uuid, email text, name text, zone text, avatar_file_id uuid, administrator boolean, created_at timestamptz, erases_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select u.id, u.email::text, private.name_in(u.raw_user_meta_data), c.zone, c.avatar_file_id, private.is_admin(), u.created_at,
      (select d.erases_at from identity.deletions d where d.user_id = u.id and d.cancelled_at is null)
    from auth.users u left join identity.accounts c on c.user_id = u.id
    where u.id = (select auth.uid());
end $$;
revoke all on function private.my_account() from public;
grant execute on function private.my_account() to authenticated;

create function private.rename_me(name text) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  update auth.users u set raw_user_meta_data = coalesce(u.raw_user_meta_data, '{}') || jsonb_build_object('name', trim(rename_me.name)), updated_at = now()
  where u.id = auth.uid();
end $$;
revoke all on function private.rename_me(text) from public;
grant execute on function private.rename_me(text) to authenticated;

-- A zone that this database knows, letter by letter: what it does not know it could not reckon with. (The server asks its own
-- list as well; the two come from different copies of the IANA's.)
create function private.zone_is_real() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.zone is not null and not exists (select from pg_catalog.pg_timezone_names z where z.name = new.zone) then
    perform private.refuse('no_such_zone');
  end if;
  return new;
end $$;
revoke all on function private.zone_is_real() from public;
create trigger zone_is_real before update of zone on identity.accounts for each row
  when (new.zone is distinct from old.zone) execute function private.zone_is_real();

-- My sign-in sessions. The user agent leaves as "Firefox on Windows" (device.ts), the address not at all: a place guessed
-- from it would be wrong often enough to frighten somebody.
create function private.my_sessions()
returns table (id uuid, user_agent text, created_at timestamptz, last_used_at timestamptz, this_one boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select s.id, s.user_agent, s.created_at, greatest(s.updated_at, s.refreshed_at at time zone 'UTC'),
      s.id = (auth.jwt() ->> 'session_id')::uuid is true
    from auth.sessions s
    where s.user_id = (select auth.uid()) and (s.not_after is null or s.not_after > now())
    order by s.created_at desc, s.id;
end $$;
revoke all on function private.my_sessions() from public;
grant execute on function private.my_sessions() to authenticated;

create function private.end_my_session(session uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if private.end_sessions(auth.uid(), only_session => end_my_session.session) = 0 then perform private.refuse('no_such_session'); end if;
end $$;
revoke all on function private.end_my_session(uuid) from public;
grant execute on function private.end_my_session(uuid) to authenticated;

create function private.end_my_other_sessions() returns integer language plpgsql volatile security definer set search_path = '' as $$
begin
  return private.end_sessions(auth.uid(), but => (auth.jwt() ->> 'session_id')::uuid);
end $$;
revoke all on function private.end_my_other_sessions() from public;
grant execute on function private.end_my_other_sessions() to authenticated;
