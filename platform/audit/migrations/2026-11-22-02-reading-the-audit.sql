-- Administrators read the audit, and whether it is whole. Both are acts of theirs, and so are on record themselves.
create index entries_actor_idx on audit.entries (actor, id);
create index entries_subject_idx on audit.entries (subject_id, id);
create index entries_action_idx on audit.entries (action, id);

-- Latest first, `most` of those before one. An act is named in full or by its part ('identity'); of a person are the entries
-- on what they did and on what was done about them. The names are what people are called now: an entry holds ids alone, and
-- of somebody who is erased there is none.
create function private.read_audit(act text default null, person uuid default null, before bigint default null, most integer default 50)
returns table (id bigint, at timestamptz, actor uuid, actor_name text, role text, action text, subject_kind text, subject_id text,
  subject_name text, reason text, details jsonb)
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  perform private.audit('audit.read', case when person is null then 'audit' else 'person' end, coalesce(read_audit.person::text, 'all'), null,
    jsonb_strip_nulls(jsonb_build_object('act', read_audit.act, 'before', read_audit.before)));
  return query
    select e.id, e.at, e.actor, nullif(private.name_in(a.raw_user_meta_data), ''), e.role, e.action, e.subject_kind, e.subject_id,
      nullif(private.name_in(s.raw_user_meta_data), ''), e.reason, e.details
    from audit.entries e
      left join auth.users a on a.id = e.actor
      left join auth.users s on e.subject_kind = 'person' and s.id::text = e.subject_id
    where (read_audit.act is null or e.action = read_audit.act or starts_with(e.action, read_audit.act || '.'))
      and (read_audit.person is null or e.actor = read_audit.person or (e.subject_kind = 'person' and e.subject_id = read_audit.person::text))
      and (read_audit.before is null or e.id < read_audit.before)
    order by e.id desc limit least(read_audit.most, 101);
end $$;
revoke all on function private.read_audit(text, uuid, bigint, integer) from public;
grant execute on function private.read_audit(text, uuid, bigint, integer) to authenticated;

-- Before each stretch of a verification: whether they may, and, at its beginning, that they did. What is reckoned then is
-- reckoned outside the database (verify.ts).
create function private.verify_audit(begins boolean) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  if verify_audit.begins then perform private.audit('audit.verified', 'audit', 'all'); end if;
end $$;
revoke all on function private.verify_audit(boolean) from public;
grant execute on function private.verify_audit(boolean) to authenticated;
