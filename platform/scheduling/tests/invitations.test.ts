import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import ICAL from 'ical.js'
import { parts } from '#app/domains.ts'
import { configure } from '#platform/configuration/environment.ts'
import { supervise } from '#platform/jobs/supervise.ts'
import { mailServer, type Arrived } from '#platform/mail/tests/mailserver.ts'
import { logger } from '#platform/operations/log.ts'
import { freshDatabase, someone } from '#tests/database.ts'
import { until } from '#tests/processes.ts'
import { calendarIn } from './parsed.ts'
import { planning } from './people.ts'

const ends: (() => Promise<void>)[] = []
after(async () => void (await Promise.all(ends.map((end) => end())))) // before the database goes
const db = await freshDatabase()
const { plan, join, move, release } = planning(db)
const mails = await mailServer()
const node = await supervise({
  entry: new URL('./thread.ts', import.meta.url),
  // Not the one that reminds: it would write too.
  jobs: parts.flatMap(({ jobs = [] }) => jobs).filter(({ name }) => name !== 'scheduling.remind'),
  url: db.url('vivavoce_worker'),
  configuration: configure({ SMTP_URL: mails.url, PUBLIC_URL: 'https://vivavoce.example', LOG_LEVEL: 'silent' }),
  log: logger('silent'),
  limits: { goodbyeSeconds: 0 },
})
ends.push(() => node.stop())

const addressOf = async (id: string) => (await db.sql<{ email: string }>('select email from auth.users where id = $1', [id]))[0]!.email
const nothingWaits = () =>
  until(
    async () =>
      (await db.sql(`select 1 from jobs.queued union all select 1 from pgboss.job where state < 'completed' and name = 'waiting'`))
        .length === 0,
    20,
    'no job waits',
  )

/** What arrived for somebody, in order, when all that is queued is done. */
async function mailsTo(id: string, count: number): Promise<{ mail: Arrived; method: string; event: ICAL.Event }[]> {
  const address = await addressOf(id)
  const theirs = () => mails.accepted.filter(({ envelope }) => envelope.to.includes(address))
  await until(() => theirs().length >= count, 90, `${count} mails`)
  await nothingWaits()
  return theirs().map((mail) => {
    const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
    assert.ok(part, 'an appointment')
    const calendar = calendarIn(new TextDecoder().decode(part.content as ArrayBuffer))
    return {
      mail,
      method: String(calendar.getFirstPropertyValue('method')),
      event: new ICAL.Event(calendar.getFirstSubcomponent('vevent')!),
    }
  })
}

