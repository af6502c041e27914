import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import { connections, crowdOf, type Outcome, type Racer, rounds, startingLine, tell } from '#tests/race.ts'
import { cvOf, uploadOf } from './scene.ts'

const db = await freshDatabase()
const state = async (person: string) =>
  (
    await db.sql<{ current: number; same: boolean }>(
      `select (select count(*)::integer from interviews.cv_uploads c where c.user_id = p.user_id and c.is_current_cv) as current,
         p.cv_text_content is not distinct from (select cv_text from interviews.cv_uploads c where c.user_id = p.user_id and c.is_current_cv) as same
       from interviews.profiles p where p.user_id = $1`,
      [person],
    )
  )[0]

test('many CVs are marked current at once: all go through, one is current, and the text is its text', async (t) => {
  const { race, close } = await startingLine(db)
  t.after(close)
  const outcomes: Outcome[] = []
  for (let round = 0; round < rounds; round++) {
    const { id, acting } = await someone(db, 'ifeoma')
    const cvs = await Promise.all(Array.from({ length: 10 }, (_, n) => cvOf(db, id, { current: n === 0, text: `CV ${n}` })))
    const outcome = await race(
      Array.from({ length: connections }, (_, n) => ({ as: acting, does: 'select private.make_cv_current($1)', with: [cvs[n % 10]] })),
    )
    assert.deepEqual(outcome.refused, {})
    assert.deepEqual(await state(id), { current: 1, same: true })
    outcomes.push(outcome)
  }
  tell(t, outcomes)
})

test('many replace, choose, delete and change their profile at once, and the server reads', async (t) => {
  const { race, close } = await startingLine(db)
  t.after(close)
  const outcomes: Outcome[] = []
  for (let round = 0; round < rounds; round++) {
    const { id, acting } = await someone(db, 'ifeoma')
    const cvs = await Promise.all(
      Array.from({ length: 5 }, async (_, n) => cvOf(db, id, { current: n === 0, text: `CV ${n}`, file: await uploadOf(db, id) })),
    )
    const files = await Promise.all(Array.from({ length: Math.ceil(connections / 4) }, () => uploadOf(db, id)))
    const outcome = await race(
      Array.from({ length: connections }, (_, n): Racer => {
        if (n % 4 === 0) return { as: acting, does: 'select private.replace_cv($1)', with: [files[n / 4]] }
        if (n % 4 === 1) return { as: acting, does: 'select private.make_cv_current($1)', with: [cvs[n % 5]] }
        if (n % 4 === 2) return { as: acting, does: 'update interviews.profiles set years_of_experience = $1', with: [n % 40] }
        if (n % 8 === 7) return { as: theServer, does: 'select private.note_cv_text($1, $2)', with: [cvs[n % 5], `CV read ${n}`] }
        return { as: acting, does: 'select private.delete_cv($1)', with: [cvs[n % 3]] }
      }),
    )
    assert.deepEqual(
      Object.keys(outcome.refused).filter((name) => !['no_such_cv', 'too_many_cvs'].includes(name)),
      [],
    )
    const now = await state(id)
    assert.ok(now!.current <= 1 && now!.same, JSON.stringify(now))
    outcomes.push(outcome)
  }
  tell(t, outcomes)
})

test('what no function guards, the key does: many current CVs inserted at once are one', async (t) => {
  const pool = crowdOf(db, t)
  for (let round = 0; round < rounds; round++) {
    const { id } = await someone(db, 'ifeoma')
    const outcomes = await Promise.allSettled(
      Array.from({ length: connections }, (_, n) =>
        pool.query(`insert into interviews.cv_uploads (user_id, file_name, storage_path) values ($1::uuid, 'cv.pdf', $1::text || $2)`, [
          id,
          n,
        ]),
      ),
    )
    const refused = outcomes.flatMap((o) => (o.status === 'rejected' ? [(o.reason as pg.DatabaseError).constraint] : []))
    assert.deepEqual([refused.length, new Set(refused)], [connections - 1, new Set(['one_current_cv'])])
  }
})
