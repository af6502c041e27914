import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase, theServer } from '#tests/database.ts'
import { followAddress } from '../jobs.ts'
import {
  aCrowd,
  anAdministrator,
  aPatient,
  asked,
  asking,
  aVerifiedDoctor,
  block,
  linked,
  outcome,
  refused,
  tally,
  type Person,
} from './scene.ts'

const db = await freshDatabase()
const does = asking(db.database)
const ruth = await anAdministrator(db)
const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')

type Reading = Record<string, unknown>
const aReading = (over: Reading = {}): Reading => ({
  metric_name: 'pulse',
  timestamp: '2026-03-01T08:00:00Z',
  value: 72,
  source: 'Watch',
  zone_offset: 60,
  ...over,
})
const record = (who: Person, ...readings: Reading[]) =>
  does<{ changed: number }>(who.acting, sql`select private.record_readings(${JSON.stringify(readings)}::jsonb) as changed`).then(
    ([row]) => row!.changed,
  )
const aggregate = (who: Person, ...aggregates: Reading[]) =>
  does<{ changed: number }>(who.acting, sql`select private.record_aggregates(${JSON.stringify(aggregates)}::jsonb) as changed`).then(
    ([row]) => row!.changed,
  )
const view = (doctor: Person, patient: Person, metrics = ['pulse']) =>
  does<{ kind: string; value: number }>(
    doctor.acting,
    sql`select kind, value from private.view_record(${patient.id}::uuid, ${metrics}::text[], '2026-01-01', '2027-01-01')`,
  )
const views = (of: Person) =>
  db.sql<{ actor: string; details: object }>(
    `select actor, details from audit.entries where action = 'care.record-viewed' and subject_id = $1`,
    [of.id],
  )

describe('a reading', () => {
  test('that arrives twice is one, and changes nothing', async () => {
    const daniel = await aPatient(db, 'Daniel')
    assert.equal(await record(daniel, aReading(), aReading({ timestamp: '2026-03-01T08:01:00Z' })), 2)
    assert.equal(await record(daniel, aReading(), aReading({ timestamp: '2026-03-01T08:01:00Z' })), 0)
    assert.equal(await record(daniel, aReading({ value: 73 })), 1)
    assert.deepEqual(await does(daniel.acting, 'select value from care.health_realtime order by timestamp'), [{ value: 73 }, { value: 72 }])
  })

  test('of no known source is one, too; of another source another; and of two in one call the later counts', async () => {
    const daniel = await aPatient(db, 'Daniel')
    assert.equal(await record(daniel, aReading({ source: null }), aReading({ source: null, value: 80 }), aReading({ source: 'Phone' })), 2)
    assert.equal(await record(daniel, aReading({ source: null, value: 80 })), 0)
    assert.deepEqual(await does(daniel.acting, 'select value from care.health_realtime where source is null'), [{ value: 80 }])
  })

  test('bears the address of whose it is, whatever is sent along', async () => {
    const [daniel, mei] = [await aPatient(db, 'Daniel'), await aPatient(db, 'Mei')]
    await record(daniel, aReading({ user_id: mei.id, email: 'mei@example.test' }))
    const [row] = await db.sql(
      'select h.user_id, h.email = u.email as theirs from care.health_realtime h join auth.users u on u.id = h.user_id where u.id = $1',
      [daniel.id],
    )
    assert.deepEqual(row, { user_id: daniel.id, theirs: true })
    assert.deepEqual(await does(mei.acting, 'select id from care.health_realtime'), [])
  })

  test('is a number of a metric at a time on earth', async () => {
    const daniel = await aPatient(db, 'Daniel')
    for (const [over, name] of [
      [{ metric_name: 'Pulse!' }, 'metric_is_a_word'],
      [{ value: 'NaN' }, 'value_is_a_number'],
      [{ value: 'Infinity' }, 'value_is_a_number'],
      [{ source: '' }, 'source_is_short'],
      [{ zone_offset: 900 }, 'zone_offset_is_on_earth'],
      [{ statistics: { mean: 'high' } }, 'statistics_are_numbers'],
      [{ statistics: { note: 1 } }, 'statistics_are_numbers'],
      [{ statistics: [1] }, 'statistics_are_numbers'],
      [{ timestamp: '2999-01-01T00:00:00Z' }, 'reading_from_the_future'],
    ] as const) {
      await assert.rejects(record(daniel, aReading(over)), refused(name), name)
      await assert.rejects(aggregate(daniel, aReading(over)), refused(name), name)
    }
    await assert.rejects(record(daniel, ...Array.from({ length: 5001 }, () => aReading())), refused('too_many_readings'))
    assert.equal(await record(daniel, aReading({ statistics: { min: 60, max: 90 } })), 1)
  })

  test('of an hour or a day is kept the same way', async () => {
    const daniel = await aPatient(db, 'Daniel')
    const day = aReading({ metric_name: 'steps', value: 8_000, units: 'steps', statistics: { sum: 8_000, count: 24 } })
    assert.equal(await aggregate(daniel, day), 1)
    assert.equal(await aggregate(daniel, day), 0)
    assert.equal(await aggregate(daniel, { ...day, value: 8_100 }), 1)
    assert.deepEqual(await does(daniel.acting, 'select value, units, zone_offset from care.health_aggregated'), [
      { value: 8_100, units: 'steps', zone_offset: 60 },
    ])
  })

  test('is taken back by whose it is', async () => {
    const [daniel, mei] = [await aPatient(db, 'Daniel'), await aPatient(db, 'Mei')]
    await record(daniel, aReading())
    await does(mei.acting, 'delete from care.health_realtime')
    assert.equal((await does(daniel.acting, 'select id from care.health_realtime')).length, 1)
    await does(daniel.acting, 'delete from care.health_realtime')
    assert.deepEqual(await db.sql('select from care.health_realtime where user_id = $1', [daniel.id]), [])
  })
})

