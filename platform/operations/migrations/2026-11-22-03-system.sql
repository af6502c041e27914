-- How this installation is, as far as the database knows: for administrators. Figures, and who else administrates.
create function private.system_state(
  out postgres text, out bytes bigint, out connections integer, out most_connections integer, out steps integer, out migrated_at timestamptz,
  out jobs_counted_at timestamptz, out oldest_job_at timestamptz, out dead_letters integer,
  out unsealed integer, out unsealed_since timestamptz, out mails_waiting integer, out mails_failed integer,
  out reports_open integer, out reports_mine integer, out administrators jsonb)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  postgres := current_setting('server_version');
  bytes := pg_database_size(current_database());
  select count(*) into connections from pg_stat_activity a where a.datname = current_database();
  most_connections := current_setting('max_connections');
  select count(*), max(s.applied_at) into steps, migrated_at from migrations.steps s;
  select c.counted_at, (select min((job ->> 'oldest_at')::timestamptz) from jsonb_array_elements(c.jobs) job)
    into jobs_counted_at, oldest_job_at from jobs.counted c;
  select count(*) into dead_letters from jobs.dead_letters;
  select count(*), min(e.at) into unsealed, unsealed_since from audit.unsealed u join audit.entries e on e.id = u.entry_id;
  select count(*) filter (where m.state = 'waiting'), count(*) filter (where m.state = 'failed') into mails_waiting, mails_failed
  from mail.messages m where m.created_at > now() - interval '7 days';
  select count(*) filter (where r.state = 'open'), count(*) filter (where r.state = 'in_work' and r.taken_by = auth.uid())
    into reports_open, reports_mine from safety.reports r where r.state <> 'closed';
  select jsonb_agg(jsonb_build_object('id', a.user_id, 'name', private.name_in(u.raw_user_meta_data), 'since', a.granted_at, 'demo', a.demo)
    order by a.granted_at) into administrators from identity.admins a join auth.users u on u.id = a.user_id;
end $$;
revoke all on function private.system_state() from public;
grant execute on function private.system_state() to authenticated;
