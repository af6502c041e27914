import { sql } from 'kysely'
import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

// What was only good for a while.
export const sweepIdentity = job({
  name: 'identity.sweep',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '23 * * * *',
  async run({ database, configuration }) {
    const before = (since: string) => sql<string>`now() - ${since}::interval`
    await database.write(async (db) => {
      await db.deleteFrom('identity.attempts').where('whole', '<', sql<string>`now()`).execute()
      await db.deleteFrom('identity.ended_sessions').where('ended_at', '<', before('2 hours')).execute()
      await db.deleteFrom('identity.used_codes').where('used_at', '<', before('1 hour')).execute()
      if (configuration.supabaseUrl) return // the rest is GoTrue's own there
      await db.deleteFrom('auth.flow_state').where('created_at', '<', before('1 day')).execute()
      await db
        .deleteFrom('auth.one_time_tokens')
        .where('created_at', '<', sql<string>`now() at time zone 'UTC' - interval '1 day'`)
        .execute()
      await db.deleteFrom('auth.mfa_challenges').where('created_at', '<', before('1 day')).execute()
      await db.deleteFrom('auth.mfa_factors').where('status', '=', 'unverified').where('created_at', '<', before('1 day')).execute()
      await db.deleteFrom('auth.sessions').where('not_after', '<', sql<string>`now()`).execute()
    })
  },
})
