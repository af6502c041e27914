import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

const db = await freshDatabase()
const [ada, bo, mira] = [await someone(db, 'ada'), await someone(db, 'bo'), await someone(db, 'mira')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [mira.id])
await db.sql('insert into safety.blocks (blocker_id, blocked_id) values ($1, $2)', [ada.id, bo.id])
const attempt = <R extends Role>(acting: Acting<R>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }
const report = `select private.report('person', 'x', 'spam', 'words', '{}', '${bo.id}') as id`
const [{ id } = { id: '' }] = await attempt(ada.acting, report)

test('each sees whom they block, and nobody sees who blocks them', async () => {
  assert.equal((await attempt(ada.acting, 'select blocked_id from safety.blocks')).length, 1)
  assert.equal((await attempt(bo.acting, 'select blocked_id from safety.blocks')).length, 0)
  assert.equal((await attempt(mira.acting, 'select blocked_id from safety.blocks')).length, 0)
})

test('both directions are hidden, through the function alone', async () => {
  assert.deepEqual(await attempt(ada.acting, 'select private.my_blocked() as id'), [{ id: bo.id }])
  assert.deepEqual(await attempt(bo.acting, 'select private.my_blocked() as id'), [{ id: ada.id }])
  assert.deepEqual(await attempt(mira.acting, 'select private.my_blocked() as id'), [])
})

test('the reporter sees the report, without who decided it; the reported and administrators see none in the table', async () => {
  const seen = 'select id, state from safety.reports'
  assert.deepEqual(await attempt(ada.acting, seen), [{ id, state: 'open' }])
  assert.deepEqual(await attempt(bo.acting, seen), [])
  assert.deepEqual(await attempt(mira.acting, seen), [])
  for (const column of ['taken_by', 'decision', 'reason', 'context', 'reported_id'])
    await assert.rejects(attempt(ada.acting, `select ${column} from safety.reports`), notAllowed)
})

test('an administrator works through the functions, and nobody else does', async () => {
  for (const text of [`select * from private.reports_to_work('open')`, `select private.take_report('${String(id)}')`]) {
    await assert.rejects(attempt(ada.acting, text), { constraint: 'administrators_only' })
    await assert.rejects(attempt(aStranger, text), notAllowed)
    await attempt(mira.acting, text)
  }
  await assert.rejects(attempt(ada.acting, `select private.close_report('${String(id)}', 'warned', 'because')`), {
    constraint: 'not_in_your_hands',
  })
  await attempt(mira.acting, `select private.close_report('${String(id)}', 'warned', 'because')`)
})

describe('nobody', () => {
  for (const text of [
    `insert into safety.reports (reporter_id, subject_kind, subject_id, kind) values ('${ada.id}', 'person', 'x', 'spam')`,
    `update safety.reports set state = 'closed'`,
    'delete from safety.reports',
    `insert into safety.blocks (blocker_id, blocked_id) values ('${bo.id}', '${ada.id}')`,
    `update safety.blocks set blocked_id = '${mira.id}'`,
    `select private.erase_safety('${bo.id}')`,
  ])
    test(`may ${text}`, async () => {
      await assert.rejects(attempt(ada.acting, text), notAllowed)
      await assert.rejects(attempt(aStranger, text), notAllowed)
    })
})

test('a stranger reports nobody', () => assert.rejects(attempt(aStranger, report), notAllowed))

test('the server forgets', async () => {
  await attempt(theServer, `select private.erase_safety('${bo.id}')`)
  assert.deepEqual(await db.sql('select words, context, reason, decision from safety.reports'), [
    { words: '', context: {}, reason: null, decision: 'warned' },
  ])
  assert.deepEqual(await db.sql('select from safety.blocks'), [])
})
