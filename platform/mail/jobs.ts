import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Configuration } from '#platform/configuration/environment.ts'
import { giveUp } from '#platform/jobs/giveup.ts'
import { job, type Job, type JobDatabase } from '#platform/jobs/job.ts'
import { isPersonal } from '#platform/operations/here.ts'
import { claim, delivered, failed, sent, type Message } from './message.ts'
import { NotSent, post } from './post.ts'

// Killed after the other server had the mail and before that was noted, it is sent once more, under the same Message-ID.
export const sendMessage = job({
  name: 'mail.send',
  data: z.object({ id: z.uuid() }),
  retries: 60, // more than there is time for: the pauses grow to an hour
  timeoutSeconds: 60,
  async run({ data: { id }, database, configuration, signal, log }) {
    const message = await database.write((db) => claim(db, id))
    if (!message) return
    if (keepsOutbox(configuration)) return database.write((db) => delivered(db, id))
    try {
      await post(message, { ...configuration, signal })
    } catch (error) {
      if (!(error instanceof NotSent) || mayStillBeSent(error, message)) throw error
      log.warn({ code: error.code }, 'a mail is given up')
      return bury(database, message, error.code)
    }
    await database.write((db) => sent(db, id))
  },
})

/** Without another server to send by, the mails of somebody's own machine are read at /outbox. */
export const keepsOutbox = (configuration: Pick<Configuration, 'smtpUrl' | 'host' | 'production'>) =>
  configuration.smtpUrl === undefined && isPersonal(configuration)

// After a day nobody waits for it any more, and what it says may have ceased to be so.
const mayStillBeSent = ({ forGood }: NotSent, { created_at }: Message) => !forGood && Date.parse(created_at) > Date.now() - day
const day = 24 * 60 * 60 * 1_000

async function bury(database: JobDatabase, { id, attempts, created_at }: Message, code: string): Promise<void> {
  await database.write(async (db) => {
    await failed(db, id, code)
    await giveUp(db, sendMessage, { id, data: { id }, code, attempts, queued_at: created_at })
  })
}

// Every hour, not every night: a machine of somebody's own sleeps at night.
export const sweepMessages = job({
  name: 'mail.sweep',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '41 * * * *',
  async run({ database }) {
    await database.write((db) =>
      db
        .deleteFrom('mail.messages')
        .where(({ and, or, eb }) =>
          or([
            and([eb('address', 'is not', null), eb('created_at', '<', sql<string>`now() - interval '7 days'`)]),
            eb('created_at', '<', sql<string>`now() - interval '90 days'`),
          ]),
        )
        .execute(),
    )
  },
})

export const jobs: Job[] = [sendMessage, sweepMessages]
