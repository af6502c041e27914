import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { after, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { importJWK, SignJWT } from 'jose'
import { limits } from '#platform/live/protocol.ts'
import { listen } from '#platform/live/tests/ear.ts'
import { someone } from '#tests/database.ts'
import { freshServer, tokenFor } from '#tests/server.ts'
import { follow, type Follower } from './follower.ts'
import { faultsIn } from './history.ts'
import { much, tell } from './scene.ts'
import { wireTo } from './wire.ts'

// What happens between a client and a server that both live.
const server = await freshServer()
const { db } = server
const followers: Follower[] = []
after(() => followers.forEach((one) => one.stop()))

async function somebody() {
  const { id } = await someone(db)
  return { id, token: await tokenFor(server.keys, id, { session_id: randomUUID() }) }
}
const [amara, jonas, mei] = [await somebody(), await somebody(), await somebody()]

async function talk(): Promise<string> {
  const id = randomUUID()
  await db.sql('insert into sample.talks values ($1)', [id])
  await db.sql(`select private.open_topic($1, 'sample.talk', $2)`, [id, [amara.id, jonas.id, mei.id]])
  return id
}
const say = (topic: string, count = 1) =>
  db.sql(`select private.emit($1, 'sample.said', json_build_object('line', gen_random_uuid())::jsonb) from generate_series(1, $2)`, [
    topic,
    count,
  ])

function followed(who: { token: string }, topic: string, address: string, silence?: number): Follower {
  const one = follow({ token: who.token, address: () => address }, [topic], silence)
  followers.push(one)
  return one
}
const saw = (one: Follower, what: string) => one.seen.filter((seen) => seen.saw === what).length

async function until(holds: () => boolean, what: string): Promise<void> {
  for (const late = performance.now() + 30_000; !holds(); await pause(10))
    if (performance.now() > late) throw new Error(`never so: ${what}`)
}
async function judged(topic: string, one: Follower): Promise<string[]> {
  const rows = await db.sql<{ seq: number; line: string | null }>(
    `select seq, body->>'line' as line from live.events where topic_id = $1 order by seq`,
    [topic],
  )
  const [end] = await db.sql<{ seq: number }>('select seq from live.topics where id = $1', [topic])
  await until(() => one.cursors.get(topic) === end!.seq, `heard up to ${end!.seq}`)
  return faultsIn({ acknowledged: [], kept: rows.map(({ seq, line }) => [seq, line ?? undefined]), seen: one.seen, topic })
}

describe('somebody behind a broken line', { concurrency: 1 }, () => {
  test('who was cut off for seconds goes on without loss or doubling', async (t) => {
    const [topic, wire] = [await talk(), await wireTo(server.address)]
    const [hers, his] = [followed(amara, topic, wire.address), followed(jonas, topic, server.address)]
    await until(() => saw(hers, 'ready') === 1 && saw(his, 'ready') === 1, 'both listen')
    await say(topic, 20)
    wire.cut()
    await say(topic, 300)
    await pause(much(5_000, 500))
    wire.mend()
    await say(topic, 20)
    assert.deepEqual([...(await judged(topic, hers)), ...(await judged(topic, his))], [])
    assert.deepEqual([saw(hers, 'event'), saw(hers, 'reset')], [340, 0])
    tell(t, `cut off during 300 of 340 events: all heard, connections ${hers.connections()}`)
  })

  test('who was away for an hour goes on, if it was not too much; after three days they get one reset', async (t) => {
    for (const [age, resets] of [
      ['1 hour', 0],
      ['3 days', 1],
    ] as const) {
      const [topic, wire] = [await talk(), await wireTo(server.address)]
      const hers = followed(amara, topic, wire.address)
      await until(() => saw(hers, 'ready') === 1, 'she listens')
      await say(topic, 10)
      await until(() => saw(hers, 'event') === 10, 'she heard ten')
      wire.cut()
      await say(topic, 50)
      await db.sql(`update live.events set at = at - $2::interval where topic_id = $1`, [topic, age])
      await db.sql('select private.sweep_events(5000)')
      await say(topic, 5)
      wire.mend()
      assert.deepEqual(await judged(topic, hers), [])
      assert.equal(saw(hers, 'reset'), resets)
      assert.equal(saw(hers, 'event'), resets === 0 ? 65 : 10)
      tell(t, `away for ${age}: ${saw(hers, 'event')} of 65 events, ${resets} reset`)
    }
  })

  test('half-open lines: both ends find out by themselves', async (t) => {
    const usual = { ...limits }
    Object.assign(limits, { silence: 1_500 })
    try {
      const [topic, wire] = [await talk(), await wireTo(server.address)]
      const hers = followed(amara, topic, wire.address, 1_500)
      await until(() => saw(hers, 'ready') === 1, 'she listens')
      wire.hold()
      await say(topic, 30)
      await until(() => saw(hers, 'lost') === 1, 'she gives the line up')
      wire.mend()
      assert.deepEqual(await judged(topic, hers), [])
      tell(t, `held: given up, all 30 events heard over connection ${hers.connections()}`)
    } finally {
      Object.assign(limits, usual)
    }
  })

  test('the line between nodes is lost: events come all the same, and it is opened anew', async (t) => {
    const topic = await talk()
    const hers = followed(amara, topic, server.address)
    await until(() => saw(hers, 'ready') === 1, 'she listens')
    const lines = () =>
      db.sql<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'vivavoce live' and datname = current_database()`)
    const [before] = await lines()
    await db.sql('select pg_terminate_backend($1)', [before!.pid])
    await say(topic, 10)
    assert.deepEqual(await judged(topic, hers), [])
    for (let tries = 0; tries < 100 && ((await lines())[0]?.pid ?? before!.pid) === before!.pid; tries++) await pause(50)
    assert.notEqual((await lines())[0]!.pid, before!.pid)
    tell(t, 'LISTEN connection ended: 10 of 10 events heard, another one is there')
  })

  test('nothing that is written after somebody was sent away or blocked reaches them, at a hundred a second', async (t) => {
    const rounds = much(20, 3)
    let heardAfter = 0
    for (let round = 0; round < rounds; round++) {
      const topic = await talk()
      const [hers, his] = [followed(mei, topic, server.address), followed(jonas, topic, server.address)]
      await until(() => saw(hers, 'ready') === 1 && saw(his, 'ready') === 1, 'both listen')
      const talking = (async () => {
        for (let count = 0; count < 60; count++) await Promise.all([say(topic), pause(10)])
      })()
      await pause(100 + Math.random() * 300)
      await db.sql('select private.leave_topic($1, $2)', [topic, [mei.id]])
      await talking
      const [left] = await db.sql<{ seq: number }>(`select seq from live.events where topic_id = $1 and kind = 'live.members'`, [topic])
      assert.deepEqual(await judged(topic, his), [])
      heardAfter += hers.seen.filter((seen) => seen.saw === 'event' && seen.seq >= left!.seq).length
      assert.equal(saw(hers, 'cut') > 0, true)
      hers.stop()
      his.stop()
    }
    assert.equal(heardAfter, 0)
    tell(t, `${rounds} times 60 events: 0 heard after`)
  })

  test('a slow reader takes neither the others’ events nor the server’s memory', async (t) => {
    const topic = await talk()
    const slow = connect(Number(new URL(server.address).port), '127.0.0.1')
    slow.on('error', () => {})
    after(() => slow.destroy())
    slow.write(
      `GET /live HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${Buffer.alloc(16).toString('base64')}\r\nauthorization: Bearer ${jonas.token}\r\n\r\n`,
    )
    await new Promise((told) => slow.once('data', told))
    slow.write(masked(JSON.stringify({ say: 'listen', topics: { [topic]: null } })))
    await pause(200)
    slow.pause()
    const trickle = setInterval(() => void slow.read(100), 100) // a kilobyte a second
    after(() => clearInterval(trickle))
    const quick = followed(amara, topic, server.address)
    await until(() => saw(quick, 'ready') === 1, 'she listens')
    const bulk = 'x'.repeat(3_000)
    const batches = much(400, 80)
    for (let batch = 0; batch < batches; batch++)
      await db.sql(
        `select private.emit($1, 'sample.said', jsonb_build_object('line', gen_random_uuid(), 'bulk', $2::text || n)) from generate_series(1, 50) n`,
        [topic, bulk],
      )
    assert.deepEqual(await judged(topic, quick), [])
    const [size] = await db.sql<{ bytes: number }>('select sum(length(body::text))::int as bytes from live.events where topic_id = $1', [
      topic,
    ])
    const figures = await (await fetch(`${server.address}/metrics`, { headers: { authorization: `Bearer ${server.keys.service}` } })).text()
    const unsent = Number(/^vivavoce_live_unsent_bytes (\d+)/m.exec(figures)![1])
    assert.ok(unsent > 0 && unsent < 1_000_000, `${unsent} bytes wait, of ${size!.bytes} sent`)
    tell(
      t,
      `${(size!.bytes / 1e6).toFixed(1)} MB sent past a slow reader: ${(unsent / 1e6).toFixed(2)} MB wait in the server, the other heard all`,
    )
  })

  test('a token that expires ends the line in the middle of a stream', async (t) => {
    const topic = await talk()
    const [key] = server.keys.jwt
    const token = await new SignJWT({ role: 'authenticated', aal: 'aal1', session_id: randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid: key!.kid })
      .setSubject(amara.id)
      .setAudience('authenticated')
      .setIssuedAt()
      .setExpirationTime('2s')
      .sign(await importJWK({ ...key! }, 'ES256'))
    const ear = await listen(server.address, { authorization: `Bearer ${token}` })
    ear.say({ say: 'listen', topics: { [topic]: null } })
    await ear.hears('ready')
    const over = new AbortController()
    const stream = (async () => {
      while (!over.signal.aborted) await Promise.all([say(topic), pause(20)])
    })()
    assert.equal((await ear.hears('bye')).why, 'token_expired')
    assert.equal((await ear.closed).code, 4001)
    over.abort()
    await stream
    const heard = ear.events(topic)
    assert.deepEqual(
      heard.map(({ seq }) => seq),
      heard.map((_, at) => at + 1),
    )
    tell(t, `${heard.length} events, then the end`)
  })
})

// A frame as a client sends it, of less than 126 bytes.
function masked(text: string): Buffer {
  const body = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body])
}
