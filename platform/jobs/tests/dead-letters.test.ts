import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askers } from '#platform/identity/askers.ts'
import { logger } from '#platform/operations/log.ts'
import { engine, serveOperations } from '#platform/operations/serve.ts'
import { handlersOf, type Server } from '#platform/part.ts'
import { jobs } from '../server.ts'
import { scene, until } from './scene.ts'

const db = await scene()
const serviceKey = 'the operator, and nobody else at all'.replaceAll(' ', '_')
const serving = {
  database: db.database,
  ask: askers({ publicKeys: { keys: [] }, serviceKey, anonKey: 'anybody_'.repeat(5) }),
  trustedProxies: [],
  publicUrl: 'http://localhost',
  log: logger('silent'),
}
const app = engine(serving)
serveOperations(app, handlersOf(jobs, {} as Server), serving)
const operator = { authorization: `Bearer ${serviceKey}` }
const list = async (query = '') => (await app.inject({ url: `/api/jobs/dead-letters${query}`, headers: operator })).json<Page>()
const retry = (id: string) => app.inject({ method: 'POST', url: `/api/jobs/dead-letters/${id}/retry`, headers: operator })
type Page = { items: { id: string; name: string; code: string; attempts: number }[]; next: string | null }

const bury = (name: string, note: string) =>
  db.sql(
    `insert into jobs.dead_letters (id, name, data, code, attempts, queued_at) values (gen_random_uuid(), $1, $2, 'no_luck', 3, now())`,
    [name, { note }],
  )

test('the operator reads the dead letters page by page, latest first, without what they were about', async () => {
  for (const name of ['trial.first', 'trial.second', 'trial.third']) await bury(name, 'a secret')
  const { items, next } = await list('?limit=2')
  assert.deepEqual(
    items.map(({ name }) => name),
    ['trial.third', 'trial.second'],
  )
  const rest = await list(`?limit=2&cursor=${next}`)
  assert.deepEqual([rest.items.map(({ name }) => name), rest.next], [['trial.first'], null])
  assert.deepEqual(Object.keys(items[0]!), ['id', 'name', 'code', 'attempts', 'queued_at', 'failed_at'])
  assert.ok(!JSON.stringify(items).includes('secret'))
  await db.sql('delete from jobs.dead_letters')
})

test('nobody else reads them', async () => {
  assert.equal((await app.inject('/api/jobs/dead-letters')).statusCode, 401)
})

test('a dead letter that is tried again runs as if it were new, once', async () => {
  await bury('trial.writes', 'risen')
  const [letter] = (await list()).items
  const answers = await Promise.all([retry(letter!.id), retry(letter!.id), retry(letter!.id)])
  const refused = answers.filter(({ statusCode }) => statusCode === 404)
  assert.deepEqual(
    refused.map((answer) => answer.json<{ code: string }>().code),
    ['no_such_dead_letter', 'no_such_dead_letter'],
  )
  const node = await db.node()
  await until(async () => (await db.notes('wrote')).includes('risen'))
  await node.stop()
  assert.deepEqual(await db.notes('wrote'), ['risen'])
  assert.deepEqual((await list()).items, [])
})
