import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { configure } from '#platform/configuration/environment.ts'
import { logger } from '#platform/operations/log.ts'
import { freshDatabase, someone, theServer, type TestDatabase } from '#tests/database.ts'
import { waysInOfPerson } from '../ways-in-of-person.ts'
import { sweepWaysIn } from '../ways-in-sweep.ts'

const db = await freshDatabase()
const { read, write } = db.database
const tables = ['passkeys', 'passkey_challenges', 'recovery_codes', 'proposed_links', 'journeys']

async function everythingOf(id: string): Promise<void> {
  await db.sql(
    `insert into identity.passkeys (user_id, credential_id, public_key, counter, backed_up, name)
     values ($1, 'key-' || gen_random_uuid(), 'a key', 3, true, 'Laptop')`,
    [id],
  )
  await db.sql(`insert into identity.passkey_challenges (challenge, user_id) values (repeat('x', 43), $1)`, [id])
  await db.sql(
    `insert into identity.recovery_codes (code_hash, user_id, set_id) values (sha256($1::uuid::text::bytea), $1, gen_random_uuid())`,
    [id],
  )
  await db.sql(`insert into identity.proposed_links (word_hash, user_id, found) values (sha256($1::uuid::text::bytea), $1, 'sealed')`, [id])
  await db.sql(
    `insert into identity.journeys (state_hash, browser_hash, provider, redirect_to, adult, linking_id)
     values (sha256($1::uuid::text::bytea), sha256(''), 'google', '/', false, $1)`,
    [id],
  )
}
const left = async (id: string) => {
  const rows = await Promise.all(
    tables.map((table) => db.sql(`select t::text from identity.${table} t where t::text like '%' || $1 || '%'`, [id])),
  )
  return rows.map(({ length }) => length)
}

describe('what ways in tell of somebody', () => {
  test('is handed over without a key, a counter or a hash', async () => {
    const ada = await someone(db, 'ada')
    await everythingOf(ada.id)
    const { passkeys, recovery_codes } = await read(theServer, (db) => waysInOfPerson.export(db, ada.id))
    assert.deepEqual(
      [passkeys, recovery_codes].map((rows) => Object.keys(rows![0]!)),
      [
        ['name', 'transports', 'backed_up', 'created_at', 'last_used_at'],
        ['created_at', 'used_at'],
      ],
    )
  })

  test('goes with them, again and again, and with nobody else', async () => {
    const [ada, bo] = [await someone(db, 'ada'), await someone(db, 'bo')]
    for (const { id } of [ada, bo]) await everythingOf(id)
    for (let times = 0; times < 2; times++) await write(theServer, (db) => waysInOfPerson.erase(db, ada.id))
    assert.deepEqual(await left(ada.id), [0, 0, 0, 0, 0])
    assert.deepEqual(await left(bo.id), [1, 1, 1, 1, 1])
  })
})

test('whoever never came back is forgotten after an hour, and nobody earlier', async () => {
  const [early, late] = [await someone(db), await someone(db)]
  for (const { id } of [early, late]) await everythingOf(id)
  for (const [table, person] of [
    ['passkey_challenges', 'user_id'],
    ['proposed_links', 'user_id'],
    ['journeys', 'linking_id'],
  ])
    await db.sql(`update identity.${table} set created_at = now() - interval '61 minutes' where ${person} = $1`, [early.id])
  await sweep(db)
  assert.deepEqual(await left(early.id), [1, 0, 1, 0, 0])
  assert.deepEqual(await left(late.id), [1, 1, 1, 1, 1])
})

const sweep = ({ database }: TestDatabase) =>
  sweepWaysIn.run({
    data: {},
    database: { read: (run) => database.read(theServer, run), write: (run) => database.write(theServer, run) },
    configuration: configure({}),
    signal: new AbortController().signal,
    log: logger('silent'),
  })
