import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

/** Pokes somebody's browsers for a notice, once it is time for it. Queued by private.notify. */
export const handOn = job({
  name: 'notices.hand-on',
  data: z.object({ notice: z.uuid() }),
  retries: 8,
  timeoutSeconds: 30,
  async run({ data: { notice }, database }) {
    await database.write((db) => db.call('private.hand_on', { notice }))
  },
})
