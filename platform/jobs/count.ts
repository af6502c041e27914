import { asService, transaction, type Queue } from './queue.ts'

/** Counts what pg-boss holds, by the names of our jobs, and leaves the figures where administrators may see them. */
export async function count(queue: Queue): Promise<void> {
  await transaction(queue, async (client) => {
    const { rows } = await client.query(counting)
    await asService(client, 'select private.note_jobs($1)', [JSON.stringify(rows)])
  })
}

// A job that is to start later does not wait yet. What is done stays for an hour (queue.ts).
const counting = `
select data ->> 'job' as name,
  (count(*) filter (where state = 'created' and start_after <= now()))::int as waiting,
  (count(*) filter (where state = 'retry'))::int as again,
  (count(*) filter (where state = 'active'))::int as running,
  (count(*) filter (where state = 'completed'))::int as done,
  min(start_after) filter (where state in ('created', 'retry') and start_after <= now()) as oldest_at
from pgboss.job where name = 'waiting' group by 1`
