import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { until } from '#platform/operations/tests/asking.ts'
import { someone } from '#tests/database.ts'
import { freshServer, tokenFor } from '#tests/server.ts'
import { listen, type Ear } from './ear.ts'

const server = await freshServer()
const { db, address } = server

async function somebody(name: string) {
  const { id } = await someone(db, name)
  const token = await tokenFor(server.keys, id, { session_id: randomUUID() })
  const headers = { authorization: `Bearer ${token}` }
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${address}/api${path}`, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, string> }
  }
  return {
    id,
    ask,
    listens: () => listen(address, headers),
    begins: async (...people: { id: string }[]) =>
      (await ask('POST', '/sample/talks', { people: people.map((one) => one.id) })).body['id']!,
    says: (talk: string, words: string) => ask('POST', `/sample/talks/${talk}/lines`, { client_id: randomUUID(), words }),
    sendsAway: (talk: string, who: { id: string }) => ask('DELETE', `/sample/talks/${talk}/people/${who.id}`),
  }
}
const amara = await somebody('amara')
const jonas = await somebody('jonas')
const mei = await somebody('mei')

const at = (ear: Ear, topic: string, cursor: number | null = null) => {
  ear.say({ say: 'listen', topics: { [topic]: cursor } })
  return ear.hears('ready', (ready) => ready.topic === topic)
}
const seqs = (ear: Ear, topic: string) => ear.events(topic).map(({ seq }) => seq)

describe('somebody who listens', () => {
  test('hears what is said from then on, in order, with ids and no words', async () => {
    const talk = await amara.begins(jonas)
    const ear = await jonas.listens()
    await at(ear, talk)
    for (const words of ['one', 'two', 'three']) await amara.says(talk, words)
    await ear.hears('event', ({ seq }) => seq === 3)
    assert.deepEqual(seqs(ear, talk), [1, 2, 3])
    assert.deepEqual(Object.keys(ear.events(talk)[0]!.body).toSorted(), ['by', 'line'])
    ear.close()
  })

  test('hears what they missed, after their cursor, and nothing twice', async () => {
    const talk = await amara.begins(jonas)
    for (let count = 0; count < 250; count++) await amara.says(talk, 'again')
    const ear = await jonas.listens()
    await at(ear, talk, 17)
    assert.deepEqual(
      seqs(ear, talk),
      Array.from({ length: 233 }, (_, count) => count + 18),
    )
    ear.close()
  })

  test('is told to ask for the whole when they missed too much, or what they heard is of another time', async () => {
    const talk = await amara.begins(jonas)
    await db.sql('update live.topics set seq = 1000, forgotten = 400 where id = $1', [talk])
    for (const [cursor, epoch] of [[399], [1001], [450], [990, randomUUID()]] as [number, string?][]) {
      const ear = await jonas.listens()
      ear.say({ say: 'listen', topics: { [talk]: cursor }, ...(epoch ? { epoch } : {}) })
      assert.equal((await ear.hears('reset')).seq, 1000)
      assert.deepEqual(seqs(ear, talk), [])
      await amara.says(talk, 'on')
      await ear.hears('event')
      await db.sql('update live.topics set seq = 1000 where id = $1', [talk])
      await db.sql('delete from live.events where topic_id = $1', [talk])
      ear.close()
    }
  })

  test('hears of their own topic, which nobody opened', async () => {
    const ear = await mei.listens()
    assert.equal((await at(ear, mei.id)).seq, 0)
    await db.sql(`select private.emit_to(array[$1, $2]::uuid[], 'sample.called')`, [mei.id, jonas.id])
    assert.equal((await ear.hears('event')).kind, 'sample.called')
    ear.close()
  })

  test('hears no topic that is not theirs, nor another person’s own', async () => {
    const talk = await amara.begins(jonas)
    const ear = await mei.listens()
    for (const topic of [talk, amara.id, randomUUID()]) {
      ear.say({ say: 'listen', topics: { [topic]: 0 } })
      assert.equal((await ear.hears('cut', (cut) => cut.topic === topic)).why, 'not_yours')
    }
    await amara.says(talk, 'secret')
    ear.say({ say: 'word', topic: talk, kind: 'sample.typing', body: {} })
    const his = await jonas.listens()
    await at(his, talk, 0)
    ear.say({ say: 'word', topic: talk, kind: 'sample.typing', body: {} })
    await amara.says(talk, 'more')
    await his.hears('event', ({ seq }) => seq === 2)
    assert.deepEqual([ear.events(talk), his.heard.filter(({ say }) => say === 'word')], [[], []])
    ear.close()
    his.close()
  })

  test('hears nothing that is said after they were sent away, and the others hear everything', async () => {
    const talk = await amara.begins(jonas, mei)
    const [hers, his] = [await mei.listens(), await jonas.listens()]
    await Promise.all([at(hers, talk), at(his, talk)])
    await amara.says(talk, 'for both')
    await amara.sendsAway(talk, mei)
    await amara.says(talk, 'for Jonas')
    assert.equal((await hers.hears('cut')).why, 'not_yours')
    await his.hears('event', ({ seq }) => seq === 3)
    assert.deepEqual(seqs(his, talk), [1, 2, 3])
    assert.deepEqual(seqs(hers, talk), [1])
    hers.close()
    his.close()
  })

  test('is told when it is over', async () => {
    const talk = await amara.begins(jonas)
    const ear = await jonas.listens()
    await at(ear, talk)
    await db.sql('select private.close_topic($1)', [talk])
    await ear.hears('cut')
    assert.deepEqual(
      ear.events(talk).map(({ kind }) => kind),
      ['live.closed'],
    )
    ear.close()
  })
})

describe('words', () => {
  test('reach the others, or the one they are for, and are kept nowhere', async () => {
    const talk = await amara.begins(jonas, mei)
    const [hers, his, meis] = [await amara.listens(), await jonas.listens(), await mei.listens()]
    await Promise.all([at(hers, talk), at(his, talk), at(meis, talk)])
    hers.say({ say: 'word', topic: talk, kind: 'sample.typing', body: { on: true } })
    const typing = { say: 'word', topic: talk, kind: 'sample.typing', body: { on: true }, from: amara.id }
    assert.deepEqual([await his.hears('word'), await meis.hears('word')], [typing, typing])
    hers.say({ say: 'word', topic: talk, kind: 'sample.signal', body: 'for him', to: jonas.id })
    await his.hears('word', ({ kind }) => kind === 'sample.signal')
    hers.say({ say: 'word', topic: talk, kind: 'sample.done', body: null })
    await meis.hears('word', ({ kind }) => kind === 'sample.done')
    assert.equal(meis.heard.filter(({ say }) => say === 'word').length, 2)
    assert.equal(hers.heard.filter(({ say }) => say === 'word').length, 0)
    assert.deepEqual(await db.sql('select 1 from live.events where topic_id = $1', [talk]), [])
    for (const ear of [hers, his, meis]) ear.close()
  })

  test('who is present is known to those who listen', async () => {
    const talk = await amara.begins(jonas)
    const [hers, his] = [await amara.listens(), await jonas.listens()]
    await Promise.all([at(hers, talk), at(his, talk)])
    hers.say({ say: 'here', topic: talk, state: 'looking' })
    assert.deepEqual((await his.hears('present')).people, [{ person: amara.id, state: 'looking' }])
    hers.close()
    assert.deepEqual((await his.hears('present', ({ people }) => people.length === 0)).people, [])
    his.close()
  })
})

describe('a stranger who knows a topic’s id', () => {
  test('hears no word and sees nobody there, however often they ask to listen', async () => {
    const talk = await amara.begins(jonas)
    const [hers, his] = [await amara.listens(), await jonas.listens()]
    await Promise.all([at(hers, talk), at(his, talk)])
    const strangers = await Promise.all(Array.from({ length: 10 }, () => mei.listens()))
    const others = Object.fromEntries(Array.from({ length: 150 }, () => [randomUUID(), null]))
    for (let count = 0; count < 15; count++) {
      for (const ear of strangers) ear.say({ say: 'listen', topics: { ...others, [talk]: null } })
      hers.say({ say: 'word', topic: talk, kind: 'sample.chat', body: { count } })
      hers.say({ say: 'here', topic: talk, state: `looking ${count}` })
      await new Promise((soon) => setTimeout(soon, 60))
    }
    await his.hears('word', ({ body }) => (body as { count: number }).count === 14)
    for (const ear of strangers) {
      assert.deepEqual(
        ear.heard.filter(({ say }) => say === 'word' || say === 'present'),
        [],
      )
      ear.close()
    }
    hers.close()
    his.close()
  })
})

describe('the line itself', () => {
  test('is no more than thirty for one person: the oldest ends', async () => {
    const tomos = await somebody('tomos')
    const ears = await Promise.all(Array.from({ length: 45 }, () => tomos.listens()))
    await Promise.all(ears.map((ear) => ear.hears('hello')))
    const ended: unknown[] = []
    for (const ear of ears) void ear.closed.then((how) => ended.push(how))
    await until(() => ended.length >= 15, 'fifteen to end')
    assert.equal(ended.length, 15)
    for (const ear of ears) ear.close()
  })

  test('is cut off for whoever asks on and on, and reads nothing', async () => {
    const talk = await amara.begins(jonas)
    await db.sql(
      `select private.emit($1, 'sample.said', jsonb_build_object('bulk', repeat('x', 3000) || n)) from generate_series(1, 100) n`,
      [talk],
    )
    const ear = await jonas.listens()
    ear.ws.pause()
    const over: unknown[] = []
    void ear.closed.then((how) => over.push(how))
    for (let count = 0; count < 60 && over.length === 0; count++) {
      ear.say({ say: 'leave', topics: [talk] })
      ear.say({ say: 'listen', topics: { [talk]: 0 } })
      await new Promise((soon) => setTimeout(soon, 110))
    }
    ear.ws.resume()
    await new Promise((soon) => setTimeout(soon, 200))
    // Some lie in the buffers of the machine between us; of 6,000 asked for it is a part.
    assert.ok(ear.events(talk).length < 3_500, `${ear.events(talk).length} events`)
    ear.close()
  })

  test('is opened by no page of another site, whatever its browser says', async () => {
    const word = 'x'.repeat(43)
    for (const [origin, site] of [
      ['https://evil.example', 'none'],
      ['https://evil.example', 'same-origin'],
      ['null', 'same-origin'],
    ] as const)
      await assert.rejects(listen(address, { cookie: `vivavoce=${word}`, origin, 'sec-fetch-site': site }), /403/, `${origin} ${site}`)
  })

  test('is open to nobody who is not signed in, and to no other site', async () => {
    await assert.rejects(listen(address, {}), /401/)
    await assert.rejects(listen(address, { authorization: 'Bearer nonsense' }), /401/)
    await assert.rejects(listen(address, { authorization: `Bearer ${server.keys.anon}` }), /401/)
  })

  test('ends within seconds when the session does, and when the person is suspended', async () => {
    const session = randomUUID()
    const who = await someone(db, 'tomos')
    const other = await someone(db, 'noor')
    const bearer = async (id: string, claims: object) => ({ authorization: `Bearer ${await tokenFor(server.keys, id, { ...claims })}` })
    const ended = await listen(address, await bearer(who.id, { session_id: session }))
    const suspended = await listen(address, await bearer(other.id, { session_id: randomUUID() }))
    await db.sql('insert into identity.ended_sessions (session_id) values ($1)', [session])
    await db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [other.id])
    assert.equal((await ended.hears('bye')).why, 'signed_out')
    assert.equal((await suspended.hears('bye')).why, 'signed_out')
    assert.deepEqual(await Promise.all([ended.closed, suspended.closed]).then((all) => all.map(({ code }) => code)), [4001, 4001])
    await assert.rejects(listen(address, await bearer(who.id, { session_id: session })), /401/)
  })

  test('is counted, and so is how long events take', async () => {
    const ear = await mei.listens()
    const figures = await (await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${server.keys.service}` } })).text()
    assert.match(figures, /^vivavoce_live_sockets [1-9]/m)
    assert.match(figures, /^vivavoce_live_delay_seconds_count [1-9]/m)
    ear.close()
  })

  test('is closed to whoever says what is not understood, or too much', async () => {
    const ear = await mei.listens()
    ear.ws.send('{"say":"sing"}')
    assert.equal((await ear.closed).code, 1008)
    const loud = await mei.listens()
    for (let count = 0; count < 200; count++) loud.say({ say: 'beat' })
    assert.equal((await loud.closed).code, 1008)
    const long = await mei.listens()
    long.ws.send(`"${'x'.repeat(70_000)}"`)
    assert.equal((await long.closed).code, 1009)
  })
})
