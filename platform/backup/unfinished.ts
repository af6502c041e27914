import type { ClientBase } from 'pg'
import type { Table } from './tables.ts'

// pg-boss's tables change with its versions, so no backup holds them. What is unfinished there goes along as rows of our
// own instead, as if it had just been queued: whether it waits, waits for its next attempt or was being done at that
// moment (so that it is done again; a job bears that). Its attempts are counted anew. What is done is done, and its
// effects are in the tables. The queues and keys are those of platform/jobs/queue.ts and relay.ts; what failed for good
// and is not buried yet becomes the letter that platform/jobs/bury.ts would make of it.
export const unfinished: (Table & { copy: string })[] = [
  {
    table: 'jobs.queued',
    columns: ['name', 'data', 'start_after', 'once', 'queued_at'],
    copy: `copy (
      select data ->> 'job', data -> 'data', start_after,
        case when singleton_key not like '#%' then substr(singleton_key, length(data ->> 'job') + 2) end, created_on
      from pgboss.job where name = 'waiting' and state in ('created', 'retry', 'active') order by created_on, id
    ) to stdout`,
  },
  {
    table: 'jobs.dead_letters',
    columns: ['id', 'name', 'data', 'code', 'attempts', 'queued_at', 'failed_at'],
    copy: `copy (
      select coalesce(source_id, id), data ->> 'job', data -> 'data', coalesce(output ->> 'code', 'node_was_lost'),
        (data ->> 'tried')::int + coalesce(source_retry_count, 0) + 1, coalesce(source_created_on, created_on), created_on
      from pgboss.job where name = 'dead' and state in ('created', 'retry', 'active') order by created_on, id
    ) to stdout`,
  },
]

/** Asked as the worker login, whose tables these are. None: no server has run on this database yet. */
export async function hasQueue(worker: ClientBase): Promise<boolean> {
  const { rows } = await worker.query<{ has: boolean }>(`select to_regclass('pgboss.job') is not null as has`)
  return rows[0]!.has
}
