import assert from 'node:assert/strict'
import { test } from 'node:test'
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
