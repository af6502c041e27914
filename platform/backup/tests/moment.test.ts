import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { Client } from 'pg'
import * as z from 'zod/mini'
import { bury } from '#platform/jobs/bury.ts'
import { job, type Job } from '#platform/jobs/job.ts'
import { waiting, type Envelope } from '#platform/jobs/queue.ts'
import { relay } from '#platform/jobs/relay.ts'
import { sampleFolder } from '#tests/cluster.ts'
import { freshDatabase, type TestDatabase } from '#tests/database.ts'
import { until } from '#tests/processes.ts'
import { backUpTo, endAt, everything, folderOf, migrated, restoreFrom, temporaryFolder, withQueue } from './scene.ts'

const source = await freshDatabase()
const target = await freshDatabase()
const purses = folderOf({
  '2026-11-22-01-purses.sql': `
    create schema purses;
    create table purses.a (owner int primary key, coins int not null);
    create table purses.ballast (filler text);
    create table purses.c (owner int primary key, coins int not null);
    create table purses.letters (id uuid primary key);
    create function purses.give(owner int) returns void language sql as $$
      update purses.a set coins = coins - 1 where a.owner = give.owner;
      update purses.c set coins = coins + 1 where c.owner = give.owner;
      with letter as (insert into purses.letters values (gen_random_uuid()) returning id)
      select private.enqueue('trial.works', jsonb_build_object('letter', id)) from letter;
    $$;`,
})
const [from, to] = await Promise.all([source, target].map((db) => migrated(endOf(db))))
const file = path.join(temporaryFolder(), 'backup.tar.gz')
const dies = job({ name: 'trial.dies', data: z.object({}), retries: 0, timeoutSeconds: 1, run: async () => {} })
const jobs = new Map<string, Job>([[dies.name, dies]])

test('what was unfinished comes back, each exactly once; what was done, and what was here before, does not', async () => {
  await withQueue(from!.worker, async (queue) => {
    const take = async (note: string, name = 'trial.works') => {
      await enqueue(source, note, { name })
      await relay(queue, jobs)
      const [taken] = await queue.boss.fetch<Envelope>(waiting)
      assert.deepEqual(taken?.data.data, { note })
      return taken.id
    }
    await queue.boss.complete(waiting, await take('done'))
    await queue.boss.fail(waiting, await take('buried', 'trial.dies'), { code: 'no_luck' })
    await bury(queue)
    await queue.boss.fail(waiting, await take('dead, not buried yet', 'trial.dies'), { code: 'seat_taken' })
    await take('in hand')
    await queue.boss.fail(waiting, await take('to be tried again'), { code: 'no_luck' })
    await enqueue(source, 'waiting')
    await enqueue(source, 'waiting alone', { once: 'digest of Ada' })
    await enqueue(source, 'waiting for its time', { after: '2099-01-01T00:00:00.123456Z' })
    await relay(queue, jobs)
    await enqueue(source, 'queued')
  })
  await withQueue(to!.worker, async (queue) => {
    await enqueue(target, 'waiting in another world')
    await relay(queue, jobs)
    await enqueue(target, 'queued in another world')
  })

  await backUpTo(file, from!)
  await restoreFrom(file, to!, { overwrite: true })
  const queued = [
    { note: 'in hand', once: null, after: null },
    { note: 'queued', once: null, after: null },
    { note: 'to be tried again', once: null, after: null },
    { note: 'waiting', once: null, after: null },
    { note: 'waiting alone', once: 'digest of Ada', after: null },
    { note: 'waiting for its time', once: null, after: '2099-01-01 00:00:00.123456+00' },
  ]
  assert.deepEqual(
    await target.sql(
      `select data ->> 'note' as note, once, case when start_after > now() + interval '1 day' then start_after::text end as after
       from jobs.queued order by note`,
    ),
    queued,
  )
  assert.deepEqual(await target.sql(`select data ->> 'note' as note, name, code, attempts from jobs.dead_letters order by note`), [
    { note: 'buried', name: 'trial.dies', code: 'no_luck', attempts: 1 },
    { note: 'dead, not buried yet', name: 'trial.dies', code: 'seat_taken', attempts: 1 },
  ])

  await withQueue(to!.worker, (queue) => relay(queue, jobs))
  assert.deepEqual(
    await target.sql(`select data -> 'data' ->> 'note' as note from pgboss.job where name = 'waiting' and state = 'created' order by note`),
    queued.map(({ note }) => ({ note })),
  )
})

test('a backup shows one moment, while others write: no coin is lost or doubled, no letter is without its job', async () => {
  await source.sql('insert into purses.a select n, 1000 from generate_series(1, 4) n')
  await source.sql('insert into purses.c select n, 1000 from generate_series(1, 4) n')
  await source.sql(`insert into purses.ballast select repeat(md5(n::text), 32) from generate_series(1, 30000) n`) // it takes a while
  await withQueue(from!.worker, async (queue) => {
    let writes = 0
    const over = new AbortController()
    const give = async (owner: number) => {
      for (; !over.signal.aborted; writes++) await source.sql('select purses.give($1)', [owner])
    }
    const relayAll = async () => {
      while (!over.signal.aborted) await relay(queue, jobs)
    }
    const busy = Promise.all([give(1), give(2), give(3), relayAll()])
    await until(() => writes > 50, 90, 'others write')
    const before = writes
    await backUpTo(file, from!)
    assert.ok(writes - before > 50, `only ${writes - before} writes meanwhile`)
    over.abort()
    await busy
  })

  await restoreFrom(file, to!, { overwrite: true })
  const [coins] = await target.sql('select (select sum(coins) from purses.a)::int as a, (select sum(coins) from purses.c)::int as c')
  assert.equal(Number(coins!['a']) + Number(coins!['c']), 8_000)
  assert.ok(Number(coins!['c']) > 4_050)
  assert.deepEqual(
    await target.sql(
      `select letter.id, queued.id as job from purses.letters letter
         full join (select id, data ->> 'letter' as letter from jobs.queued where data ? 'letter') queued on queued.letter = letter.id::text
       where letter.id is null or queued.id is null`,
    ),
    [],
  )
  const [count] = await target.sql(`select count(*) = (select count(*) from purses.letters) as so from jobs.queued where data ? 'letter'`)
  assert.ok(count!['so'])
})

test('a migration that rewrites a table as a backup begins costs no row', async () => {
  const migration = new Client({ connectionString: source.url() })
  await migration.connect()
  await migration.query('begin')
  await migration.query('alter table purses.ballast alter column filler type varchar(2000)')
  await migration.query('alter table purses.ballast alter column filler type text')
  const backing = backUpTo(file, from!)
  const waits = `select from pg_locks where relation = 'purses.ballast'::regclass and mode = 'AccessShareLock' and not granted`
  await until(async () => (await source.sql(waits)).length > 0, 90, 'the backup waits')
  await migration.query('commit')
  await migration.end()
  assert.equal((await backing).rows['tables/purses.ballast'], 30_000)
})

function endOf({ url }: TestDatabase) {
  return endAt({ url: url(), worker: url('vivavoce_worker'), admin: url() }, [...everything, sampleFolder, purses])
}

type Wish = { name?: string; after?: string | null; once?: string | null }
function enqueue(db: TestDatabase, note: string, { name = 'trial.works', after = null, once = null }: Wish = {}) {
  return db.sql('select private.enqueue($1, $2, $3, $4)', [name, { note }, after, once])
}
