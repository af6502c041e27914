import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configure } from '#platform/configuration/environment.ts'
import { logger } from '#platform/operations/log.ts'
import { sweepAnswers } from '#platform/operations/jobs.ts'
import { theServer } from '#tests/database.ts'
import { scene, until } from './scene.ts'
import { ticks, trial } from './trial.ts'

const db = await scene()
const schedules = () => db.sql(`select key, cron, timezone from pgboss.schedule`)

test('a job with a time runs at that time, in UTC, once on all nodes together', async () => {
  const nodes = await Promise.all([db.node({ cronSeconds: 1 }, [...trial, ticks]), db.node({ cronSeconds: 1 }, [...trial, ticks])])
  assert.deepEqual(await schedules(), [{ key: 'trial.ticks', cron: '* * * * *', timezone: 'UTC' }])
  await until(async () => (await db.notes('ticked')).length > 0)
  await Promise.all(nodes.map((node) => node.stop()))
  const [minutes] = await db.sql<{ n: number }>(
    `select count(distinct singleton_on)::int as n from pgboss.job where name = '__pgboss__send-it'`,
  )
  assert.ok((await db.notes('ticked')).length <= minutes!.n)
})

test('a time that no job has any more is forgotten at the start', async () => {
  const node = await db.node()
  assert.deepEqual(await schedules(), [])
  await node.stop()
})

test('answers of yesterday are swept, those of today stay', async () => {
  await db.sql(`insert into operations.answers (asker, key, fingerprint, created_at)
    values (gen_random_uuid(), 'yesterday', '', now() - interval '25 hours'), (gen_random_uuid(), 'today', '', now() - interval '23 hours')`)
  await sweepAnswers.run({
    data: {},
    database: { read: (run) => db.database.read(theServer, run), write: (run) => db.database.write(theServer, run) },
    configuration: configure({}),
    signal: new AbortController().signal,
    log: logger('silent'),
  })
  assert.deepEqual(await db.sql('select key from operations.answers'), [{ key: 'today' }])
})
