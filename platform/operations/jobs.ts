import { sql } from 'kysely'
import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

// Answers hold what people were shown, so they end with the day.
export const sweepAnswers = job({
  name: 'operations.sweep-answers',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '17 * * * *',
  async run({ database }) {
    await database.write((db) =>
      db.deleteFrom('operations.answers').where('created_at', '<', sql<string>`now() - interval '1 day'`).execute(),
    )
  },
})
