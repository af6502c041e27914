import { sql } from 'kysely'
import * as z from 'zod/mini'
import { keysOf } from '#platform/configuration/keys.ts'
import { job } from '#platform/jobs/job.ts'
import { mailKind } from '#platform/mail/kind.ts'
import { sendMail } from '#platform/mail/send.ts'
import { wordOf } from '../word.ts'

export const deletionMail = mailKind({ name: 'identity.deletion', mandatory: true, says: 'That your account is to be erased' })

export const mailDeletion = job({
  name: 'identity.mail-deletion',
  data: z.object({ id: z.uuid() }),
  retries: 8,
  timeoutSeconds: 30,
  async run({ data: { id }, database, configuration }) {
    const { secrets } = keysOf(configuration)
    await database.write(async (db) => {
      const deletion = await db
        .updateTable('identity.deletions')
        .set({ told_at: sql<string>`now()` })
        .where('id', '=', id)
        .where('told_at', 'is', null)
        .where('cancelled_at', 'is', null)
        .where('begun_at', 'is', null)
        .returning(['user_id', 'erases_at'])
        .executeTakeFirst()
      if (!deletion) return
      await sendMail(db, {
        to: { userId: deletion.user_id },
        kind: deletionMail,
        content: {
          subject: 'Your account will be erased',
          greeting: 'Hello,',
          paragraphs: [
            `You asked us to erase your account. On ${deletion.erases_at.slice(0, 10)} everything of yours here will be erased, and nobody can bring it back.`,
            'Until then you can sign in as before, take a copy of your data along, and think better of it.',
          ],
          action: { label: 'Keep my account', url: `${configuration.publicUrl}/stay?token=${wordOf(secrets, 'cancelled deletion', id)}` },
          footnote: 'If it was not you who asked, keep the account by this link and set a new password: somebody is signed in as you.',
        },
      })
    })
  },
})
