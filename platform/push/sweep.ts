import { sql } from 'kysely'
import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

/** Browsers whose push service has taken nothing for a month although we tried. */
export const sweepSubscriptions = job({
  name: 'push.sweep',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '53 3 * * *',
  async run({ database }) {
    await database.write(async (db) => {
      await db
        .deleteFrom('push.subscriptions')
        .where('failures', '>', 0)
        .where(sql<string>`coalesce(last_ok_at, made_at)`, '<', sql<string>`now() - interval '30 days'`)
        .execute()
    })
  },
})
