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
