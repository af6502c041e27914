import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase, someone } from '#tests/database.ts'
import { countingProxy } from '#tests/proxy.ts'
import { freshServer, tokenFor } from '#tests/server.ts'

const db = await freshDatabase()
const proxy = await countingProxy(db.url())
const server = await freshServer({
  DATABASE_URL: db.url(),
  APP_DATABASE_URL: proxy.url('vivavoce_app'),
  WORKER_DATABASE_URL: db.url('vivavoce_worker'),
  DATABASE_POOL: '1',
})
const token = await tokenFor(server.keys, (await someone(db, 'ada')).id)

const warm = await ask('POST', '/notes', { title: 'warm' }, { 'idempotency-key': 'warm' })
const note = (warm.body as { id: string }).id
await ask('GET', `/notes/${note}`)
await ask('PATCH', `/notes/${note}`, { title: 'warmer' })

describe('Round trips between server and database, counted on the wire', () => {
  test('a read takes one', async () => {
    for (const path of [`/notes/${note}`, '/notes?limit=5', '/count']) {
      const { status, trips } = await ask('GET', path)
      assert.deepEqual({ status, trips }, { status: 200, trips: 1 }, path)
    }
  })

  test('a first read of its kind takes one too: preparing rides along', async () => {
    const { status, trips } = await ask('GET', '/notes?limit=5&kind=shared&mine=true')
    assert.deepEqual({ status, trips }, { status: 200, trips: 1 })
  })

  test('a single write takes two', async () => {
    for (const title of ['one', 'two', 'three']) assert.equal((await ask('POST', '/notes', { title })).trips, 2)
    assert.equal((await ask('PATCH', `/notes/${note}`, { title: 'another' })).trips, 2)
  })

  test('an Idempotency-Key adds none', async () => {
    const { status, trips } = await ask('POST', '/notes', { title: 'with a key' }, { 'idempotency-key': 'trip' })
    assert.deepEqual({ status, trips }, { status: 200, trips: 2 })
  })

  test('a refused write takes two: the statement and the rollback', async () => {
    const { status, trips } = await ask('POST', '/notes', { title: 'one' })
    assert.deepEqual({ status, trips }, { status: 409, trips: 2 })
  })

  test('a request that never needs the database takes none', async () => {
    assert.equal((await ask('GET', '/greeting?name=Bo')).trips, 0)
    assert.equal((await ask('GET', '/notes/not-an-id')).trips, 0)
  })
})

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const before = proxy.trips()
  const answer = await fetch(`${server.address}/api/sample${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: answer.status, body: (await answer.json()) as unknown, trips: proxy.trips() - before }
}
