import { sql } from 'kysely'
import * as z from 'zod/mini'
import { keysOf } from '#platform/configuration/keys.ts'
import { job } from '#platform/jobs/job.ts'
import { mailKind } from '#platform/mail/kind.ts'
import { sendMail } from '#platform/mail/send.ts'
import { wordOf } from '../word.ts'

export const invitationMail = mailKind({ name: 'identity.invitation', mandatory: true, says: 'An invitation to join' })

export const invitationLink = (publicUrl: string, secrets: Buffer, id: string) =>
  `${publicUrl}/join?invitation=${wordOf(secrets, 'invitation', id)}`

export const mailInvitation = job({
  name: 'identity.mail-invitation',
  data: z.object({ id: z.uuid() }),
  retries: 8,
  timeoutSeconds: 30,
  async run({ data: { id }, database, configuration }) {
    const { secrets } = keysOf(configuration)
    await database.write(async (db) => {
      const invitation = await db
        .updateTable('identity.invitations')
        .set({ told_at: sql<string>`now()` })
        .where('id', '=', id)
        .where('told_at', 'is', null)
        .where('email', 'is not', null)
        .returning(['email', 'expires_at'])
        .executeTakeFirst()
      if (!invitation?.email) return
      await sendMail(db, {
        to: { address: invitation.email },
        kind: invitationMail,
        content: {
          subject: 'You are invited to Vivavoce',
          paragraphs: ['Somebody who administrates a Vivavoce invites you to join it. The link is for this address alone.'],
          action: { label: 'Join', url: invitationLink(configuration.publicUrl, secrets, id) },
          footnote: `It works once, until ${invitation.expires_at.slice(0, 10)}. If you expected no invitation, you need not do anything.`,
        },
      })
    })
  },
})
