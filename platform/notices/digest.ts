import * as z from 'zod/mini'
import { job } from '#platform/jobs/job.ts'
import type { Content } from '#platform/mail/content.ts'
import { mailKind } from '#platform/mail/kind.ts'
import { sendMail } from '#platform/mail/send.ts'

export const digestMail = mailKind({
  name: 'notices.digest',
  mandatory: false,
  onlyIfAsked: true,
  says: 'A digest each morning of what you have not read here',
})

/** Looks whose morning it is: every quarter of an hour, for there are zones that are three quarters of an hour off. */
export const sendDigests = job({
  name: 'notices.digest',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 600,
  cron: '2,17,32,47 * * * *',
  async run({ database, configuration: { publicUrl }, signal }) {
    const due = await database.read((db) => db.rows('private.digests_due', { at: new Date().toISOString() }))
    for (const { person, day } of due) {
      if (signal.aborted) return // whoever is left is found in a quarter of an hour
      await database.write(async (db) => {
        const told = await db.rows('private.take_digest', { person, day })
        if (told.length > 0) await sendMail(db, { to: { userId: person! }, kind: digestMail, content: digestOf(told as Told[], publicUrl) })
      })
    }
  },
})

export type Told = { title: string; leads_to: string | null }
const most = 20 // lines; whoever has more to read reads it here

export function digestOf(told: readonly Told[], publicUrl: string): Content {
  const lines = told.slice(0, most).map(({ title, leads_to }) => (leads_to ? `${title}\n${publicUrl}${leads_to}` : title))
  const more = told.length - lines.length
  return {
    subject: told.length === 1 ? 'One thing waits for you' : `${told.length} things wait for you`,
    greeting: 'Good morning,',
    paragraphs: ['Since yesterday morning you were told here, and have not read:', ...lines, ...(more > 0 ? [`And ${more} more.`] : [])],
    action: { label: 'Read them', url: `${publicUrl}/notices` },
  }
}
