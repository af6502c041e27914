import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, someone, theServer } from '#tests/database.ts'
import { audit, auditFor } from '../append.ts'
import { scene } from './scene.ts'

const db = await scene()
const ada = await someone(db, 'ada')
const bo = await someone(db, 'bo')
const notAllowed = { code: '42501' }
const attempt = <R extends Role>(acting: Acting<R>, text: string) => db.database.write(acting, (tx) => sql.raw(text).execute(tx))
const viewed = (id: string) => ({ action: 'care.record-viewed', subject: { kind: 'patient', id } })
const entriesOn = (id: string) =>
  db.sql<{ actor: string; role: string; details: unknown }>('select actor, role, details from audit.entries where subject_id = $1', [id])

test('what Ada does is on record as hers, with her deed', async () => {
  await db.database.write(ada.acting, async (tx) => audit(tx, { ...viewed(bo.id), details: { link: 'active' } }))
  assert.deepEqual(await entriesOn(bo.id), [{ actor: ada.id, role: 'authenticated', details: { link: 'active' } }])
})

test('what Ada did not do in the end is not on record', async () => {
  const halfway = db.database.write(ada.acting, async (tx) => {
    audit(tx, viewed('nobody'))
    throw new Error('on second thoughts')
  })
  await assert.rejects(halfway)
  assert.deepEqual(await entriesOn('nobody'), [])
})

test('the server says who it was, or that it was itself', async () => {
  await db.database.write(theServer, async (tx) => {
    auditFor(tx, ada.id, { action: 'identity.signed-in', subject: { kind: 'session', id: 'hers' } })
    audit(tx, { action: 'identity.session-ended', subject: { kind: 'session', id: 'hers' } })
  })
  assert.deepEqual(await entriesOn('hers'), [
    { actor: ada.id, role: 'service_role', details: {} },
    { actor: null, role: 'service_role', details: {} },
  ])
})

test('Ada cannot say that it was Bo', async () => {
  await assert.rejects(attempt(ada.acting, `select private.audit_for('${bo.id}', 'care.record-viewed', 'patient', 'x')`), notAllowed)
})

test('details are no place for content', async () => {
  const essay = db.database.write(ada.acting, async (tx) => audit(tx, { ...viewed('x'), details: { letter: 'a'.repeat(4_000) } }))
  await assert.rejects(essay, { constraint: 'details_hold_ids' })
})

for (const [who, acting] of [
  ['Ada', ada.acting],
  ['a stranger', aStranger],
] as const)
  for (const table of ['audit.entries', 'audit.unsealed', 'audit.seals'])
    for (const text of [
      `select from ${table}`,
      `insert into ${table} default values`,
      `update ${table} set id = 1`,
      `delete from ${table}`,
      `truncate ${table}`,
    ])
      test(`${who} cannot ${text}`, () => assert.rejects(attempt(acting, text), notAllowed))

test('a stranger leaves no record', () =>
  assert.rejects(attempt(aStranger, `select private.audit('care.record-viewed', 'patient', 'x')`), notAllowed))

for (const table of ['audit.entries', 'audit.seals']) {
  const column = table === 'audit.seals' ? 'hash' : 'action'
  for (const text of [`update ${table} set ${column} = ${column}`, `delete from ${table} where false`, `truncate ${table} cascade`]) {
    test(`the server cannot ${text}`, () => assert.rejects(attempt(theServer, text), notAllowed))
    test(`the owner cannot ${text}`, () => assert.rejects(db.sql(text), { constraint: 'audit_is_append_only' }))
  }
}

test('the server cannot make up an entry without its queue', () =>
  assert.rejects(
    attempt(theServer, `insert into audit.entries (role, action, subject_kind, subject_id) values ('x', 'a.b', 'c', 'd')`),
    notAllowed,
  ))
