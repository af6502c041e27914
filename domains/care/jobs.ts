import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'

/** Rows at a time, by which private.care_follows_account too knows that there may be more. */
const portion = 20_000

export const endExpiredVerifications = job({
  name: 'care.end-expired-verifications',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '41 * * * *',
  async run({ database }) {
    await database.write((db) => db.call('private.end_expired_verifications', {}))
  },
})

/** Queued by the database itself, when an address changed and there are more readings than a transaction should touch. */
export const followAddress = job({
  name: 'care.follow-address',
  data: z.object({ person: z.uuid() }),
  retries: 10,
  timeoutSeconds: 3_600,
  async run({ database, data, signal }) {
    for (let followed = portion; followed === portion; ) {
      signal.throwIfAborted()
      followed = await database.write((db) => db.call('private.readings_follow_address', { ...data, most: portion }))
    }
  },
})
