import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { configure } from '#platform/configuration/environment.ts'
import { logger } from '#platform/operations/log.ts'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import { remindBy } from '../jobs.ts'
import { plansByKind } from '../plans.ts'
import { dueAt, isDue, type Coming } from '../reminders.ts'
import { instantOf, wallOf } from '../time.ts'
import { planning } from './people.ts'

const minute = 60_000

describe('when a reminder is due', () => {
  const coming = (zone: string, day: string, clock: string, more: Partial<Coming> = {}): Coming => ({
    starts_at: instantOf(day, clock, zone).toISOString(),
    since: '2026-01-01T00:00:00Z',
    lead: 60,
    quiet_from: null,
    quiet_until: null,
    zone,
    ...more,
  })
  const quiet = { quiet_from: '22:00:00', quiet_until: '07:00:00' }
  const at = (zone: string, day: string, clock: string) => instantOf(day, clock, zone)

  test('a day, an hour, ten minutes before', () => {
    for (const lead of [1440, 60, 10] as const) {
      const it = coming('Europe/London', '2027-06-10', '12:00', { lead })
      assert.equal(dueAt(it).getTime(), Date.parse(it.starts_at) - lead * minute)
    }
  })

  test('it is said in its minutes, and then never: not early, not late, not after it began', () => {
    const it = coming('Europe/London', '2027-06-10', '12:00')
    const due = dueAt(it).getTime()
    const said = [-1, 0, 14, 16, 60, 200].map((minutes) => isDue(it, new Date(due + minutes * minute)))
    assert.deepEqual(said, [false, true, true, false, false, false])
  })

  test('what was due before somebody planned or moved it is not caught up with', () => {
    const it = coming('Europe/London', '2027-06-10', '12:00')
    const due = dueAt(it)
    assert.equal(isDue({ ...it, since: new Date(due.getTime() + minute).toISOString() }, new Date(due.getTime() + 2 * minute)), false)
  })

  test('one that would fall into quiet hours is said just before they begin', () => {
    const it = coming('Europe/London', '2027-06-10', '07:30', quiet)
    assert.equal(dueAt(it).getTime(), at('Europe/London', '2027-06-09', '21:57').getTime())
    assert.equal(isDue(it, at('Europe/London', '2027-06-09', '21:58')), true)
    assert.equal(isDue(it, at('Europe/London', '2027-06-09', '22:01')), false, 'a job that is late does not wake anybody')
    assert.equal(isDue(it, at('Europe/London', '2027-06-10', '06:30')), false)
  })

  test('ten minutes before, it comes at any hour', () => {
    const it = coming('Europe/London', '2027-06-10', '03:00', { ...quiet, lead: 10 })
    assert.equal(isDue(it, at('Europe/London', '2027-06-10', '02:50')), true)
  })

  test('at the edges: quiet from its first minute on, and no longer at its last', () => {
    assert.equal(
      dueAt(coming('Europe/London', '2027-06-10', '23:00', quiet)).getTime(),
      at('Europe/London', '2027-06-10', '21:57').getTime(),
    )
    assert.equal(
      dueAt(coming('Europe/London', '2027-06-10', '08:00', quiet)).getTime(),
      at('Europe/London', '2027-06-10', '07:00').getTime(),
    )
    const byDay = { quiet_from: '13:00:00', quiet_until: '14:00:00' }
    assert.equal(
      dueAt(coming('Europe/London', '2027-06-10', '14:30', byDay)).getTime(),
      at('Europe/London', '2027-06-10', '12:57').getTime(),
    )
  })

  // By the clock on the wall, in the nights in which it is changed. The meeting is at 7:30; an hour before falls into quiet hours.
  for (const [zone, night, before] of [
    ['Europe/London', '2027-03-28', '2027-03-27T21:57:00.000Z'], // the clocks go forward: 22:00 was still winter time
    ['Europe/London', '2027-10-31', '2027-10-30T20:57:00.000Z'],
    ['America/New_York', '2027-03-14', '2027-03-14T02:57:00.000Z'],
    ['America/New_York', '2027-11-07', '2027-11-07T01:57:00.000Z'],
    ['Australia/Lord_Howe', '2027-10-03', '2027-10-02T11:27:00.000Z'],
    ['Asia/Kolkata', '2027-03-28', '2027-03-27T16:27:00.000Z'],
    ['Europe/Warsaw', '2027-03-28', '2027-03-27T20:57:00.000Z'],
  ] as const)
    test(`quiet hours through the night of ${night} in ${zone}`, () =>
      assert.equal(dueAt(coming(zone, night, '07:30', quiet)).toISOString(), before))

  test('quiet hours that begin in the hour left out begin as much later; in the hour that comes twice, the first time', () => {
    const out = coming('Europe/London', '2027-03-28', '04:00', { quiet_from: '01:30:00', quiet_until: '06:00:00' })
    assert.equal(dueAt(out).toISOString(), '2027-03-28T01:27:00.000Z') // 02:30 summer time, less three minutes
    const twice = coming('Europe/London', '2027-10-31', '04:00', { quiet_from: '01:30:00', quiet_until: '06:00:00' })
    assert.equal(dueAt(twice).toISOString(), '2027-10-31T00:27:00.000Z')
  })

  test('who has not said their zone has quiet hours in UTC', () => {
    const it = { ...coming('UTC', '2027-06-10', '07:30', quiet), zone: null }
    assert.equal(dueAt(it).toISOString(), '2027-06-09T21:57:00.000Z')
  })
})

