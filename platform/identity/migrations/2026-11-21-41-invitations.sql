-- Invitations: a link that lets one person in, in a role. The word in the link follows from the id and SECRETS_KEY
-- (platform/identity/word.ts), and only its hash is here: whoever reads this table can take none.
create table identity.invitations (
  id         uuid primary key default gen_random_uuid(),
  token_hash bytea not null,
  role       text not null,
  email      text,                                   -- null: whoever has the link. Forgotten once the invitation is over
  made_by    uuid not null references auth.users,
  made_at    timestamptz not null default now(),
  expires_at timestamptz not null,
  told_at    timestamptz,                            -- when the mail with the link was written
  taken_at   timestamptz,
  taken_by   uuid references auth.users,
  revoked_at timestamptz,
  constraint token_opens_one_invitation unique (token_hash),
  constraint hash_is_sha256 check (length(token_hash) = 32),
  constraint role_is_known check (role in ('person', 'administrator')),
  constraint email_is_lower_case check (email = lower(email) and length(email) between 3 and 254),
  constraint lasts_at_most_a_month check (expires_at > made_at and expires_at <= made_at + interval '31 days'),
  constraint taken_means_by_whom check ((taken_at is null) = (taken_by is null)),
  constraint over_in_one_way check (num_nonnulls(taken_at, revoked_at) <= 1),
  constraint address_goes_when_it_is_over check (email is null or num_nonnulls(taken_at, revoked_at) = 0)
);
alter table identity.invitations enable row level security;
revoke all on identity.invitations from anon, authenticated, service_role;
create index invitations_made_by_idx on identity.invitations (made_by);
create index invitations_taken_by_idx on identity.invitations (taken_by);
create index invitations_email_idx on identity.invitations (email) where email is not null;
create index invitations_made_at_idx on identity.invitations (made_at, id);   -- the order in which they are listed

create policy "administrators see invitations" on identity.invitations for select to authenticated using ((select private.is_admin()));
create policy "the server sees invitations" on identity.invitations for select to service_role using (true);
create policy "the server notes mails and forgets addresses" on identity.invitations for update to service_role using (true) with check (true);
grant select (id, role, email, made_by, made_at, expires_at, told_at, taken_at, taken_by, revoked_at) on identity.invitations to authenticated, service_role;
grant update (told_at, email) on identity.invitations to service_role;

create function private.invite(id uuid, token_hash bytea, role text, email text, days integer, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('identity.invited', null, invite.reason, jsonb_build_object('invitation', invite.id, 'role', invite.role));
  if strpos(lower(invite.reason), lower(invite.email)) > 0 then perform private.refuse('reason_names_them'); end if;
  insert into identity.invitations (id, token_hash, role, email, made_by, expires_at)
  values (invite.id, invite.token_hash, invite.role, lower(invite.email), (select auth.uid()), now() + make_interval(days => invite.days));
end $$;
revoke all on function private.invite(uuid, bytea, text, text, integer, text) from public;
grant execute on function private.invite(uuid, bytea, text, text, integer, text) to authenticated;

-- The row, held until the transaction ends: of fifty who take one invitation at once, one finds it still open.
create function private.open_invitation(token_hash bytea) returns identity.invitations
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_one identity.invitations;
begin
  select * into found_one from identity.invitations i where i.token_hash = open_invitation.token_hash for update;
  if not found then perform private.refuse('no_such_invitation'); end if;
  if found_one.taken_at is not null then perform private.refuse('invitation_used'); end if;
  if found_one.revoked_at is not null then perform private.refuse('invitation_revoked'); end if;
  if found_one.expires_at <= now() then perform private.refuse('invitation_expired'); end if;
  return found_one;
end $$;
revoke all on function private.open_invitation(bytea) from public;

-- For whoever holds the link, signed in or not, before they decide. Whether it is bound to an address, not to which.
create function private.read_invitation(token_hash bytea) returns table (role text, bound boolean, expires_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
declare
  invitation identity.invitations := private.open_invitation(read_invitation.token_hash);
begin
  return query select invitation.role, invitation.email is not null, invitation.expires_at;
end $$;
revoke all on function private.read_invitation(bytea) from public;
grant execute on function private.read_invitation(bytea) to anon, authenticated;

-- Used by the server in the transaction of a sign-up, and by whoever is signed in. An administrator's invitation makes one.
-- Who has taken it already (and signs up once more, because the mail did not come) is no second one.
create function private.take_invitation_for(token_hash bytea, person uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  invitation identity.invitations;
begin
  perform private.must_be_here(take_invitation_for.person);
  if exists (select from identity.invitations i
    where i.token_hash = take_invitation_for.token_hash and i.taken_by = take_invitation_for.person) then return; end if;
  invitation := private.open_invitation(take_invitation_for.token_hash);
  if invitation.email is not null
    and invitation.email is distinct from (select u.email from auth.users u where u.id = take_invitation_for.person)
  then perform private.refuse('invitation_for_another'); end if;
  update identity.invitations i set taken_at = now(), taken_by = take_invitation_for.person, email = null where i.id = invitation.id;
  perform private.audit_for(take_invitation_for.person, 'identity.invitation-taken', 'invitation', invitation.id::text, null,
    jsonb_build_object('role', invitation.role));
  if invitation.role = 'administrator' then
    perform private.add_admin(take_invitation_for.person, invitation.made_by, 'by an invitation');
  end if;
end $$;
revoke all on function private.take_invitation_for(bytea, uuid) from public;
grant execute on function private.take_invitation_for(bytea, uuid) to service_role;

-- Whether it would let somebody with this address in: asked at a sign-up before anybody looks whether the address is known. Who
-- took it and never confirmed their address (the mail did not come) may sign up once more.
create function private.may_join(address text, invitation bytea default null, set_up bytea default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  open_one identity.invitations;
begin
  if may_join.set_up is not null and not exists (
    select from identity.setup_links l where l.token_hash = may_join.set_up and l.expires_at > now()) then
    perform private.refuse('setup_link_not_valid');
  end if;
  if may_join.invitation is null or exists (
    select from identity.invitations i join auth.users u on u.id = i.taken_by
    where i.token_hash = may_join.invitation and u.email = may_join.address and u.email_confirmed_at is null) then return; end if;
  open_one := private.open_invitation(may_join.invitation);
  if open_one.email <> may_join.address then perform private.refuse('invitation_for_another'); end if;
end $$;
revoke all on function private.may_join(text, bytea, bytea) from public;
grant execute on function private.may_join(text, bytea, bytea) to service_role;

create function private.take_invitation(token_hash bytea) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.take_invitation_for(take_invitation.token_hash, auth.uid());
end $$;
revoke all on function private.take_invitation(bytea) from public;
grant execute on function private.take_invitation(bytea) to authenticated;

create function private.revoke_invitation(invitation uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('identity.invitation-revoked', null, revoke_invitation.reason,
    jsonb_build_object('invitation', revoke_invitation.invitation));
  update identity.invitations i set revoked_at = now(), email = null
  where i.id = revoke_invitation.invitation and i.taken_at is null and i.revoked_at is null;
  if not found then perform private.refuse('no_such_invitation'); end if;
end $$;
revoke all on function private.revoke_invitation(uuid, text) from public;
grant execute on function private.revoke_invitation(uuid, text) to authenticated;
