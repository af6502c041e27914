import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

const db = await freshDatabase()
const [ada, bo, mira] = [await someone(db, 'ada'), await someone(db, 'bo'), await someone(db, 'mira')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [mira.id])
const attempt = <R extends Role>(acting: Acting<R>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }
const onlyAdministrators = { constraint: 'administrators_only' }

await attempt(ada.acting, `select private.audit('sample.made', 'thing', 't1', 'asked for', '{"state": "new"}')`)
await attempt(bo.acting, `select private.audit('sample.met', 'person', '${ada.id}')`)
await attempt(bo.acting, `select private.audit('other.made', 'thing', 't2')`)

describe('an administrator', () => {
  test('reads who did what, latest first, and that is on record itself', async () => {
    const read = await attempt(mira.acting, 'select action, actor, reason from private.read_audit()')
    assert.deepEqual(
      read.map(({ action }) => action),
      ['audit.read', 'other.made', 'sample.met', 'sample.made'],
    )
    assert.deepEqual(read.at(-1), { action: 'sample.made', actor: ada.id, reason: 'asked for' })
    assert.equal((await db.sql(`select from audit.entries where action = 'audit.read' and actor = $1`, [mira.id])).length, 1)
  })

  test('reads of one person what they did and what was done about them', async () => {
    const read = await attempt(mira.acting, `select action from private.read_audit(person => '${ada.id}')`)
    assert.deepEqual(
      read.map(({ action }) => action),
      ['audit.read', 'sample.met', 'sample.made'],
    )
  })

  test('reads one act, or all acts of a part, page by page', async () => {
    const of = (text: string) => attempt(mira.acting, `select id, action from private.read_audit(${text})`)
    assert.deepEqual((await of(`act => 'sample.met'`)).length, 1)
    const [latest, before] = await of(`act => 'sample'`)
    assert.deepEqual([latest!['action'], before!['action']], ['sample.met', 'sample.made'])
    assert.deepEqual(await of(`act => 'sample', before => ${Number(latest!['id'])}, most => 1`), [before])
    assert.deepEqual(await of(`act => 'sampl'`), [])
  })

  test('verifies, and that it was begun is on record', async () => {
    await attempt(mira.acting, 'select private.verify_audit(true)')
    await attempt(mira.acting, 'select private.verify_audit(false)')
    assert.equal((await db.sql(`select from audit.entries where action = 'audit.verified'`)).length, 1)
  })

  test('sees no table of it, and changes nothing', async () => {
    for (const text of [
      'select from audit.entries',
      'select from audit.seals',
      'delete from audit.entries',
      'update audit.entries set role = role',
    ])
      await assert.rejects(attempt(mira.acting, text), notAllowed)
  })
})

describe('nobody else', () => {
  for (const text of ['select * from private.read_audit()', 'select private.verify_audit(true)', 'select private.verify_audit(false)'])
    test(`may ${text}`, async () => {
      await assert.rejects(attempt(ada.acting, text), onlyAdministrators)
      await assert.rejects(attempt(aStranger, text), notAllowed)
      await assert.rejects(attempt(theServer, text), notAllowed)
    })

  test('and whoever was refused left no entry', async () => {
    assert.deepEqual(await db.sql(`select from audit.entries where action like 'audit.%' and actor is distinct from $1`, [mira.id]), [])
  })
})
