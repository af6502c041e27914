import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

const most = 5_000 // a transaction that holds its topics for some tenths of a second

export const sweepEvents = job({
  name: 'live.sweep',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 600,
  cron: '23 * * * *',
  async run({ database, signal }) {
    let swept = most
    while (swept > 0 && !signal.aborted) swept = await database.write((db) => db.call('private.sweep_events', { most }))
  },
})
