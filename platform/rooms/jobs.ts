import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

const most = 20 // rooms whose topics one transaction holds

/** By the clock the door is shut already; this tells those who are still inside. */
export const closeRooms = job({
  name: 'rooms.close',
  data: z.object({}),
  retries: 0, // the next minute does it
  timeoutSeconds: 50,
  cron: '* * * * *',
  async run({ database, signal }) {
    let closed = most
    while (closed === most && !signal.aborted) closed = await database.write((db) => db.call('private.close_rooms', { most }))
  },
})

/** Thirty days after they closed. */
export const sweepRooms = job({
  name: 'rooms.sweep',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 600,
  cron: '17 4 * * *',
  async run({ database, signal }) {
    let swept = most
    while (swept === most && !signal.aborted) swept = await database.write((db) => db.call('private.sweep_rooms', { most }))
  },
})
