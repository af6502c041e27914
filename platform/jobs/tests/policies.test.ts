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
const [ada, mira] = [await someone(db, 'ada'), await someone(db, 'mira')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [mira.id])
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

const forAdministrators = [
  'select * from private.jobs_at_work()',
  'select * from private.failed_jobs()',
  'select private.retry_job(gen_random_uuid())',
]
for (const text of forAdministrators)
  test(`only an administrator may ${text}`, async () => {
    await assert.rejects(attempt(ada.acting, text), { constraint: 'administrators_only' })
    await assert.rejects(attempt(aStranger, text), notAllowed)
    await assert.rejects(attempt(theServer, text), notAllowed)
  })

test('nobody but the server says how much there is to do, and nobody reads it as a table', async () => {
  for (const acting of [ada.acting, mira.acting, aStranger]) {
    await assert.rejects(attempt(acting, `select private.note_jobs('[]')`), notAllowed)
    await assert.rejects(attempt(acting, 'select * from jobs.counted'), notAllowed)
  }
})

test('an administrator sees what there is to do and what failed, never what it was about', async () => {
  await db.sql('delete from jobs.dead_letters')
  await attempt(theServer, aDeadLetter)
  await attempt(theServer, `select private.note_jobs('[{"name": "trial.writes", "waiting": 2}, {"name": "trial.other", "running": 1}]')`)
  const rows = async (text: string) => (await attempt(mira.acting, text)).rows as Record<string, unknown>[]
  const [{ jobs } = {}] = await rows('select jobs from private.jobs_at_work()')
  const nothing = { waiting: 0, again: 0, running: 0, done: 0, failed: 0, oldest_at: null }
  assert.deepEqual(jobs, [
    { ...nothing, name: 'trial.other', running: 1 },
    { ...nothing, name: 'trial.writes', waiting: 2, failed: 1 },
  ])
  const [failed] = await rows('select * from private.failed_jobs()')
  assert.deepEqual(Object.keys(failed!), ['id', 'name', 'code', 'attempts', 'queued_at', 'failed_at'])
})

test('of several who retry one at once, one does, and that is on record', async () => {
  const [letter] = await db.sql<{ id: string }>('select id from jobs.dead_letters')
  const retry = () =>
    attempt(mira.acting, `select private.retry_job('${letter!.id}')`).then(
      () => 'done',
      (error: { constraint: string }) => error.constraint,
    )
  assert.deepEqual((await Promise.all([retry(), retry(), retry()])).toSorted(), ['done', 'no_such_dead_letter', 'no_such_dead_letter'])
  assert.deepEqual(await db.sql(`select subject_id, actor from audit.entries where action = 'jobs.retried'`), [
    { subject_id: letter!.id, actor: mira.id },
  ])
})