describe('a record', async () => {
  const daniel = await aPatient(db, 'Daniel')
  const { link } = await linked(db, daniel, leila)
  await record(daniel, aReading())
  await aggregate(daniel, aReading({ value: 70 }))

  test('is seen by the doctor, who leaves one entry for each view: not what was looked for', async () => {
    assert.deepEqual(
      (await view(leila, daniel)).toSorted((a, b) => a.value - b.value),
      [
        { kind: 'aggregated', value: 70 },
        { kind: 'realtime', value: 72 },
      ],
    )
    assert.deepEqual(await view(leila, daniel, ['weight']), [])
    assert.deepEqual(await views(daniel), [
      { actor: leila.id, details: { link } },
      { actor: leila.id, details: { link } },
    ])
  })

  test('is seen by no other doctor, patient or administrator', async () => {
    const another = await aVerifiedDoctor(db, ruth, 'Another')
    await asked(db, daniel, another)
    for (const who of [another, ruth, await aPatient(db, 'Mei'), daniel])
      await assert.rejects(view(who, daniel), refused('link_not_active'))
    assert.equal((await views(daniel)).length, 2)
  })

  test('of a doctor who is a patient elsewhere is not seen by their own patient', async () => {
    await record(leila, aReading())
    await assert.rejects(view(daniel, leila), refused('link_not_active'))
  })

  test('is cut with the link', async () => {
    await does(daniel.acting, `select private.end_link(${link})`)
    await assert.rejects(view(leila, daniel), refused('link_not_active'))
    await does(daniel.acting, `select private.ask_doctor('${leila.id}')`)
    await assert.rejects(view(leila, daniel), refused('link_not_active'))
    await does(leila.acting, `select private.accept_patient(${link})`)
    await view(leila, daniel)
    await block(db, daniel, leila)
    await assert.rejects(view(leila, daniel), refused('link_not_active'))
  })
})

describe('an address', () => {
  const changeAddress = (of: Person, email: string) => db.sql('update auth.users set email = $2 where id = $1', [of.id, email])
  const addresses = (of: Person) =>
    db.sql(
      'select email, count(*)::integer as many from (select email from care.health_realtime where user_id = $1 union all select email from care.health_aggregated where user_id = $1) all_of_them group by email order by many',
      [of.id],
    )

  test('that changes is changed beside each reading', async () => {
    const daniel = await aPatient(db, 'Daniel')
    await record(daniel, aReading(), aReading({ metric_name: 'weight' }))
    await aggregate(daniel, aReading())
    await changeAddress(daniel, 'new.daniel@example.test')
    assert.deepEqual(await addresses(daniel), [{ email: 'new.daniel@example.test', many: 3 }])
  })

  test('follows by a job where there are very many', async () => {
    const daniel = await aPatient(db, 'Daniel')
    await db.sql(
      `insert into care.health_realtime (user_id, email, metric_name, timestamp, value, zone_offset)
       select $1, 'old@example.test', 'pulse', now() - make_interval(mins => n), 70, 0 from generate_series(1, 20500) n`,
      [daniel.id],
    )
    await changeAddress(daniel, 'newer.daniel@example.test')
    assert.deepEqual(await addresses(daniel), [
      { email: 'old@example.test', many: 500 },
      { email: 'newer.daniel@example.test', many: 20_000 },
    ])
    const [queued] = await db.sql<{ data: { person: string } }>(`select data from jobs.queued where name = 'care.follow-address'`)
    const database = { read: () => Promise.reject(new Error('it only writes')), write: (run: never) => db.database.write(theServer, run) }
    await followAddress.run({ data: queued!.data, database, signal: new AbortController().signal } as never)
    assert.deepEqual(await addresses(daniel), [{ email: 'newer.daniel@example.test', many: 20_500 }])
  })
})

describe('at once', () => {
  const crowd = aCrowd(db)

  test('fifty uploads of the same hour are that hour once, and hold nobody up for good', async () => {
    for (let round = 0; round < 5; round++) {
      const daniel = await aPatient(db, 'Daniel')
      const hour = Array.from({ length: 60 }, (_, n) => aReading({ timestamp: new Date(Date.UTC(2026, 2, 1, 9, n)).toISOString() }))
      const upload = (n: number) => JSON.stringify(n % 2 ? hour : hour.toReversed())
      await Promise.all(
        Array.from({ length: 50 }, (_, n) => crowd(daniel.acting, sql`select private.record_readings(${upload(n)}::jsonb)`)),
      )
      assert.equal((await db.sql('select from care.health_realtime where user_id = $1', [daniel.id])).length, 60)
    }
  })

  test('a doctor who looks while the patient ends it has looked before, on record, or not at all', async () => {
    for (let round = 0; round < 5; round++) {
      const daniel = await aPatient(db, 'Daniel')
      const { link } = await linked(db, daniel, leila)
      await record(daniel, aReading())
      const look = () =>
        outcome(crowd(leila.acting, sql`select from private.view_record(${daniel.id}::uuid, '{pulse}', '2026-01-01', '2027-01-01')`))
      const said = await Promise.all([
        ...Array.from({ length: 25 }, look),
        outcome(crowd(daniel.acting, `select private.end_link(${link})`)),
        ...Array.from({ length: 24 }, look),
      ])
      const { done = 0, link_not_active: late = 0 } = tally(said)
      assert.equal(done + late, 50)
      assert.equal((await views(daniel)).length, done - 1)
    }
  })
})
