-- What administrators may know of jobs, and do with them. The operator's programs read jobs.dead_letters themselves; a person
-- goes through these functions, whose first line asks whether they administrate.

-- How much there is to do. pg-boss's tables are the worker login's own and no definer function of ours reaches them, so each
-- node counts there every few seconds (count.ts) and leaves the figures here, one row for all nodes: when it grows old, no
-- node does any jobs.
create table jobs.counted (
  id         boolean primary key default true,
  counted_at timestamptz not null default now(),
  jobs       jsonb not null,           -- [{ name, waiting, again, running, done, oldest_at }]
  constraint there_is_one check (id)
);
alter table jobs.counted enable row level security;
revoke all on jobs.counted from anon, authenticated, service_role;

create function private.note_jobs(jobs jsonb) returns void language sql volatile security definer set search_path = '' as $$
  insert into jobs.counted (jobs) values (note_jobs.jobs) on conflict (id) do update set counted_at = now(), jobs = excluded.jobs
$$;
revoke all on function private.note_jobs(jsonb) from public;
grant execute on function private.note_jobs(jsonb) to service_role;

-- By name: what waits, is tried again, runs, was done within the hour, and failed for good within the day.
create function private.jobs_at_work(out counted_at timestamptz, out jobs jsonb)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  select c.counted_at into counted_at from jobs.counted c;
  with counted as (
    select job.* from jobs.counted c,
      jsonb_to_recordset(c.jobs) as job (name text, waiting integer, again integer, running integer, done integer, oldest_at timestamptz)
  ), failed as (
    select d.name, count(*)::integer as failed from jobs.dead_letters d where d.failed_at > now() - interval '1 day' group by d.name
  )
  select coalesce(jsonb_agg(jsonb_build_object('name', name, 'waiting', coalesce(c.waiting, 0), 'again', coalesce(c.again, 0),
    'running', coalesce(c.running, 0), 'done', coalesce(c.done, 0), 'failed', coalesce(f.failed, 0), 'oldest_at', c.oldest_at)
    order by name), '[]') into jobs
  from counted c full join failed f using (name);
end $$;
revoke all on function private.jobs_at_work() from public;
grant execute on function private.jobs_at_work() to authenticated;

create function private.failed_jobs()
returns table (id uuid, name text, code text, attempts integer, queued_at timestamptz, failed_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  return query select d.id, d.name, d.code, d.attempts, d.queued_at, d.failed_at from jobs.dead_letters d;
end $$;
revoke all on function private.failed_jobs() from public;
grant execute on function private.failed_jobs() to authenticated;

-- Of several who retry one at once, one finds it.
create function private.retry_job(letter uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  found_one jobs.dead_letters;
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  delete from jobs.dead_letters d where d.id = retry_job.letter returning * into found_one;
  if not found then perform private.refuse('no_such_dead_letter'); end if;
  perform private.enqueue(found_one.name, found_one.data);
  perform private.audit('jobs.retried', 'job', retry_job.letter::text, null, jsonb_build_object('job', found_one.name));
end $$;
revoke all on function private.retry_job(uuid) from public;
grant execute on function private.retry_job(uuid) to authenticated;