describe('a mail with an appointment', () => {
  test('comes when something is planned, moved and off: one UID, and a SEQUENCE that counts up', async () => {
    const ada = await someone(db, 'ada')
    const meeting = await plan([ada.id], 30)
    await mailsTo(ada.id, 1)
    await move(meeting, 40)
    await mailsTo(ada.id, 2)
    await release(meeting)
    const got = await mailsTo(ada.id, 3)
    assert.deepEqual(
      got.map(({ method, event }) => [method, event.uid, event.sequence]),
      [
        ['REQUEST', meeting, 0],
        ['REQUEST', meeting, 1],
        ['CANCEL', meeting, 2],
      ],
    )
    const [first, , last] = got
    assert.match(first!.mail.subject!, /^Practice session, \w+day \d+ \w+ at \d\d:\d\d UTC$/)
    assert.match(last!.mail.subject!, /^Off: Practice session/)
    assert.match(first!.mail.raw, /^Content-Type: text\/calendar; charset=utf-8; method=REQUEST/m)
    assert.equal(first!.event.organizer, 'mailto:no-reply@vivavoce.example')
    assert.equal(first!.event.attendees[0]!.getFirstValue(), `mailto:${await addressOf(ada.id)}`)
    assert.equal(first!.event.attendees[0]!.getParameter('rsvp'), 'FALSE', 'nobody is asked to answer an address that nobody reads')
    assert.equal(last!.event.component.getFirstPropertyValue('status'), 'CANCELLED')
  })

  test('comes to each, and again to whoever leaves and comes back; the one who stays is not written to', async () => {
    const [bo, cy] = [await someone(db, 'bo'), await someone(db, 'cy')]
    const meeting = await plan([bo.id], 30)
    await mailsTo(bo.id, 1)
    await join(meeting, [cy.id, bo.id])
    await mailsTo(cy.id, 1)
    await release(meeting, [cy.id])
    await mailsTo(cy.id, 2)
    await join(meeting, [cy.id])
    const got = await mailsTo(cy.id, 3)
    assert.deepEqual(
      got.map(({ method }) => method),
      ['REQUEST', 'CANCEL', 'REQUEST'],
    )
    assert.ok(got[2]!.event.sequence > got[1]!.event.sequence)
    assert.equal((await mailsTo(bo.id, 1)).length, 1)
  })

  test('does not come for what is only held, is over, or is off before it was told', async () => {
    const [dot, eve] = [await someone(db, 'dot'), await someone(db, 'eve')]
    await plan([dot.id], 30, { held: new Date(Date.now() + 600_000) })
    await plan([dot.id], -3)
    await db.sql(
      `with planned as (select private.claim('0dec0de0-0000-4000-8000-0000000000aa', 'practice.session', $1, array[$2::uuid], '{}'))
       select private.release('0dec0de0-0000-4000-8000-0000000000aa') from planned`,
      [planning(db).span(50), dot.id],
    )
    await plan([eve.id], 30) // whose mail shows that the others were looked at
    await mailsTo(eve.id, 1)
    assert.deepEqual(await mailsTo(dot.id, 0), [])
    assert.deepEqual(await db.sql('select from scheduling.invited where person_id = $1', [dot.id]), [])
  })

  test('does not come to who does not want it, nor twice if its job runs again', async () => {
    const [finn, gus] = [await someone(db, 'finn'), await someone(db, 'gus')]
    await db.sql(`insert into mail.preferences (user_id, kind, wanted) values ($1, 'scheduling.invitation', false)`, [finn.id])
    const meeting = await plan([finn.id, gus.id], 30)
    await mailsTo(gus.id, 1)
    await db.sql(`select private.enqueue('scheduling.invite', jsonb_build_object('meeting', $1::text, 'person', $2::text))`, [
      meeting,
      gus.id,
    ])
    assert.equal((await mailsTo(gus.id, 1)).length, 1)
    assert.equal((await mailsTo(finn.id, 0)).length, 0)
  })

  test('bears nobody’s name: not the other’s address either', async () => {
    const [hal, ivo] = [await someone(db, 'hal'), await someone(db, 'ivo')]
    await plan([hal.id, ivo.id], 30)
    const [got] = await mailsTo(hal.id, 1)
    const other = await addressOf(ivo.id)
    for (const words of [got!.mail.raw, got!.mail.text ?? '', got!.mail.html ?? '', String(got!.event)]) assert.ok(!words.includes(other))
  })

  test('is an appointment with a method, or no mail at all', async () => {
    const write = (calendar: string) =>
      db.sql(`select private.write_mail(gen_random_uuid(), 'scheduling.invitation', false, 'x', 'x', 'x', null, 'x@example.test', $1)`, [
        calendar,
      ])
    for (const calendar of [
      'BEGIN:VCARD',
      'BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\n',
      'BEGIN:VCALENDAR\r\n',
      `BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n${'x'.repeat(10_000)}`,
    ])
      await assert.rejects(write(calendar), { constraint: 'calendar_is_one_appointment' })
  })

  test('keeps nothing of what it said once it is sent', async () => {
    const rows = await db.sql(`select text, calendar from mail.messages where state = 'sent'`)
    assert.ok(rows.length > 0)
    for (const row of rows) assert.deepEqual(row, { text: null, calendar: null })
  })
})
