import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '#platform/demo/cast.ts'
import { loadDemo } from '#platform/demo/load.ts'
import { demo } from '#platform/demo/server.ts'
import { actingAs, freshDatabase } from '#tests/database.ts'
import { interviews } from '../server.ts'
import { ways } from './scene.ts'

const db = await freshDatabase()
await loadDemo(db.url(), [demo, interviews])

test('Ifeoma has an interview in every state, and feedback on the completed one', async () => {
  const rows = await db.database.read(actingAs(cast.ifeoma.id), (tx) =>
    tx
      .selectFrom('interviews.interview_sessions as s')
      .leftJoin('interviews.ai_feedback as f', 'f.session_id', 's.id')
      .select(['s.status', 'f.overall_score_qualitative as score'])
      .execute(),
  )
  assert.deepEqual(rows.map(({ status }) => status).toSorted(), Object.keys(ways).toSorted())
  assert.deepEqual(rows.find(({ score }) => score)?.status, 'completed')
})

test('her CV text is that of her current CV, and questions come from it', async () => {
  const [row] = await db.sql(
    `select p.cv_text_content = c.cv_text as same, (select count(*)::integer from interviews.interview_questions where source = 'cv') as questions
     from interviews.profiles p join interviews.cv_uploads c using (user_id) where c.is_current_cv`,
  )
  assert.equal(row!['same'], true)
  assert.ok(Number(row!['questions']) >= 4)
})

test('the interview in two days has its time, and nothing else may be planned over it', async () => {
  const again = db.sql(
    `select private.claim(gen_random_uuid(), 'sample.meeting', m.during, array[s.user_id], array['you_are_busy'])
     from interviews.interview_sessions s join scheduling.meetings m on m.id = s.meeting_id where s.status = 'pending'`,
  )
  await assert.rejects(again, { constraint: 'you_are_busy' })
})

test('nobody else of the cast sees any of it', async () => {
  for (const { id, name } of Object.values(cast).filter((one) => one !== cast.ifeoma)) {
    const seen = await db.database.read(actingAs(id), (tx) =>
      tx.all(
        tx.selectFrom('interviews.profiles').select('user_id'),
        tx.selectFrom('interviews.cv_uploads').select('id'),
        tx.selectFrom('interviews.interview_answers').select('id'),
      ),
    )
    assert.deepEqual(seen, [[], [], []], name)
  }
})
