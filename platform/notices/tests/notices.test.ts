import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { somebody } from '#platform/identity/tests/cast.ts'
import { theServer } from '#tests/database.ts'
import { freshServer } from '#tests/server.ts'
import { noticesOfPerson } from '../person.ts'
import { sweepNotices } from '../sweep.ts'
import { tell } from '../tell.ts'

const server = await freshServer()
const { database, sql } = server.db
const [ada, bo] = [await somebody(server, 'Ada Early'), await somebody(server, 'Bo Late')]
const toAda = (title: string) => database.write(theServer, (db) => tell(db, ada.id, { kind: 'sample.x', title, leadsTo: '/account' }))
type Listed = { items: { id: string; title: string; read_at: string | null }[]; next: string | null; unread: number }
const listed = async (who = ada, input = {}) => (await who.get('/notices/mine', input)).body as Listed
for (const title of ['first', 'second', 'third']) await toAda(title)

test('Ada sees what she was told, latest first, page by page, and how much she has not read', async () => {
  const first = await listed(ada, { limit: '2' })
  assert.deepEqual(
    first.items.map(({ title }) => title),
    ['third', 'second'],
  )
  assert.equal(first.unread, 3)
  const rest = await listed(ada, { limit: '2', cursor: first.next! })
  assert.deepEqual(
    rest.items.map(({ title }) => title),
    ['first'],
  )
})

test('Bo sees nothing of it, and cannot read it for her', async () => {
  assert.deepEqual(await listed(bo), { items: [], next: null, unread: 0 })
  const [{ id } = { id: '' }] = (await listed()).items
  assert.equal((await bo.put(`/notices/mine/${id}/read`)).code, 'no_such_notice')
  await bo.put('/notices/mine/read')
  assert.equal((await listed()).unread, 3)
})

test('what is read stays read since then; all can be read at once', async () => {
  const [{ id } = { id: randomUUID() }] = (await listed()).items
  await ada.put(`/notices/mine/${id}/read`)
  const { items, unread } = await listed()
  assert.equal(unread, 2)
  await ada.put(`/notices/mine/${id}/read`)
  assert.equal((await listed()).items[0]!.read_at, items[0]!.read_at)
  await ada.put('/notices/mine/read')
  assert.equal((await listed()).unread, 0)
})

test('old ones are swept, whoever leaves takes theirs along', async () => {
  await sql(`update notices.notices set made_at = now() - interval '181 days' where title = 'first'`)
  const running = { write: <T>(run: (db: never) => Promise<T>) => database.write(theServer, run as never) }
  await sweepNotices.run({ database: running } as never)
  assert.deepEqual(
    (await listed()).items.map(({ title }) => title),
    ['third', 'second'],
  )
  const exported = await database.read(theServer, (db) => noticesOfPerson.export(db, ada.id))
  assert.equal(exported['notices']?.length, 2)
  await database.write(theServer, (db) => noticesOfPerson.erase(db, ada.id))
  assert.deepEqual((await listed()).items, [])
})
