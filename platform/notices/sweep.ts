import { sql } from 'kysely'
import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

/** Half a year, read or not: whoever was away for longer looks at the pages themselves. */
export const sweepNotices = job({
  name: 'notices.sweep',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '47 3 * * *',
  async run({ database }) {
    await database.write(async (db) => {
      await db.deleteFrom('notices.notices').where('made_at', '<', sql<string>`now() - interval '180 days'`).execute()
    })
  },
})
