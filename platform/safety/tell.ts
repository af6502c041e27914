import { sql } from 'kysely'
import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'
import { mailKind } from '#platform/mail/kind.ts'
import { sendMail } from '#platform/mail/send.ts'

export const closedMail = mailKind({ name: 'safety.report-closed', mandatory: false, says: 'That a report of yours was looked at' })

export const tellReporter = job({
  name: 'safety.tell-reporter',
  data: z.object({ id: z.uuid() }),
  retries: 8,
  timeoutSeconds: 30,
  async run({ data: { id }, database }) {
    await database.write(async (db) => {
      const report = await db
        .updateTable('safety.reports')
        .set({ told_at: sql<string>`now()` })
        .where('id', '=', id)
        .where('state', '=', 'closed')
        .where('told_at', 'is', null)
        .returning('reporter_id')
        .executeTakeFirst()
      if (!report) return
      await sendMail(db, {
        to: { userId: report.reporter_id },
        kind: closedMail,
        content: {
          subject: 'Your report was looked at',
          greeting: 'Hello,',
          paragraphs: [
            'Thank you for telling us. Somebody who administrates this place looked into your report and closed it.',
            'What was decided about somebody else we keep to ourselves. If it happens again, please report it again; and you can always block a person.',
          ],
        },
      })
    })
  },
})
