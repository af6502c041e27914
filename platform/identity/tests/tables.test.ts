import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

// The tables that sign-in rests on: GoTrue's, and ours beside them.
const db = await freshDatabase()
const [ada, bo] = [await someone(db, 'ada'), await someone(db, 'bo')]
const notAllowed = { code: '42501' }
const attempt = (acting: Acting, text: string) =>
  db.database.write(acting, async (tx) => {
    const { rows, numAffectedRows } = await sql.raw(text).execute(tx)
    return Number(numAffectedRows) || rows.length
  })

describe('an account', () => {
  test('follows every sign-up, whoever makes the row', async () => {
    assert.equal((await db.sql('select from identity.accounts where user_id = any ($1)', [[ada.id, bo.id]])).length, 2)
  })

  test('is seen by its person, and by no other person or stranger', async () => {
    assert.equal(await attempt(ada.acting, 'select user_id from identity.accounts'), 1)
    await assert.rejects(attempt(aStranger, 'select user_id from identity.accounts'), notAllowed)
  })

  test('is not freed by the person who is suspended', () =>
    assert.rejects(attempt(ada.acting, 'update identity.accounts set suspended_at = null'), notAllowed))
})

describe('nobody', () => {
  const tables = ['users', 'identities', 'sessions', 'refresh_tokens', 'mfa_factors', 'mfa_challenges', 'mfa_amr_claims', 'one_time_tokens']

  test('but the server reads what GoTrue keeps', async () => {
    for (const table of [...tables, 'flow_state']) {
      for (const acting of [ada.acting, aStranger]) await assert.rejects(attempt(acting, `select 1 from auth.${table}`), notAllowed, table)
      await attempt(theServer, `select 1 from auth.${table}`)
    }
  })

  test('deletes an account, or sets back what was counted', async () => {
    for (const acting of [ada.acting, aStranger, theServer])
      for (const text of ['delete from auth.users', 'delete from identity.accounts', 'update identity.attempts set whole = now()'])
        await assert.rejects(attempt(acting, text), notAllowed)
  })

  test('but the server counts attempts, and counts those that come at once', async () => {
    await assert.rejects(attempt(ada.acting, `select private.attempt('code', 'x', 5, '1 minute')`), notAllowed)
    const turn = { what: 'code', whom: 'x', burst: 2, every: '1 minute' }
    const waits = await Promise.all([1, 2, 3, 4].map(() => db.database.write(theServer, (tx) => tx.call('private.attempt', turn))))
    assert.equal(waits.filter((seconds) => seconds === 0).length, 2)
    assert.ok(waits.every((seconds) => seconds <= 60))
  })
})
