import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { job } from '#platform/jobs/job.ts'
import { mailKind } from '#platform/mail/kind.ts'
import { sendMail } from '#platform/mail/send.ts'
import { notify } from '#platform/notices/notify.ts'

export const exportMail = mailKind({ name: 'identity.export', mandatory: true, says: 'That a copy of your data was made' })

// The link leads to a page that asks who is there: whoever reads somebody's mail does not have their data with it.
export async function mailReady(
  db: Tx<'service_role'>,
  { user_id, for_id }: { user_id: string; for_id: string },
  url: string,
): Promise<void> {
  const whose = user_id === for_id ? 'everything of yours' : 'the data you asked for as an administrator'
  await sendMail(db, {
    to: { userId: for_id },
    kind: exportMail,
    content: {
      subject: 'The copy of the data is ready',
      greeting: 'Hello,',
      paragraphs: [`A copy of ${whose} is ready, as one zip file. You find it here for a week; then it is removed.`],
      action: { label: 'Download it', url },
      footnote: user_id === for_id ? 'If you did not ask for it, somebody who administrates this place did, for you.' : undefined,
    },
  })
}

export const noticeReady = (db: Tx<'service_role'>, { user_id, for_id }: { user_id: string; for_id: string }) =>
  notify(db, for_id, {
    kind: 'identity.export',
    title: user_id === for_id ? 'The copy of your data is ready' : 'The copy of the data you asked for is ready',
    body: 'You can download it for a week; then it is removed.',
    leadsTo: '/account/data',
  })

// Broken glass makes a noise: whoever's data an administrator takes is told, at once and whatever they prefer.
export const tellOfHandOver = job({
  name: 'identity.tell-of-hand-over',
  data: z.object({ id: z.uuid() }),
  retries: 8,
  timeoutSeconds: 30,
  async run({ data: { id }, database }) {
    await database.write(async (db) => {
      const handed = await db
        .updateTable('identity.exports')
        .set({ told_at: sql<string>`now()` })
        .where('id', '=', id)
        .where('told_at', 'is', null)
        .whereRef('user_id', '<>', 'for_id')
        .returning(['user_id', 'requested_at'])
        .executeTakeFirst()
      if (!handed) return
      await notify(db, handed.user_id, {
        kind: 'identity.hand-over',
        title: 'Somebody took a copy of your data',
        body: 'Somebody who administrates this place did, and gave a reason that is on record. If you want to know why, ask the people who run this place: they have to tell you.',
      })
      await sendMail(db, {
        to: { userId: handed.user_id },
        kind: exportMail,
        content: {
          subject: 'Somebody took a copy of your data',
          greeting: 'Hello,',
          paragraphs: [
            `On ${handed.requested_at.slice(0, 10)} somebody who administrates this place asked for a copy of everything of yours here. They gave a reason, and both are on record.`,
            'If you want to know why, ask the people who run this place: they have to tell you.',
          ],
        },
      })
    })
  },
})

/** The file itself goes with platform/files' own sweep, at the same time. */
export const sweepExports = job({
  name: 'identity.sweep-exports',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '33 * * * *',
  async run({ database }) {
    await database.write(async (db) => {
      await db.deleteFrom('identity.exports').where('expires_at', '<', sql<string>`now()`).execute()
      // Whose making failed for good: they may ask anew.
      await db
        .deleteFrom('identity.exports')
        .where('ready_at', 'is', null)
        .where('requested_at', '<', sql<string>`now() - interval '1 day'`)
        .execute()
    })
  },
})
