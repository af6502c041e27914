import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'
import { completedOf, cvOf, feedbackOn, uploadOf, words } from './scene.ts'

const db = await freshDatabase()
const [ifeoma, jonas, ruth] = [await someone(db, 'ifeoma'), await someone(db, 'jonas'), await someone(db, 'ruth')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
const attempt = <R extends Role>(acting: Acting<R>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }

const cv = await cvOf(db, ifeoma.id, { text: words })
const { interview, answer } = await completedOf(db, ifeoma.id)
await feedbackOn(db, interview, ifeoma.id, [{ answer_id: answer, judgement: 'A fact.', quote: 'here is the number' }])
const tables = ['profiles', 'cv_uploads', 'interview_sessions', 'interview_questions', 'interview_answers', 'ai_feedback']

for (const table of tables)
  test(`${table} are the applicant’s alone: not another’s, not an administrator’s`, async () => {
    const all = `select * from interviews.${table}`
    assert.equal((await attempt(ifeoma.acting, all)).length, 1)
    assert.equal((await attempt(jonas.acting, all)).length, 0)
    assert.equal((await attempt(ruth.acting, all)).length, 0)
    assert.equal((await attempt(theServer, all)).length, 1)
    await assert.rejects(attempt(aStranger, all), notAllowed)
  })

test('a profile is begun and changed by its person', async () => {
  await attempt(jonas.acting, `insert into interviews.profiles (user_id, full_name) values ('${jonas.id}', 'Jonas')`)
  await attempt(jonas.acting, `update interviews.profiles set key_skills = '{"Acting"}'`)
  const rows = await db.sql(
    'select full_name, key_skills, updated_at > created_at as later from interviews.profiles where key_skills is not null',
  )
  assert.deepEqual(rows, [{ full_name: 'Jonas', key_skills: ['Acting'], later: true }])
})

test('and by nobody else, nor is its CV text written by hand', async () => {
  await assert.rejects(attempt(jonas.acting, `insert into interviews.profiles (user_id) values ('${ruth.id}')`), notAllowed)
  await attempt(ruth.acting, `update interviews.profiles set full_name = 'Nobody'`)
  assert.deepEqual(await db.sql(`select from interviews.profiles where full_name = 'Nobody'`), [])
  for (const text of [
    `update interviews.profiles set cv_text_content = 'A surgeon'`,
    `insert into interviews.profiles (user_id, cv_text_content) values ('${jonas.id}', 'A surgeon')`,
    `update interviews.profiles set user_id = '${jonas.id}'`,
    'delete from interviews.profiles',
  ])
    await assert.rejects(attempt(ifeoma.acting, text), notAllowed)
})

describe('nobody', () => {
  for (const text of [
    `insert into interviews.cv_uploads (user_id, file_name, storage_path) values ('${ifeoma.id}', 'cv.pdf', 'x')`,
    'update interviews.cv_uploads set is_current_cv = true',
    `update interviews.cv_uploads set cv_text = 'A surgeon'`,
    'delete from interviews.cv_uploads',
    `insert into interviews.interview_sessions (user_id) values ('${ifeoma.id}')`,
    `update interviews.interview_sessions set status = 'completed'`,
    `update interviews.interview_sessions set meeting_id = null`,
    'delete from interviews.interview_sessions',
    `insert into interviews.interview_questions (session_id, question_text, question_order, source) values ('${interview}', 'Why?', 2, 'bank')`,
    `update interviews.interview_answers set answer_transcript_text = 'Better.'`,
    `update interviews.ai_feedback set overall_score_qualitative = 'Excellent'`,
    'delete from interviews.ai_feedback',
    'truncate interviews.ai_feedback',
    `select private.one_cv_at_a_time('${ifeoma.id}')`,
    `select private.note_cv_text('${cv}', 'A surgeon')`,
    `select private.erase_interviews('${ifeoma.id}')`,
  ])
    test(`may ${text}`, async () => {
      for (const who of [ifeoma.acting, jonas.acting, ruth.acting]) await assert.rejects(attempt(who, text), notAllowed)
      await assert.rejects(attempt(aStranger, text), notAllowed)
    })
})

test('the server reads; what it writes it writes through functions', async () => {
  for (const table of tables) await assert.rejects(attempt(theServer, `delete from interviews.${table}`), notAllowed)
  await assert.rejects(attempt(theServer, `update interviews.cv_uploads set cv_text = 'A surgeon'`), notAllowed)
})

test('the CV of one is no CV to another: neither to make current nor to delete nor to read into', async () => {
  for (const call of ['make_cv_current', 'delete_cv'])
    await assert.rejects(attempt(jonas.acting, `select private.${call}('${cv}')`), { constraint: 'no_such_cv' })
  await assert.rejects(attempt(theServer, `select private.note_cv_text(gen_random_uuid(), 'x')`), { constraint: 'no_such_cv' })
  const file = await uploadOf(db, ifeoma.id)
  await assert.rejects(attempt(jonas.acting, `select private.replace_cv('${file}')`), { constraint: 'no_such_file' })
  await assert.rejects(attempt(aStranger, `select private.replace_cv('${file}')`), notAllowed)
})

// Last, and here because it must hold under every kind of owner.
test('a CV is replaced, read, chosen and deleted, and all of it is erased', async () => {
  const one = async () =>
    String((await attempt(ifeoma.acting, `select private.replace_cv('${await uploadOf(db, ifeoma.id)}') as id`))[0]!['id'])
  const [second, third] = [await one(), await one()]
  await attempt(theServer, `select private.note_cv_text('${second}', 'A nurse')`)
  await attempt(ifeoma.acting, `select private.make_cv_current('${second}')`)
  assert.deepEqual(await attempt(ifeoma.acting, 'select cv_text_content from interviews.profiles'), [{ cv_text_content: 'A nurse' }])
  await attempt(ifeoma.acting, `select private.delete_cv('${third}')`)
  assert.equal((await db.sql('select from files.objects where expires_at <= now() and owner_id = $1', [ifeoma.id])).length, 1)
  await attempt(theServer, `select private.erase_interviews('${ifeoma.id}')`)
  for (const table of tables) assert.deepEqual(await attempt(ifeoma.acting, `select from interviews.${table}`), [], table)
})
