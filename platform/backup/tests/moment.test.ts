import assert from 'node:assert/strict'
import path from 'node:path'
import { after, test } from 'node:test'
import * as z from 'zod/mini'
import { bury } from '#platform/jobs/bury.ts'
import { job, type Job } from '#platform/jobs/job.ts'
import { openQueue, waiting, type Envelope, type Queue } from '#platform/jobs/queue.ts'
import { relay } from '#platform/jobs/relay.ts'
import { logger } from '#platform/operations/log.ts'
import { sampleFolder } from '#tests/cluster.ts'
import { freshDatabase, type TestDatabase } from '#tests/database.ts'
import { backUpTo, endAt, folderOf, migrated, restoreFrom, temporaryFolder } from './scene.ts'

const queues: Queue[] = []
after(() => Promise.all(queues.map((queue) => queue.close()))) // before the databases go: hooks run as they were made
const source = await freshDatabase()
const target = await freshDatabase()
const folders = [
  sampleFolder,
  folderOf({
    '2026-11-22-01-purses.sql': `
      create schema purses;
      create table purses.a (owner int primary key, coins int not null);
      create table purses.b (filler text);
      create table purses.c (owner int primary key, coins int not null);
      create table purses.letters (id uuid primary key);`,
  }),
]
const [from, to] = await Promise.all([migrated(end(source)), migrated(end(target))])
const file = path.join(temporaryFolder(), 'backup.tar.gz')
const jobs = new Map<string, Job>([['trial.dies', job({ name: 'trial.dies', data: z.object({}), retries: 0, timeoutSeconds: 1, run: async () => {} })]])

test('what was unfinished comes back, each exactly once; what was done, and what was here before, does not', async () => {
  const queue = await queueOf(source)
  const take = async (note: string, name = 'trial.works') => {
    await enqueue(source, note, { name })
    await relay(queue, jobs)
    const [taken] = await queue.boss.fetch<Envelope>(waiting)
    assert.deepEqual(taken?.data.data, { note })
    return taken!.id
  }
  await queue.boss.complete(waiting, await take('done'))
  await queue.boss.fail(waiting, await take('buried', 'trial.dies'), { code: 'no_luck' })
  await bury(queue)
  await queue.boss.fail(waiting, await take('dead, not buried yet', 'trial.dies'), { code: 'seat_taken' })
  await take('in hand')
  await queue.boss.fail(waiting, await take('to be tried again'), { code: 'no_luck' })
  await enqueue(source, 'waiting')
  await enqueue(source, 'waiting alone', { once: 'digest of Ada' })
  await enqueue(source, 'waiting for tomorrow', { after: '2099-01-01T00:00:00.123456Z' })
  await relay(queue, jobs)
  await enqueue(source, 'queued')

  const before = await queueOf(target)
  await enqueue(target, 'waiting in another world')
  await relay(before, jobs)
  await enqueue(target, 'queued in another world')
  await close(before)

  await backUpTo(file, from)
  await restoreFrom(file, to, { overwrite: true })
  const queued = [
    { note: 'in hand', once: null, at: 'once' },
    { note: 'queued', once: null, at: 'once' },
    { note: 'to be tried again', once: null, at: 'once' },
    { note: 'waiting', once: null, at: 'once' },
    { note: 'waiting alone', once: 'digest of Ada', at: 'once' },
    { note: 'waiting for tomorrow', once: null, at: '2099-01-01 00:00:00.123456+00' },
  ]
  assert.deepEqual(
    await target.sql(
      `select data ->> 'note' as note, once, case when start_after > now() + interval '1 day' then start_after::text else 'once' end as at from jobs.queued order by 1`,
    ),
    queued,
  )
  assert.deepEqual(await target.sql(`select data ->> 'note' as note, name, code, attempts from jobs.dead_letters order by 1`), [
    { note: 'buried', name: 'trial.dies', code: 'no_luck', attempts: 1 },
    { note: 'dead, not buried yet', name: 'trial.dies', code: 'seat_taken', attempts: 1 },
  ])

  await relay(await queueOf(target), jobs)
  assert.deepEqual(
    await target.sql(`select data -> 'data' ->> 'note' as note from pgboss.job where name = 'waiting' and state = 'created' order by 1`),
    queued.map(({ note }) => ({ note })),
  )
})

test('a backup taken while others write shows one moment: no coin is lost or doubled, and no letter is without its job', async () => {
  await source.sql('insert into purses.a select n, 1000 from generate_series(1, 8) n')
  await source.sql('insert into purses.c select n, 1000 from generate_series(1, 8) n')
  await source.sql(`insert into purses.b select repeat(md5(n::text), 32) from generate_series(1, 20000) n`) // between the two, so that time passes
  const queue = await queueOf(source)
  let writes = 0
  let writing = true
  const writer = async (_: unknown, n: number) => {
    for (const owner = n + 1; writing; writes++)
      await source.sql(
        `with given as (update purses.a set coins = coins - 1 where owner = $1), letter as (insert into purses.letters values (gen_random_uuid()) returning id),
           queued as (select private.enqueue('trial.works', jsonb_build_object('letter', id)) from letter)
         update purses.c set coins = coins + 1 where owner = $1 and exists (select from queued)`,
        [owner],
      )
  }
  const relaying = async () => {
    while (writing) await relay(queue, jobs)
  }
  const busy = [...Array.from({ length: 4 }, writer), relaying()]
  await until(() => writes > 100)
  const before = writes
  await backUpTo(file, from)
  const meanwhile = writes - before
  writing = false
  await Promise.all(busy)
  assert.ok(meanwhile > 100, `only ${meanwhile} writes meanwhile`)

  await close(queues.at(-2)!) // of the first test, in the target
  await restoreFrom(file, to, { overwrite: true })
  const [coins] = await target.sql('select (select sum(coins) from purses.a)::int as a, (select sum(coins) from purses.c)::int as c')
  assert.equal(coins!['a'] + coins!['c'], 16_000)
  const [letters] = await target.sql(
    `select count(*)::int as letters, count(distinct data ->> 'letter')::int as jobs, count(l.id)::int as both
     from purses.letters l full join (select data from jobs.queued where data ? 'letter') q on q.data ->> 'letter' = l.id::text`,
  )
  assert.deepEqual(letters, {})
})

function enqueue(db: TestDatabase, note: string, { name = 'trial.works', after = null, once = null }: Wish = {}) {
  return db.sql('select private.enqueue($1, $2, $3, $4)', [name, { note }, after, once])
}
type Wish = { name?: string; after?: string | null; once?: string | null }
