import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { theServer } from '#tests/database.ts'
import type { Job } from '../job.ts'
import { later } from '../later.ts'
import { scene, until } from './scene.ts'
import * as jobs from './trial.ts'

const db = await scene()

describe('on a node that runs', { concurrency: true }, async () => {
  const node = await db.node()
  after(() => node.stop())

  test('a job that fails is tried again', async () => {
    await queue(jobs.succeedsAtLast, 'second time lucky')
    await until(() => wrote('second time lucky'))
    assert.equal(await attempts('second time lucky'), 2)
  })

  test('what failed for good is a dead letter: its reason by name, and nothing that anybody wrote', async () => {
    await queue(jobs.throws, 'Ada’s letter')
    await until(() => died('Ada’s letter'))
    assert.equal(await attempts('Ada’s letter'), 2)
    const [letter] = await db.sql(`select name, code, attempts from jobs.dead_letters where data ->> 'note' = 'Ada’s letter'`)
    assert.deepEqual(letter, { name: 'trial.throws', code: 'no_luck', attempts: 2 })
  })

  test('a refusal of the database’s is a reason by its own name', async () => {
    await queue(jobs.isRefused, 'a seat')
    await until(() => died('a seat'))
    assert.equal((await db.dead())['a seat'], 'seat_taken')
  })

  test('a job queued by a job is run as well', async () => {
    await queue(jobs.queuesAnother, 'by another')
    await until(() => wrote('by another'))
  })

  test('a job that hangs is ended by its time, and others go on', async () => {
    await queue(jobs.hangs, 'hung')
    await queue(jobs.writes, 'beside it')
    await until(() => died('hung'))
    assert.equal((await db.dead())['hung'], 'took_too_long')
    assert.ok(await wrote('beside it'))
  })

  test('a job that wakes when its time is up cannot write any more', async () => {
    await queue(jobs.wakesTooLate, 'woke too late')
    await until(() => died('woke too late'))
    await queue(jobs.dawdles, 'for longer than it slept')
    await until(() => wrote('for longer than it slept'))
    assert.ok(!(await wrote('woke too late')))
  })

  test('a job that no version knows is kept for one that may', async () => {
    await db.sql(`select private.enqueue('trial.of-tomorrow', '{"note": "of tomorrow"}')`)
    const keptBecause = async () => {
      const rows = await db.sql<{ code: string }>(
        `select output ->> 'code' as code from pgboss.job where state = 'retry' and data ->> 'job' = 'trial.of-tomorrow'`,
      )
      return rows[0]?.code
    }
    await until(async () => (await keptBecause()) === 'unknown_job')
    await db.sql(`delete from pgboss.job where data ->> 'job' = 'trial.of-tomorrow'`)
  })
})

for (const [job, note, code, times, limits] of [
  [jobs.loops, 'a loop without end', 'thread_did_not_answer', 2, { silentSeconds: 1.5 }],
  [jobs.exits, 'an end of the process', 'thread_ended_itself', 3, {}],
  [jobs.crashes, 'an error that nobody catches', 'thread_crashed', 2, {}],
  [jobs.eats, 'memory without end', 'thread_used_too_much_memory', 2, {}],
] as const)
  test(`${note} ends only the thread: it reaches the dead letters, and the jobs beside it finish uncharged`, async (t) => {
    const node = await db.node(limits)
    t.after(node.stop)
    await queue(jobs.dawdles, `beside ${note}, first`)
    await queue(jobs.dawdles, `beside ${note}, second`)
    await until(async () => (await attempts(`beside ${note}, first`)) === 1)
    await queue(job, note)
    node.wake()
    await until(() => died(note))
    assert.equal((await db.dead())[note], code)
    assert.equal(await attempts(note), times) // once beside the others, and then as often as it may
    await queue(jobs.writes, `after ${note}`)
    await until(
      async () => (await wrote(`beside ${note}, first`)) && (await wrote(`beside ${note}, second`)) && (await wrote(`after ${note}`)),
    )
    await until(nothingLeft)
  })

test('a node that stops takes no more, lets its jobs end and gives back what could not, uncharged', async () => {
  const node = await db.node({ goodbyeSeconds: 0 })
  await queue(jobs.dawdles, 'interrupted')
  await until(async () => (await attempts('interrupted')) === 1)
  await node.stop()
  assert.ok(!(await wrote('interrupted')))

  const patient = await db.node()
  await until(async () => (await attempts('interrupted')) === 2)
  await patient.stop()
  assert.ok(await wrote('interrupted'))
})

test('the jobs of a node that was lost are tried elsewhere', async () => {
  const pgBoss = await db.queue()
  await queue(jobs.succeedsAtLast, 'of a lost node')
  const node = await db.node()
  await until(async () => (await attempts('of a lost node')) === 1)
  await node.stop()
  // As if a node had taken it since and said nothing for a minute.
  await db.sql(`update pgboss.job set state = 'active', started_on = now(), heartbeat_on = now() - interval '1 minute'
  where data -> 'data' ->> 'note' = 'of a lost node'`)
  await db.sql(`update pgboss.queue set monitor_on = null`)
  await pgBoss.boss.supervise()
  const another = await db.node()
  await until(() => wrote('of a lost node'))
  await another.stop()
})

test('a database that drops every connection is forgiven', async (t) => {
  const node = await db.node()
  t.after(node.stop)
  await db.sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vivavoce_worker' and datname = current_database()`)
  await db.sql(`select private.enqueue('trial.writes', '{"note": "after the database was gone"}')`)
  await until(() => wrote('after the database was gone'))
})

test('a file that is no thread’s is tried again with growing pauses, and takes no job in hand', async () => {
  const node = await db.node({}, jobs.trial, new URL('./nowhere.ts', import.meta.url))
  await queue(jobs.writes, 'patience')
  const tries = () => node.log.filter((line) => line.includes('another one follows')).length
  await until(async () => tries() > 1)
  const [taken] = await db.sql<{ n: number }>(`select count(*)::int as n from pgboss.job where name = 'waiting' and state = 'active'`)
  assert.equal(taken?.n, 0)
  await node.stop()
})

test('no kind of job takes all hands', async (t) => {
  const node = await db.node({ atOnce: 4 })
  t.after(node.stop)
  for (let count = 0; count < 12; count++) await queue(jobs.dawdles, `crowd ${count}`)
  await queue(jobs.writes, 'through the crowd')
  node.wake()
  await until(() => wrote('through the crowd'))
  assert.ok((await db.notes('began')).filter((note) => note.startsWith('crowd')).length <= 3)
})

async function queue(job: Job<typeof jobs.writes.data>, note: string): Promise<void> {
  await db.database.write(theServer, (tx) => later(tx, job, { note }))
}

const wrote = async (note: string) => (await db.notes('wrote')).includes(note)
const died = async (note: string) => note in (await db.dead())
const attempts = async (note: string) => (await db.notes('began')).filter((begun) => begun === note).length

async function nothingLeft(): Promise<boolean> {
  const [left] = await db.sql<{ n: number }>(
    `select (select count(*) from jobs.queued) + (select count(*) from pgboss.job where name in ('waiting', 'dead') and state < 'completed') as n`,
  )
  return left?.n === 0
}
