import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filesOfPerson } from '#platform/files/person.ts'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import { interviewsOfPerson } from '../person.ts'
import { completedOf, cvOf, feedbackOn, interviewOf, uploadOf, words } from './scene.ts'

const db = await freshDatabase()
const [ifeoma, jonas] = [await someone(db, 'ifeoma'), await someone(db, 'jonas')]
const meeting = crypto.randomUUID()
for (const { id, acting } of [ifeoma, jonas]) {
  const file = await uploadOf(db, id)
  await db.database.write(acting, (tx) => tx.call('private.replace_cv', { file }))
  await db.sql('update interviews.cv_uploads set cv_text = $2 where user_id = $1', [id, words])
  await cvOf(db, id, { current: false })
  const { interview, answer } = await completedOf(db, id)
  await feedbackOn(db, interview, id, [{ answer_id: answer, judgement: 'A fact.', quote: 'here is the number' }])
  await interviewOf(db, id, 'pending')
}
await db.sql(
  `select private.claim($1, 'interviews.interview', '[2027-01-01 10:00Z,2027-01-01 11:00Z)', array[$2::uuid], array['you_are_busy'])`,
  [meeting, ifeoma.id],
)
await db.sql(`update interviews.interview_sessions set meeting_id = $1 where user_id = $2 and status = 'pending'`, [meeting, ifeoma.id])
const exported = (id: string) => db.database.read(theServer, (tx) => interviewsOfPerson.export(tx, id))
const erase = (id: string) => db.database.write(theServer, (tx) => interviewsOfPerson.erase(tx, id))

test('Ifeoma takes along all that is hers, and nothing of Jonas’s', async () => {
  const all = await exported(ifeoma.id)
  assert.deepEqual(
    Object.entries(all).map(([name, rows]) => [name, rows.length]),
    [
      ['profiles', 1],
      ['cvs', 2],
      ['interviews', 2],
      ['questions', 1],
      ['answers', 1],
      ['feedback', 1],
    ],
  )
  const text = JSON.stringify(all)
  for (const word of ['sepsis checklist', 'here is the number', 'A fact.']) assert.ok(text.includes(word), word)
  assert.ok(!text.includes(jonas.id))
})

test('erased, nothing of her is left, her time is free, and everything of Jonas’s stands', async () => {
  const jonass = await exported(jonas.id)
  await db.database.write(theServer, (tx) => filesOfPerson.erase(tx, ifeoma.id)) // whose turn comes earlier
  await erase(ifeoma.id)
  for (const table of ['profiles', 'cv_uploads', 'interview_sessions', 'interview_answers', 'ai_feedback'])
    assert.deepEqual(await db.sql(`select from interviews.${table} where user_id = $1`, [ifeoma.id]), [], table)
  assert.deepEqual(await db.sql('select released_at is not null as released from scheduling.meetings where id = $1', [meeting]), [
    { released: true },
  ])
  await db.database.write(theServer, (tx) => tx.rows('private.sweep_files', { most: 99 }))
  assert.deepEqual(await db.sql('select from files.objects where owner_id = $1', [ifeoma.id]), [])
  assert.deepEqual(await exported(jonas.id), jonass)
})

test('once more changes nothing', async () => {
  await erase(ifeoma.id)
  assert.deepEqual((await exported(ifeoma.id))['profiles'], [])
})
