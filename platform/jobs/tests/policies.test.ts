import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, someone, theServer } from '#tests/database.ts'
import { scene } from './scene.ts'

const db = await scene()
await db.queue() // so that pg-boss's tables are there
const ada = await someone(db, 'ada')
const notAllowed = { code: '42501' }
const attempt = <R extends Role>(acting: Acting<R>, text: string) => db.database.write(acting, (tx) => sql.raw(text).execute(tx))

const aQueuedJob = `insert into jobs.queued (name, data) values ('trial.writes', '{}')`
const aDeadLetter = `insert into jobs.dead_letters (id, name, data, code, attempts, queued_at) values (gen_random_uuid(), 'trial.writes', '{}', 'x', 1, now())`

for (const [who, acting] of [
  ['Ada', ada.acting],
  ['a stranger', aStranger],
] as const) {
  for (const table of ['jobs.queued', 'jobs.dead_letters', 'pgboss.job', 'pgboss.queue'])
    for (const text of [`select * from ${table}`, `delete from ${table}`, `update ${table} set name = name`, `truncate ${table}`])
      test(`${who} cannot ${text}`, () => assert.rejects(attempt(acting, text), notAllowed))
  for (const text of [aQueuedJob, aDeadLetter, 'select private.take_queued(1)'])
    test(`${who} cannot ${text}`, () => assert.rejects(attempt(acting, text), notAllowed))
}

test('a stranger cannot queue a job', () => assert.rejects(attempt(aStranger, `select private.enqueue('trial.writes', '{}')`), notAllowed))

for (const text of [
  aQueuedJob,
  'delete from jobs.queued',
  'update jobs.queued set name = name',
  'update jobs.dead_letters set code = code',
  'select * from pgboss.job',
])
  test(`the server cannot ${text}`, () => assert.rejects(attempt(theServer, text), notAllowed))

test('the server sees what waits and what died', async () => {
  await attempt(theServer, 'select * from jobs.queued')
  await attempt(theServer, aDeadLetter)
  await attempt(theServer, 'select * from jobs.dead_letters')
})

test('the worker login that has become nobody sees nothing of ours', async () => {
  const login = new pg.Client({ connectionString: db.url('vivavoce_worker') })
  await login.connect()
  await assert.rejects(login.query('select * from jobs.queued'), notAllowed)
  await assert.rejects(login.query('select * from jobs.dead_letters'), notAllowed)
  await assert.rejects(login.query(`select private.enqueue('trial.writes', '{}')`), notAllowed)
  await login.end()
})
