import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { connections, crowdOf, rounds } from '#tests/race.ts'
import { freshDatabase, someone } from '#tests/database.ts'

const db = await freshDatabase()
const people = await Promise.all(Array.from({ length: 6 }, (_, at) => someone(db, `p${at}`)))
const ids = people.map(({ id }) => id)

// In orders of their own making: topics are locked one by one at the end, several people's at once in the order of their ids.
test('many emit, come and go in the same topics at once: each number is there once, without a gap, and no two wait for each other', async (t) => {
  const pool = crowdOf(db, t)
  let events = 0
  for (let round = 0; round < rounds; round++) {
    const topic = randomUUID()
    await db.sql(`select private.open_topic($1, 'sample.talk', $2)`, [topic, ids.slice(0, 3)])
    const deeds = Array.from({ length: connections }, (_, n) => {
      const some = [ids[n % 6]!, ids[(n * 5 + round) % 6]!, ids[(n * 3 + 1) % 6]!]
      if (n % 5 === 0) return pool.query('select private.join_topic($1, $2)', [topic, some])
      if (n % 5 === 1) return pool.query('select private.leave_topic($1, $2)', [topic, some])
      if (n % 5 === 2) return pool.query(`select private.emit_to($1, 'sample.told')`, [some])
      return pool.query(`select private.emit($1, 'sample.said')`, [topic])
    })
    for (const { status, reason } of (await Promise.allSettled<unknown>(deeds)) as { status: string; reason?: Error }[])
      assert.equal(status, 'fulfilled', reason?.message ?? '')
    const [gaps] = await db.sql<{ gaps: number; events: number }>(
      `select count(*) filter (where e.seq <> n)::int as gaps, count(*)::int as events
       from (select topic_id, seq, row_number() over (partition by topic_id order by seq) as n from live.events) e`,
    )
    assert.equal(gaps!.gaps, 0)
    events = gaps!.events
    const [versions] = await db.sql<{ said: number; is: number }>(
      `select (select count(*)::int from live.events where topic_id = $1 and kind = 'live.members') as said, acl_version as is from live.topics where id = $1`,
      [topic],
    )
    assert.equal(versions!.said, versions!.is)
  }
  t.diagnostic(`race: ${t.name}: ${rounds} rounds of ${connections}: ${events} events`)
})

// One function tells one person, the next another: at the commit all of it is said in one order.
test('deeds that tell the same people one after the other, in opposite orders, never wait for each other in a circle', async (t) => {
  const pool = crowdOf(db, t)
  const before = await db.sql<{ seq: number }>('select coalesce(sum(seq), 0)::int as seq from live.topics where id = any ($1)', [ids])
  for (let round = 0; round < rounds; round++) {
    const deeds = Array.from({ length: connections }, async (_, n) => {
      const order = n % 2 ? ids : ids.toReversed()
      const client = await pool.connect()
      try {
        await client.query('begin')
        for (const id of order) await client.query(`select private.emit_to(array[$1]::uuid[], 'sample.told')`, [id])
        await client.query('commit')
      } finally {
        client.release()
      }
    })
    for (const { status, reason } of (await Promise.allSettled<unknown>(deeds)) as { status: string; reason?: Error }[])
      assert.equal(status, 'fulfilled', reason?.message ?? '')
  }
  const after = await db.sql<{ seq: number }>('select sum(seq)::int as seq from live.topics where id = any ($1)', [ids])
  assert.equal(after[0]!.seq - before[0]!.seq, rounds * connections * ids.length)
  assert.deepEqual(await db.sql('select from live.waiting'), [])
  t.diagnostic(`race: ${t.name}: ${rounds} rounds of ${connections}: all went through`)
})

// A long transaction that commits late is what a cursor over a sequence loses.
test('whoever reads by snapshot finds each event once, however late it commits', async (t) => {
  const pool = crowdOf(db, t)
  const topics = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const topic = randomUUID()
      await db.sql(`select private.open_topic($1, 'sample.talk')`, [topic])
      return topic
    }),
  )
  const [begun] = await db.sql<{ seen: string }>('select pg_current_snapshot()::text as seen')
  let seen = begun!.seen
  const found: string[] = []
  const look = async () => {
    const rows = await db.sql<{ seen: string; event: string | null }>(
      `select pg_current_snapshot()::text as seen, e.event from (values (1)) one left join lateral (
         select topic_id || ' ' || seq as event from live.events
         where tx >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(tx, $1::pg_snapshot)) e on true`,
      [seen],
    )
    seen = rows[0]!.seen
    found.push(...rows.flatMap(({ event }) => event ?? []))
  }
  const written = new AbortController()
  const reading = (async () => {
    while (!written.signal.aborted) await look()
  })()
  const count = rounds * connections
  await Promise.all(
    Array.from({ length: connections }, async (_, lane) => {
      for (let nth = 0; nth < count / connections; nth++) {
        const client = await pool.connect()
        await client.query('begin')
        await client.query('select pg_current_xact_id()')
        await client.query('select pg_sleep($1)', [Math.random() / 50])
        await client.query(`select private.emit($1, 'sample.said')`, [topics[(lane + nth) % topics.length]])
        await client.query('commit')
        client.release()
      }
    }),
  )
  written.abort()
  await reading
  await look()
  assert.equal(new Set(found).size, count)
  assert.equal(found.length, count)
  t.diagnostic(`race: ${t.name}: ${count} events from ${connections} connections, each found once`)
})
