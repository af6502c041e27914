import * as z from 'zod/mini'
import { job, type Job, type Running } from '#platform/jobs/job.ts'
import { sendMail } from '#platform/mail/send.ts'
import { notify } from '#platform/notices/notify.ts'
import type { Known } from './calendar.ts'
import { appointmentOf } from './feed.ts'
import { icsOf } from './ics.ts'
import { invitation, reminder } from './mails.ts'
import { isDue, type Coming } from './reminders.ts'
import { byWhichClock, whenIn } from './words.ts'

type Db = Parameters<Parameters<Running['database']['write']>[0]>[0]

/** What is planned, moved or off goes to a person as a mail with an appointment in it. Queued by claim, move and release. */
export const inviteBy = (known: () => Known) =>
  job({
    name: 'scheduling.invite',
    data: z.object({ meeting: z.uuid(), person: z.uuid() }),
    retries: 8,
    timeoutSeconds: 30,
    async run({ data, database, configuration }) {
      await database.write(async (db) => {
        const [said] = await db.rows('private.note_invitation', data)
        if (!said?.address) return // said already, over, or nobody's any more
        const { kind, starts_at, ends_at, sequence, changed_at, off, again, address } = said as Told
        const plans = known()
        const zone = await zoneOf(db, data.person)
        const when = whenIn(zone, starts_at)
        const title = plans.get(kind)?.title ?? 'A meeting'
        const appointment = {
          ...appointmentOf(
            { meeting_id: data.meeting, kind, starts_at, ends_at, sequence, changed_at, off },
            plans,
            configuration.publicUrl,
            [],
          ),
          title,
          organiser: configuration.mailFrom.address,
          attendee: address,
        }
        await sendMail(db, {
          to: { userId: data.person },
          kind: invitation,
          content: {
            subject: off ? `Off: ${title}, ${when}` : again ? `Changed: ${title}, ${when}` : `${title}, ${when}`,
            greeting: 'Hello,',
            paragraphs: [
              off
                ? `What you had planned for ${when} is off, and your time is free again.`
                : again
                  ? `Something you have planned has changed: it is on ${when}.`
                  : `You have planned something for ${when}. With whom stands on its page; here are no names.`,
              `The appointment comes with this mail: your calendar can take it${off ? ' out' : ' in'}.`,
            ],
            action: { label: 'See your calendar', url: appointment.url! },
            footnote: byWhichClock(zone),
          },
          calendar: icsOf({ method: off ? 'CANCEL' : 'REQUEST', appointments: [appointment] }),
        })
      })
    },
  })

type Told = {
  kind: string
  starts_at: string
  ends_at: string
  sequence: number
  changed_at: string
  off: boolean
  again: boolean
  address: string
}

const zoneOf = async (db: Db, person: string) =>
  (await db.selectFrom('identity.accounts').select('zone').where('user_id', '=', person).executeTakeFirst())?.zone ?? null

type Due = Coming & { meeting_id: string; person_id: string; kind: string }

// Each minute, by what is so then: not queued with each plan, because a move, another choice, another zone or other quiet hours would each
// have to find and change what waits. What is said is noted in the same transaction, so a second run or another node says nothing.
export const remindBy = (known: () => Known) =>
  job({
    name: 'scheduling.remind',
    data: z.object({}),
    retries: 0, // the next one comes in a minute
    timeoutSeconds: 55,
    cron: '* * * * *',
    async run({ database, configuration, signal }) {
      const coming = (await database.read((db) => db.rows('private.coming_reminders', {}))) as Due[]
      for (const one of coming) {
        if (signal.aborted) return
        if (isDue(one, new Date())) await database.write((db) => remind(db, one, known(), configuration.publicUrl))
      }
    },
  })

async function remind(db: Db, { meeting_id, person_id, kind, lead, starts_at, zone }: Due, known: Known, publicUrl: string): Promise<void> {
  if (!(await db.call('private.note_reminder', { meeting: meeting_id, person: person_id, lead, starts_at }))) return
  const plans = known.get(kind)
  const title = `${plans?.title ?? 'A meeting'}, ${whenIn(zone, starts_at)}`
  const leadsTo = plans?.leadsTo?.(meeting_id) ?? '/calendar'
  await notify(db, person_id, {
    kind: 'scheduling.reminder',
    title,
    body: lead === 10 ? 'It begins in ten minutes.' : 'You have planned it.',
    leadsTo,
    urgency: lead === 10 ? 'now' : 'soon',
  })
  if (lead === 10) return // nobody reads a mail in time for that
  await sendMail(db, {
    to: { userId: person_id },
    kind: reminder,
    content: {
      subject: title,
      greeting: 'Hello,',
      paragraphs: [`You have planned this for ${whenIn(zone, starts_at)}.`],
      action: { label: 'See it', url: new URL(leadsTo, publicUrl).href },
      footnote: byWhichClock(zone),
    },
  })
}

export const sweepScheduling = job({
  name: 'scheduling.sweep',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 120,
  cron: '23 3 * * *',
  async run({ database, signal }) {
    while (!signal.aborted && (await database.write((db) => db.call('private.sweep_scheduling', { most: 5_000 }))) > 0);
  },
})

export const jobsBy = (known: () => Known): Job[] => [inviteBy(known), remindBy(known), sweepScheduling]
