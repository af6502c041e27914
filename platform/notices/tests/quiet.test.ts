import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase, someone } from '#tests/database.ts'

const db = await freshDatabase()

/** Somebody in this zone, for whom it is quiet from … until …, as the database reckons it at an instant. */
async function somebodyQuiet(zone: string | null, from: string, until: string) {
  const { id } = await someone(db)
  await db.sql('update identity.accounts set zone = $2 where user_id = $1', [id, zone])
  await db.sql('insert into notices.choices (person_id, quiet_from, quiet_until) values ($1, $2, $3)', [id, from, until])
  return async (at: string) => {
    const [row] = await db.sql<{ until: string | null; quiet: boolean }>(
      'select private.quiet_until($1, $2) as until, private.is_quiet($1, $2) as quiet',
      [id, at],
    )
    assert.equal(row!.quiet, row!.until !== null)
    return row!.until
  }
}

test('a night is quiet from its first minute on, and over at its last', async () => {
  const quiet = await somebodyQuiet('Europe/London', '22:00', '07:00')
  assert.equal(await quiet('2026-01-10T21:59:59Z'), null)
  assert.equal(await quiet('2026-01-10T22:00:00Z'), '2026-01-11T07:00:00Z')
  assert.equal(await quiet('2026-01-11T00:00:00Z'), '2026-01-11T07:00:00Z')
  assert.equal(await quiet('2026-01-11T06:59:59Z'), '2026-01-11T07:00:00Z')
  assert.equal(await quiet('2026-01-11T07:00:00Z'), null)
})

test('so is a day, for whoever works at night', async () => {
  const quiet = await somebodyQuiet('Europe/London', '09:00', '17:00')
  assert.equal(await quiet('2026-01-10T08:59:00Z'), null)
  assert.equal(await quiet('2026-01-10T09:00:00Z'), '2026-01-10T17:00:00Z')
  assert.equal(await quiet('2026-01-10T17:00:00Z'), null)
})

test('without a zone it is UTC’s; without a choice no hour is quiet', async () => {
  assert.equal(await (await somebodyQuiet(null, '22:00', '07:00'))('2026-07-10T22:30:00Z'), '2026-07-11T07:00:00Z')
  const { id } = await someone(db)
  assert.deepEqual(await db.sql(`select private.is_quiet($1, now()) as quiet, private.quiet_until($1, now()) as until`, [id]), [
    { quiet: false, until: null },
  ])
})

describe('it is the wall’s clock that counts:', () => {
  for (const [zone, night, during, over] of [
    ['Europe/London', 'the clocks go forward', '2026-03-29T00:30:00Z', '2026-03-29T06:00:00Z'],
    ['Europe/London', 'the clocks go back', '2026-10-25T00:30:00Z', '2026-10-25T07:00:00Z'],
    ['America/New_York', 'the clocks go forward', '2026-03-08T06:30:00Z', '2026-03-08T11:00:00Z'],
    ['America/New_York', 'the clocks go back', '2026-11-01T05:30:00Z', '2026-11-01T12:00:00Z'],
    ['Australia/Lord_Howe', 'they go forward by half an hour', '2026-10-03T15:00:00Z', '2026-10-03T20:00:00Z'],
    ['Asia/Kolkata', 'nothing changes', '2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z'],
    ['Pacific/Chatham', 'the clocks go back by the sea', '2026-04-04T13:00:00Z', '2026-04-04T18:15:00Z'],
  ] as const)
    test(`${zone}, the night ${night}`, async () => {
      assert.equal(await (await somebodyQuiet(zone, '22:00', '07:00'))(during), over)
    })

  test('a wall time that there is not ends it an hour later on the wall, one that there is twice at the second', async () => {
    const spring = await somebodyQuiet('Europe/London', '22:00', '01:30')
    assert.equal(await spring('2026-03-29T00:30:00Z'), '2026-03-29T01:30:00Z') // 02:30 on the wall
    assert.equal(await spring('2026-10-24T23:30:00Z'), '2026-10-25T01:30:00Z')
  })

  test('and its end is always still to come', async () => {
    // The days on which clocks change somewhere.
    const days = `(values ('2026-03-07Z'::timestamptz), ('2026-03-28Z'), ('2026-04-04Z'), ('2026-10-03Z'), ('2026-10-24Z'), ('2026-10-31Z')) as days (day)`
    for (const zone of ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Chatham'])
      for (const until of ['00:30', '01:30', '02:30', '03:00', '23:59']) {
        const { id } = await someone(db)
        await db.sql('update identity.accounts set zone = $2 where user_id = $1', [id, zone])
        await db.sql(`insert into notices.choices (person_id, quiet_from, quiet_until) values ($1, '22:00', $2)`, [id, until])
        const wrong = await db.sql(
          `select at from ${days}, generate_series(day, day + interval '2 days', '11 minutes') at
           where private.quiet_until($1, at) <= at or private.quiet_until($1, at) > at + interval '27 hours'`,
          [id],
        )
        assert.deepEqual(wrong, [], `${zone}, until ${until}`)
      }
  })
})
