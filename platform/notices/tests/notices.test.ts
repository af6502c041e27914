import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { somebody } from '#platform/identity/tests/cast.ts'
import { theServer } from '#tests/database.ts'
import { freshServer } from '#tests/server.ts'
import { noticesOfPerson } from '../person.ts'
import { sweepNotices } from '../sweep.ts'
import { notify } from '../notify.ts'

const server = await freshServer()
const { database, sql } = server.db
const [ada, bo] = [await somebody(server, 'Ada Early'), await somebody(server, 'Bo Late')]
const toAda = (title: string) => database.write(theServer, (db) => notify(db, ada.id, { kind: 'sample.x', title, leadsTo: '/account' }))
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

test('Bo says how he wants to be told, one thing at a time; Ada’s choices stay hers', async () => {
  const choices = async (who = bo) => (await who.get('/notices/choices')).body as object
  assert.deepEqual(await choices(), { push: true, quiet: null, zone: null })
  await bo.patch('/identity/account', { zone: 'Europe/London' })
  await bo.patch('/notices/choices', { quiet: { from: '22:00', until: '07:00' } })
  await bo.patch('/notices/choices', { push: false })
  assert.deepEqual(await choices(), { push: false, quiet: { from: '22:00', until: '07:00' }, zone: 'Europe/London' })
  await bo.patch('/notices/choices', { quiet: null })
  await bo.patch('/notices/choices', {})
  assert.deepEqual(await choices(), { push: false, quiet: null, zone: 'Europe/London' })
  assert.deepEqual(await choices(ada), { push: true, quiet: null, zone: null })
})

test('no hours are quiet that are none', async () => {
  for (const quiet of [
    { from: '24:00', until: '07:00' },
    { from: '7:00', until: '08:00' },
    { from: '22:00' },
    { from: '22:00', until: 'late' },
  ])
    assert.equal((await bo.patch('/notices/choices', { quiet })).code, 'invalid_input')
  assert.equal((await bo.patch('/notices/choices', { quiet: { from: '22:00', until: '22:00' } })).code, 'quiet_from_until')
})

test('a browser is told what it was poked for and is unread, of its own person, and not how much else there is', async () => {
  const waiting = async (who = bo) =>
    ((await who.get('/notices/waiting')).body as { items: { title: string }[] }).items.map(({ title }) => title)
  const handedOn = `update notices.notices set handed_on_at = now() - $2::interval where title = $1`
  for (const title of ['for a phone', 'read', 'days ago', 'not yet'])
    await database.write(theServer, (db) => notify(db, bo.id, { kind: 'sample.x', title }))
  await sql(handedOn, ['for a phone', '1 minute'])
  await sql(handedOn, ['read', '1 minute'])
  await sql(handedOn, ['days ago', '2 days'])
  await sql(`update notices.notices set read_at = now() where title = 'read'`)
  assert.deepEqual(await waiting(), ['for a phone'])
  assert.deepEqual(await waiting(ada), [])
})

test('nothing is sent on trial where no browser is on; a program cannot turn one on, nor anybody another’s off', async () => {
  assert.equal((await bo.post('/notices/trial')).code, 'nothing_is_on')
  assert.equal((await bo.put('/push/browsers/this-one', { endpoint: 'https://push.example.test/x' })).code, 'only_browsers_are_poked')
  for (const endpoint of ['https://10.0.0.1/x', 'http://push.example.test/x', 'https://push.example.test:22/x', 'nonsense'])
    assert.equal((await bo.put('/push/browsers/this-one', { endpoint })).code, 'not_a_push_service')
  const [row] = await sql<{ id: string }>(
    `insert into push.subscriptions (person_id, session_id, endpoint) values ($1, gen_random_uuid(), 'https://push.example.test/ada') returning id`,
    [ada.id],
  )
  assert.equal((await bo.remove(`/push/browsers/${row!.id}`)).code, 'no_such_browser')
  const listed = (await ada.get('/push/browsers')).body as { key: string; browsers: object[] }
  assert.match(listed.key, /^[\w-]{87}$/)
  assert.deepEqual(
    listed.browsers.map((browser) => Object.keys(browser)),
    [['id', 'device', 'made_at', 'last_ok_at', 'failures', 'this_one']],
  )
  assert.equal((await ada.remove(`/push/browsers/${row!.id}`)).status, 200)
})
