import type { Job } from './job.ts'
import { asService, executor, insertion, transaction, waiting, type Queue } from './queue.ts'

type Queued = { id: number; name: string; data: object; start_after: string | null; once: string | null }

const most = 500

/** Moves what was queued on to pg-boss, and says how much it was. Out of one and into the other in one transaction: whatever ends it in between, nothing is lost and nothing doubled. */
export async function relay(queue: Queue, jobs: ReadonlyMap<string, Job>): Promise<number> {
  return transaction(queue, async (client) => {
    const rows = (await asService(client, 'select * from private.take_queued($1)', [most])) as Queued[]
    if (rows.length === 0) return 0
    const inOrder = rows.toSorted((a, b) => a.id - b.id).map((row) => insertionOf(row, jobs.get(row.name)))
    await queue.boss.insert(waiting, inOrder, { db: executor(client) })
    return rows.length
  })
}

// Of one key at most one waits. Whoever does not care gets a key that nobody else has.
function insertionOf({ id, name, data, start_after, once }: Queued, job: Job | undefined) {
  const key = once === null ? `#${id}` : `${name} ${once}`
  return insertion({ job, envelope: { job: name, data, tried: 0 }, key, startAfter: start_after })
}
