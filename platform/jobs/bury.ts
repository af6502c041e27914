import { asService, dead, executor, transaction, type Envelope, type Queue } from './queue.ts'

const most = 100

/** Moves what failed for good from pg-boss into our own dead letters. */
export async function bury(queue: Queue): Promise<number> {
  return transaction(queue, async (client) => {
    const db = executor(client)
    const failed = await queue.boss.fetch<Envelope>(dead, { batchSize: most, includeMetadata: true, db })
    if (failed.length === 0) return 0
    const letters = failed.map(({ id, sourceId, data, output, sourceRetryCount, sourceCreatedOn, createdOn }) => ({
      id: sourceId ?? id,
      name: data.job,
      data: data.data,
      code: (output as { code?: string } | null)?.code ?? nobodySaid,
      attempts: data.tried + (sourceRetryCount ?? 0) + 1,
      queued_at: sourceCreatedOn ?? createdOn,
    }))
    await asService(client, insert, [JSON.stringify(letters)])
    await queue.boss.deleteJob(
      dead,
      failed.map(({ id }) => id),
      { db },
    )
    return failed.length
  })
}

// pg-boss itself gave the job up, because its node was gone.
const nobodySaid = 'node_was_lost'

const insert = `
insert into jobs.dead_letters (id, name, data, code, attempts, queued_at)
select id, name, data, code, attempts, queued_at
from jsonb_to_recordset($1::jsonb) as letter (id uuid, name text, data jsonb, code text, attempts integer, queued_at timestamptz)
on conflict (id) do nothing`
