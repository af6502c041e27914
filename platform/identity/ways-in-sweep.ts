import { sql } from 'kysely'
import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

// Who began to sign in, or to add a way in, and never came back. Each of them has been over for a while by then.
export const sweepWaysIn = job({
  name: 'identity.sweep-ways-in',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '29 * * * *',
  async run({ database }) {
    const longAgo = sql<string>`now() - interval '1 hour'`
    await database.write(async (db) => {
      await db.deleteFrom('identity.passkey_challenges').where('created_at', '<', longAgo).execute()
      await db.deleteFrom('identity.journeys').where('created_at', '<', longAgo).execute()
      await db.deleteFrom('identity.newcomers').where('created_at', '<', longAgo).execute()
      await db.deleteFrom('identity.proposed_links').where('created_at', '<', longAgo).execute()
    })
  },
})
