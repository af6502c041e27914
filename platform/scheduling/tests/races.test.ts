import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import pg from 'pg'
import { connections, crowdOf, rounds } from '#tests/race.ts'
import { freshDatabase, someone } from '#tests/database.ts'

const db = await freshDatabase()
const people = await Promise.all(Array.from({ length: 8 }, (_, at) => someone(db, `p${at}`)))

// As the owner: only functions of domains claim. Whatever comes of it, nobody is twice at once, no transaction meets a
// deadlock, and nobody hears another refusal than that somebody is busy.
test('many claim, move and release the time of the same eight people at once', async (t) => {
  const pool = crowdOf(db, t)
  const allowed = new Set(['first_is_busy', 'second_is_busy', 'person_is_busy', 'meeting_has_changed'])
  const claim = `select private.claim($1, 'sample.meeting', $2, $3, array['first_is_busy', 'second_is_busy'])`
  const move = `select private.move($1, $2, $3, array['first_is_busy', 'second_is_busy'])`
  const refused: string[] = []
  for (let round = 0; round < rounds; round++) {
    const date = new Date(Date.UTC(2027, 0, 1 + round)).toISOString().slice(0, 10)
    const at = (from: string, to: string) => `[${date} ${from}Z,${date} ${to}Z)`
    const outcomes = await Promise.allSettled(
      Array.from({ length: connections }, async (_, n) => {
        const [one, other] = [people[n % 8]!.id, people[(n + 1 + ((n * 3 + round) % 7)) % 8]!.id]
        const [meeting, persons] = [randomUUID(), n % 2 ? [one, other] : [other, one]]
        await pool.query(claim, [meeting, at(`${9 + (n % 3)}:${n % 2 ? '00' : '30'}`, `${10 + (n % 3)}:15`), persons])
        if (n % 3 === 0) await pool.query(move, [meeting, at('13:00', '14:00'), persons])
        if (n % 5 === 0) await pool.query('select private.release($1)', [meeting])
      }),
    )
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') {
        const { constraint, message } = outcome.reason as pg.DatabaseError
        refused.push(constraint ?? message)
      }
  }
  assert.deepEqual(
    refused.filter((name) => !allowed.has(name)),
    [],
  )
  assert.ok(refused.length > 0 && refused.length < rounds * connections)
  const twice = await db.sql(`select from scheduling.commitments a join scheduling.commitments b using (person_id)
    where a.meeting_id < b.meeting_id and a.during && b.during`)
  assert.equal(twice.length, 0)
  t.diagnostic(`race: ${t.name}: ${rounds} rounds of ${connections}: ${refused.length} found somebody busy`)
})

// What calendars outside are told, while everybody plans at once: whoever is free again has a row of it, with a sequence above all that
// they heard before, and whoever is committed has none. Each looks at their own calendar meanwhile, as a feed does.
test('whoever looks while others claim, move and release hears of each meeting once, in sequences that only count up', async (t) => {
  const pool = crowdOf(db, t)
  const meetings = Array.from({ length: 6 }, () => randomUUID())
  const allowed = new Set(['first_is_busy', 'second_is_busy', 'person_is_busy', 'meeting_has_changed', 'meeting_is_at_another_time'])
  const heard = new Map<string, { sequence: number; said: string }>()
  let changes = 0
  const look = async (person: string) => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify({ sub: person })])
      const { rows } = await client.query<{ id: string; sequence: number; off: boolean; at: string }>(
        `select meeting_id as id, sequence, "off", starts_at::text as at from private.my_calendar('[2031-01-01,2032-01-01)')`,
      )
      await client.query('commit')
      assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, 'twice')
      return rows
    } finally {
      client.release()
    }
  }
  const at = (n: number) => `[2031-02-${10 + (n % 15)} 09:00Z,2031-02-${10 + (n % 15)} 10:00Z)`
  for (let round = 0; round < rounds; round++) {
    const outcomes = await Promise.allSettled(
      Array.from({ length: connections }, async (_, n) => {
        const [one, other] = [people[n % 8]!.id, people[(n + 1 + (round % 7)) % 8]!.id]
        const meeting = meetings[(n + round) % meetings.length]!
        if (n % 4 === 0) await pool.query('select private.release($1, array[$2::uuid])', [meeting, one])
        else if (n % 4 === 1)
          await pool.query(`select private.move($1, $2, '{}', '{}') from scheduling.meetings where id = $1`, [meeting, at(n + round)])
        else if (n % 4 === 2)
          await pool.query(
            `select private.claim($1, 'sample.meeting', coalesce((select during from scheduling.meetings where id = $1), $2::tstzrange), $3,
               array['first_is_busy', 'second_is_busy'])`,
            [meeting, at(n), [one, other]],
          )
        else {
          const rows = await look(one)
          return { one, rows }
        }
        return undefined
      }),
    )
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') {
        const { constraint, message } = outcome.reason as pg.DatabaseError
        assert.ok(allowed.has(constraint ?? ''), constraint ?? message)
      }
    for (const { id } of people)
      for (const { id: meeting, sequence, off, at: when } of await look(id)) {
        const [key, said] = [`${id} ${meeting}`, `${off} ${when}`]
        const before = heard.get(key)
        if (before)
          assert.ok(
            sequence > before.sequence || (sequence === before.sequence && said === before.said),
            `${key}: ${before.said} → ${said}`,
          )
        if (before && before.said !== said) changes++
        heard.set(key, { sequence, said })
      }
  }
  const both = await db.sql(
    'select from scheduling.released r join scheduling.commitments c using (meeting_id, person_id) where c.held_until is null',
  )
  assert.equal(both.length, 0)
  const ahead = await db.sql(
    'select from scheduling.released r join scheduling.meetings m on m.id = r.meeting_id where r.sequence > m.sequence',
  )
  assert.equal(ahead.length, 0)
  const apart = await db.sql(
    'select from scheduling.commitments c join scheduling.meetings m on m.id = c.meeting_id where c.during <> m.during',
  )
  assert.equal(apart.length, 0)
  assert.ok(changes > 0)
  t.diagnostic(`race: ${t.name}: ${rounds} rounds of ${connections}: ${changes} changes heard`)
})
