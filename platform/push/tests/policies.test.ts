import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone } from '#tests/database.ts'

const db = await freshDatabase()
const [ada, bo] = [await inABrowser('ada'), await inABrowser('bo')]
const attempt = <R extends Role>(acting: Acting<R>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }

// What hangs on sign-in sessions is in subscriptions.test.ts: on a hosted project those are not ours.
async function inABrowser(name: string) {
  const who = { ...(await someone(db, name)), session: randomUUID() }
  await db.sql('insert into push.subscriptions (person_id, session_id, endpoint) values ($1, $2, $3)', [
    who.id,
    who.session,
    `https://push.example.test/${name}`,
  ])
  return who
}

test('each sees which browsers of theirs are poked, and of nobody else’s', async () => {
  for (const { id, session, acting } of [ada, bo])
    assert.deepEqual(await attempt(acting, 'select person_id, session_id from push.subscriptions'), [
      { person_id: id, session_id: session },
    ])
  await assert.rejects(attempt(aStranger, 'select id from push.subscriptions'), notAllowed)
})

describe('nobody', () => {
  for (const text of [
    'select endpoint from push.subscriptions',
    'select subscription_id from push.pokes',
    `insert into push.subscriptions (person_id, session_id, endpoint) values ('${bo.id}', '${bo.session}', 'https://push.example.test/x')`,
    `update push.subscriptions set endpoint = 'https://push.example.test/y'`,
    'update push.subscriptions set failures = 0',
    'delete from push.pokes',
    `select private.poke('${ada.id}', 'now')`,
    `select private.pokable('${ada.id}')`,
    `select private.take_poke('${ada.id}')`,
    `select private.note_poke('${ada.id}', 1, 'gone')`,
  ])
    test(`may ${text}`, async () => {
      await assert.rejects(attempt(bo.acting, text), notAllowed)
      await assert.rejects(attempt(aStranger, text), notAllowed)
    })
})

test('a stranger cannot subscribe, nor can a program, nor somebody in another one’s session', async () => {
  await assert.rejects(attempt(aStranger, `select private.subscribe('https://push.example.test/x')`), notAllowed)
  const subscribing = `select private.subscribe('https://push.example.test/x')`
  await assert.rejects(attempt(bo.acting, subscribing), { constraint: 'only_browsers_are_poked' })
  const claims = JSON.stringify({ sub: bo.id, role: 'authenticated', session_id: ada.session })
  await assert.rejects(attempt({ role: 'authenticated', claims }, subscribing), { constraint: 'only_browsers_are_poked' })
})

test('people end the poking of a browser of their own alone', async () => {
  await attempt(bo.acting, 'delete from push.subscriptions')
  assert.deepEqual(await db.sql('select person_id from push.subscriptions'), [{ person_id: ada.id }])
})
