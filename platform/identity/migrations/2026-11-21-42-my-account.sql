-- What a person sees and does of their own account. The account is auth.users, of which people are granted nothing; so each
-- of these is a function that knows one person: the one who asks.
create function private.my_account()
returns table (id uuid, email text, name text, zone text, avatar_file_id uuid, administrator boolean, created_at timestamptz, erases_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select u.id, u.email::text, private.name_in(u.raw_user_meta_data), c.zone, c.avatar_file_id, private.is_admin(), coalesce(u.created_at, c.created_at),
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

-- Whoever came by a session of somebody's must not be able to end the others and stay alone (ASVS 5.0, 7.5.2): one ends one's
-- own, and the others only after a proof of the last 15 minutes, like everything in may-change-ways-in.ts.
create function private.must_have_just_proved() returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (
    select from auth.sessions s left join auth.mfa_amr_claims p on p.session_id = s.id
    where s.id = (auth.jwt() ->> 'session_id')::uuid and s.user_id = auth.uid()
      and greatest(s.created_at, p.updated_at) > now() - interval '15 minutes')
  then perform private.refuse('sign_in_again'); end if;
end $$;
revoke all on function private.must_have_just_proved() from public;

create function private.end_my_session(session uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if end_my_session.session is distinct from (auth.jwt() ->> 'session_id')::uuid then perform private.must_have_just_proved(); end if;
  if private.end_sessions(auth.uid(), only_session => end_my_session.session) = 0 then perform private.refuse('no_such_session'); end if;
end $$;
revoke all on function private.end_my_session(uuid) from public;
grant execute on function private.end_my_session(uuid) to authenticated;

create function private.end_my_other_sessions() returns integer language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_have_just_proved();
  return private.end_sessions(auth.uid(), but => (auth.jwt() ->> 'session_id')::uuid);
end $$;
revoke all on function private.end_my_other_sessions() from public;
grant execute on function private.end_my_other_sessions() to authenticated;

-- A picture that the person uploaded (platform/files); the one before goes.
create function private.change_my_avatar(file uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  before uuid;
begin
  select a.avatar_file_id into before from identity.accounts a where a.user_id = auth.uid() for update;
  if not found then perform private.refuse('not_signed_in'); end if;
  if before is not distinct from change_my_avatar.file then return; end if;
  if change_my_avatar.file is not null then perform private.claim_file(change_my_avatar.file, 'avatar'); end if;
  update identity.accounts a set avatar_file_id = change_my_avatar.file where a.user_id = auth.uid();
  if before is not null then perform private.release_file(before); end if;
end $$;
revoke all on function private.change_my_avatar(uuid) from public;
grant execute on function private.change_my_avatar(uuid) to authenticated;

-- Whoever is signed in sees the faces of those here, but not of those they block or who block them (platform/safety).
create function private.may_download_avatar(file uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return auth.uid() is not null and exists (
    select from identity.accounts a join auth.users u on u.id = a.user_id
    where a.avatar_file_id = may_download_avatar.file and u.deleted_at is null
      and a.user_id <> all (array(select private.my_blocked())));
end $$;
revoke all on function private.may_download_avatar(uuid) from public;
