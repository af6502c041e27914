import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aStranger, someone, theServer } from '#tests/database.ts'
import { later, waking } from '../later.ts'
import { relay } from '../relay.ts'
import type { Queue } from '../queue.ts'
import { scene, until } from './scene.ts'
import { trial, writes } from './trial.ts'

const db = await scene()
const queue = await db.queue()
const jobs = new Map(trial.map((job) => [job.name, job]))
const queued = () => db.sql<{ name: string; data: { note: string } }>('select * from jobs.queued order by id')
const waiting = async () => {
  const rows = await db.sql<{ note: string }>(
    `select data -> 'data' ->> 'note' as note from pgboss.job where name = 'waiting' and state = 'created'`,
  )
  return rows.map(({ note }) => note)
}
const relayAll = async () => {
  while ((await relay(queue, jobs)) > 0);
}

test('a job rides with the commit of what causes it', async () => {
  const ada = await someone(db)
  await db.database.write(ada.acting, (tx) => later(tx, writes, { note: 'committed' }))
  assert.deepEqual(
    (await queued()).map(({ name, data }) => [name, data]),
    [['trial.writes', { note: 'committed' }]],
  )
  await relayAll()
  assert.deepEqual(await queued(), [])
  assert.deepEqual(await waiting(), ['committed'])
})

test('no commit, no job', async () => {
  const ada = await someone(db)
  const changesHerMind = db.database.write(ada.acting, async (tx) => {
    await later(tx, writes, { note: 'rolled back' })
    throw new Error('on second thoughts')
  })
  await assert.rejects(changesHerMind, /second thoughts/)
  const isRefused = db.database.write(ada.acting, async (tx) => {
    await later(tx, writes, { note: 'rolled back' })
    await tx.call('private.refuse', { name: 'seat_taken' })
  })
  await assert.rejects(isRefused, { constraint: 'seat_taken' })
  assert.deepEqual(await queued(), [])
})

test('data that the job does not understand are refused before anything is sent', async () => {
  const mistaken = db.database.write(theServer, (tx) => later(tx, writes, { note: 5 as unknown as string }))
  await assert.rejects(mistaken, { name: '$ZodError' })
})

test('data hold ids, never content: what is longer is refused', async () => {
  const essay = db.database.write(theServer, (tx) => later(tx, writes, { note: 'x'.repeat(4_000) }))
  await assert.rejects(essay, { constraint: 'data_holds_ids' })
})

test('a stranger queues nothing', async () => {
  const knocks = db.database.write(aStranger, (tx) => later(tx, writes, { note: 'from outside' }))
  await assert.rejects(knocks, { code: '42501' })
})

test('a job waits until its time', async () => {
  await db.database.write(theServer, async (tx) => {
    await later(tx, writes, { note: 'tomorrow' }, { after: new Date(Date.now() + 86_400_000) })
    await later(tx, writes, { note: 'yesterday' }, { after: '2026-11-19T10:00:00.000Z' })
  })
  await relayAll()
  const taken = await queue.boss.fetch<{ data: { note: string } }>('waiting', { batchSize: 50 })
  const notes = taken.map(({ data }) => data.data.note)
  assert.ok(notes.includes('yesterday') && !notes.includes('tomorrow'))
})

test('while a job with a word of its own waits, another one with that word adds nothing', async () => {
  const queueOnce = (note: string) => db.database.write(theServer, (tx) => later(tx, writes, { note }, { once: 'digest of Ada' }))
  await queueOnce('first')
  await queueOnce('in the same relay')
  await relayAll()
  await queueOnce('later')
  await relayAll()
  assert.deepEqual(await waiting().then(onlyOnce), ['first'])

  // Once it has started it may have seen too little: the next one counts again.
  await queue.boss.fetch('waiting', { batchSize: 50 })
  await queueOnce('after the start')
  await relayAll()
  assert.deepEqual(await waiting().then(onlyOnce), ['after the start'])
})
const onlyOnce = (notes: string[]) => notes.filter((note) => ['first', 'in the same relay', 'later', 'after the start'].includes(note))

test('whoever is told of commits hears of those that queued something, and of no others', async () => {
  let woken = 0
  const database = waking(db.database, () => woken++)
  const ada = await someone(db)
  await database.write(ada.acting, (tx) => sql`select 1`.execute(tx))
  await database.write(ada.acting, (tx) => later(tx, writes, { note: 'a' })).then(() => assert.equal(woken, 1))
  await assert.rejects(
    database.write(ada.acting, async (tx) => {
      await later(tx, writes, { note: 'b' })
      throw new Error('no')
    }),
  )
  assert.equal(woken, 1)
})

test('a relay that is killed between the two halves loses nothing and doubles nothing', async () => {
  await db.sql('delete from jobs.queued')
  await db.database.write(theServer, (tx) => later(tx, writes, { note: 'survives' }))
  const boss = Object.create(queue.boss, {
    insert: {
      async value(...args: Parameters<Queue['boss']['insert']>) {
        await queue.boss.insert(...args)
        await db.sql(
          `select pg_terminate_backend(pid, 10_000) from pg_stat_activity where application_name = 'vivavoce jobs' and state = 'idle in transaction'`,
        )
      },
    },
  }) as Queue['boss']
  await assert.rejects(relay({ ...queue, boss }, jobs))
  assert.equal((await queued()).length, 1)
  assert.ok(!(await waiting()).includes('survives'))

  await relayAll()
  assert.equal((await waiting()).filter((note) => note === 'survives').length, 1)
})

test('200 jobs queued at once on two nodes run exactly once each', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => someone(db)))
  const [one, two] = await Promise.all([db.node(), db.node()])
  const wanted = Array.from({ length: 200 }, (_, count) => `job ${count}`)
  await Promise.all(
    wanted.map(async (note, count) => {
      await db.database.write(people[count % 8]!.acting, (tx) => later(tx, writes, { note }))
      ;(count % 2 ? one : two).wake()
    }),
  )
  const written = async () => (await db.notes('wrote')).filter((note) => note.startsWith('job '))
  await until(async () => (await written()).length >= 200)
  await Promise.all([one.stop(), two.stop()])
  assert.deepEqual((await written()).toSorted(), wanted.toSorted())
})
