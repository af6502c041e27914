-- The operator's programs act on an 'account', which is a person by another word: it is read by their name, and found with
-- everything else about them.
create or replace function private.read_audit(act text default null, person uuid default null, before bigint default null, most integer default 50)
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
      left join auth.users s on e.subject_kind in ('person', 'account') and s.id::text = e.subject_id
    where (read_audit.act is null or e.action = read_audit.act or starts_with(e.action, read_audit.act || '.'))
      and (read_audit.person is null or e.actor = read_audit.person
        or (e.subject_kind in ('person', 'account') and e.subject_id = read_audit.person::text))
      and (read_audit.before is null or e.id < read_audit.before)
    order by e.id desc limit least(read_audit.most, 101);
end $$;
