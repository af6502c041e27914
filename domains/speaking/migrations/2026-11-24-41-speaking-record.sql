-- What administrators do in speaking, as the seed keeps it. The proof is the platform's audit, whose entries are chained; this
-- is the domain's own readable list, written in the same breath and by one function only.
create table speaking.audit_logs (
  id               uuid primary key default gen_random_uuid(),
  admin_id         uuid not null references speaking.members on delete restrict,   -- pseudonymous once its account is a tombstone
  action           varchar(50) not null,
  target_entity_id uuid,
  details          jsonb,
  ip_address       varchar(50) not null,       -- a network, never a whole address: what may never be deleted may not find anybody
  "timestamp"      timestamptz not null,
  constraint action_is_part_and_what check (action ~ '^speaking\.[a-z0-9-]+$'),
  constraint details_hold_ids check (jsonb_typeof(details) = 'object' and length(details::text) <= 4000)
);
create index audit_logs_admin_id_idx on speaking.audit_logs (admin_id);
create index audit_logs_timestamp_idx on speaking.audit_logs ("timestamp");
create index audit_logs_action_idx on speaking.audit_logs (action);
create index audit_logs_details_idx on speaking.audit_logs using gin (details);
alter table speaking.audit_logs enable row level security;
revoke all on speaking.audit_logs from anon, authenticated, service_role;

create policy "administrators read what administrators did here" on speaking.audit_logs for select to authenticated
  using ((select private.is_admin()));
create policy "the server reads what administrators did here" on speaking.audit_logs for select to service_role using (true);
grant select on speaking.audit_logs to authenticated, service_role;

create trigger audit_logs_stay before update or delete or truncate on speaking.audit_logs for each statement
  execute function private.audit_stays();

-- The first line of every act of an administrator in speaking: whether they are one, the platform's entry, and the seed's row.
create function private.administer_speaking(action text, person uuid, target uuid, reason text, details jsonb default '{}', address inet default null)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer(administer_speaking.action, administer_speaking.person, administer_speaking.reason, administer_speaking.details);
  insert into speaking.audit_logs (admin_id, action, target_entity_id, details, ip_address, "timestamp")
  values (auth.uid(), administer_speaking.action, coalesce(administer_speaking.target, administer_speaking.person), administer_speaking.details,
    coalesce(network(set_masklen(administer_speaking.address, case family(administer_speaking.address) when 4 then 24 else 48 end))::text, 'unknown'),
    now());
end $$;
revoke all on function private.administer_speaking(text, uuid, uuid, text, jsonb, inet) from public;

-- The view speaking.users shows oneself alone; this is how administrators look for somebody. That they searched is on
-- record, not for what: that is a name.
create function private.find_speaking_members(search text, reason text, address inet default null)
returns table (id uuid, email text, full_name text, role text, profession text, is_email_verified boolean, last_login_at timestamptz,
  created_at timestamptz, updated_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer_speaking('speaking.members-searched', null, null, find_speaking_members.reason, '{}', find_speaking_members.address);
  return query
    select u.id, lower(u.email), nullif(private.name_in(u.raw_user_meta_data), ''), m.role::text, m.profession::text,
      u.email_confirmed_at is not null, u.last_sign_in_at, coalesce(u.created_at, m.created_at), greatest(u.updated_at, m.updated_at)
    from speaking.members m join auth.users u on u.id = m.user_id
    where u.deleted_at is null
      and (strpos(lower(u.email), lower(find_speaking_members.search)) > 0
        or strpos(lower(private.name_in(u.raw_user_meta_data)), lower(find_speaking_members.search)) > 0)
    order by u.created_at, u.id;
end $$;
revoke all on function private.find_speaking_members(text, text, inet) from public;
grant execute on function private.find_speaking_members(text, text, inet) to authenticated;