describe('the job', async () => {
  const db = await freshDatabase()
  const { plan, release } = planning(db)
  const known = plansByKind([{ kind: 'practice.session', title: 'Practice session', tell: async () => [] }])
  const job = remindBy(() => known)
  const run = () =>
    job.run({
      data: {},
      database: { read: (ask) => db.database.read(theServer, ask), write: (act) => db.database.write(theServer, act) },
      configuration: configure({}),
      signal: new AbortController().signal,
      log: logger('silent'),
    })
  /** Planned two days ago, so that what is due now was due after it. */
  const longAgo = (meeting: string) =>
    db.sql(`update scheduling.commitments set since = now() - interval '2 days' where meeting_id = $1`, [meeting])
  const told = async (id: string) =>
    (await db.sql<{ urgency: string }>(`select urgency from notices.notices where person_id = $1 order by made_at`, [id])).map(
      ({ urgency }) => urgency,
    )
  const mailed = async (id: string) =>
    (await db.sql(`select from mail.messages where user_id = $1 and kind = 'scheduling.reminder'`, [id])).length

  test('tells each person once, however often it runs, and however many run at once', async () => {
    const [ada, bo] = [await someone(db, 'ada'), await someone(db, 'bo')]
    await longAgo(await plan([ada.id, bo.id], 59 / 60))
    await Promise.all([run(), run(), run()])
    await run()
    for (const who of [ada, bo]) assert.deepEqual([await told(who.id), await mailed(who.id)], [['soon'], 1])
  })

  test('says ten minutes before what is urgent, without a mail', async () => {
    const cy = await someone(db, 'cy')
    await longAgo(await plan([cy.id], 9.5 / 60))
    await run()
    assert.deepEqual([await told(cy.id), await mailed(cy.id)], [['now'], 0])
    const [notice] = await db.sql<{ title: string }>('select title, leads_to from notices.notices where person_id = $1', [cy.id])
    assert.match(notice!.title, /^Practice session, /)
  })

  test('says when by the clocks of the person’s own zone, in the notice and in the mail', async () => {
    const kay = await someone(db, 'kay')
    await db.sql(`update identity.accounts set zone = 'Asia/Kathmandu' where user_id = $1`, [kay.id])
    const meeting = await plan([kay.id], 59 / 60)
    await longAgo(meeting)
    await run()
    const [{ at }] = (await db.sql<{ at: string }>('select lower(during) as at from scheduling.meetings where id = $1', [meeting])) as [
      { at: string },
    ]
    const { clock } = wallOf(at, 'Asia/Kathmandu')
    const [notice] = await db.sql<{ title: string }>('select title from notices.notices where person_id = $1', [kay.id])
    assert.ok(notice!.title.endsWith(` at ${clock}`), notice!.title)
    const [mail] = await db.sql<{ subject: string; text: string }>('select subject, text from mail.messages where user_id = $1', [kay.id])
    assert.equal(mail!.subject, notice!.title)
    assert.match(mail!.text, /Times are those of Asia\/Kathmandu\./)
  })

  test('reminds anew of what was moved, and not of its old time', async () => {
    const dot = await someone(db, 'dot')
    const meeting = await plan([dot.id], 59 / 60)
    await longAgo(meeting)
    await run()
    await db.sql('select private.move($1, $2, $3, $4)', [meeting, planning(db).span(23.9), [], []])
    await longAgo(meeting)
    await run()
    assert.equal((await told(dot.id)).length, 2)
    assert.deepEqual(
      (await db.sql<{ lead: number }>('select lead from scheduling.reminded where person_id = $1 order by told_at', [dot.id])).map(
        ({ lead }) => lead,
      ),
      [60, 1440],
    )
  })

  test('says nothing of what is off, held, not chosen, planned too late for it, or too late to say', async () => {
    const people = await Promise.all(['eve', 'finn', 'gus', 'hal'].map((name) => someone(db, name)))
    const [eve, finn, gus, hal] = people.map(({ id }) => id) as [string, string, string, string]
    const off = await plan([eve], 59 / 60)
    await longAgo(off)
    await release(off)
    await longAgo(await plan([finn], 59 / 60, { held: new Date(Date.now() + 600_000) }))
    await db.sql('insert into scheduling.choices (person_id, hour_before) values ($1, false)', [gus])
    await longAgo(await plan([gus], 59 / 60))
    await plan([hal], 59 / 60)
    const lou = (await someone(db, 'lou')).id // an hour before was twenty minutes ago, and no worker ran
    await longAgo(await plan([lou], 40 / 60))
    await run()
    for (const id of [eve, finn, gus, hal, lou]) assert.deepEqual(await told(id), [])
  })

  test('was killed between the note and the commit: then nothing was said, and the next run says it', async () => {
    const ivo = await someone(db, 'ivo')
    await longAgo(await plan([ivo.id], 59 / 60))
    await assert.rejects(
      job.run({
        data: {},
        database: {
          read: (ask) => db.database.read(theServer, ask),
          write: (act) =>
            db.database.write(theServer, async (tx) => {
              await act(tx)
              throw new Error('killed')
            }),
        },
        configuration: configure({}),
        signal: new AbortController().signal,
        log: logger('silent'),
      }),
      /killed/,
    )
    assert.deepEqual(await told(ivo.id), [])
    await run()
    await run()
    assert.deepEqual(await told(ivo.id), ['soon'])
  })

  test('keeps to quiet hours in the person’s own zone', async () => {
    const jan = await someone(db, 'jan')
    await db.sql(`update identity.accounts set zone = 'Asia/Kolkata' where user_id = $1`, [jan.id])
    // Quiet for all hours but the next two minutes' worth before now: whatever is due now falls into them.
    await db.sql(
      `insert into notices.choices (person_id, quiet_from, quiet_until)
       select $1, ((now() - interval '5 hours') at time zone 'Asia/Kolkata')::time, ((now() + interval '5 hours') at time zone 'Asia/Kolkata')::time`,
      [jan.id],
    )
    await longAgo(await plan([jan.id], 59 / 60))
    await longAgo(await plan([jan.id], 23.9))
    await longAgo(await plan([jan.id], 9.5 / 60 - 1))
    await run()
    assert.deepEqual(await told(jan.id), [])
    const urgent = await someone(db, 'urgent')
    await db.sql(`insert into notices.choices (person_id, quiet_from, quiet_until) values ($1, '00:00', '23:59')`, [urgent.id])
    await longAgo(await plan([urgent.id], 9.5 / 60))
    await run()
    assert.deepEqual(await told(urgent.id), ['now'])
  })

  test('sweeps what nobody asks for after sixty days, and nothing before', async () => {
    const kim = await someone(db, 'kim')
    const [old, young] = [await plan([kim.id], 200), await plan([kim.id], 210)]
    await release(old)
    await release(young)
    await db.sql(`update scheduling.released set released_at = now() - interval '61 days' where meeting_id = $1`, [old])
    const swept = await db.sql<{ swept: number }>('select private.sweep_scheduling(1000) as swept')
    assert.equal(swept[0]!.swept, 1)
    assert.deepEqual(await db.sql('select meeting_id from scheduling.released where person_id = $1', [kim.id]), [{ meeting_id: young }])
  })
})
