import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

const most = 50 // sessions whose people and topics one transaction holds

/** What nobody took goes, what nobody ended is over; who came is written down. */
export const sweepPractice = job({
  name: 'practice.sweep',
  data: z.object({}),
  retries: 0, // the next hour does it
  timeoutSeconds: 600,
  cron: '23 * * * *',
  async run({ database, signal }) {
    let swept = most
    while (swept === most && !signal.aborted) swept = await database.write((db) => db.call('private.sweep_practice', { most }))
  },
})

/** Who was found a partner is not kept waiting by somebody who does not answer; who was not is looked after again. */
export const tendWishes = job({
  name: 'practice.tend-wishes',
  data: z.object({}),
  retries: 0, // the next one comes in ten minutes
  timeoutSeconds: 300,
  cron: '*/10 * * * *',
  async run({ database, signal }) {
    let tended = most
    while (tended === most && !signal.aborted) tended = await database.write((db) => db.call('private.tend_wishes', { most }))
    await database.write((db) => db.call('private.sweep_waits', {}))
  },
})
