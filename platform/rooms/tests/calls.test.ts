import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import type * as z from 'zod/mini'
import { configure } from '#platform/configuration/environment.ts'
import type { Reader, Tx } from '#platform/database/conversation.ts'
import { listen, type Ear } from '#platform/live/tests/ear.ts'
import { logger } from '#platform/operations/log.ts'
import { someone, theServer } from '#tests/database.ts'
import { freshServer, tokenFor } from '#tests/server.ts'
import { closeRooms, sweepRooms } from '../jobs.ts'
import type { iceServers, Room } from '../api.ts'
import { presence, presenceFrom } from '../words.ts'
import { domain } from './scene.ts'

const secret = 'a secret between us and the relay'
const server = await freshServer({
  TURN_URLS: 'turn:turn.example:3478,turns:turn.example:5349?transport=tcp,stun:stun.example',
  TURN_SECRET: secret,
})
const house = domain(server.db)

// Whatever is asked here is answered by one of these.
type Answer = z.output<typeof Room> & z.output<(typeof iceServers)['output']> & { code: string }

async function somebody(name: string) {
  const { id } = await someone(server.db, name)
  const headers = { authorization: `Bearer ${await tokenFor(server.keys, id, { session_id: randomUUID() })}` }
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${server.address}/api${path}`, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: answer.status, body: (await answer.json()) as Answer }
  }
  return {
    id,
    ask,
    listens: () => listen(server.address, headers),
    enters: async (room: string) => {
      const entry = randomUUID()
      const { status, body } = await ask('PUT', `/rooms/${room}/entry`, { entry })
      return { entry, status, body }
    },
    sees: (room: string) => ask('GET', `/rooms/${room}`),
  }
}
type Somebody = Awaited<ReturnType<typeof somebody>>
const [ruth, bo, cleo, eve] = (await Promise.all(['ruth', 'bo', 'cleo', 'eve'].map(somebody))) as [Somebody, Somebody, Somebody, Somebody]

const surgery = async () => {
  const seats = [
    { person: ruth.id, role: 'doctor', lets_in: true },
    { person: bo.id, role: 'patient', waits: true },
    { person: cleo.id, role: 'student' },
  ]
  const { status, body } = await ruth.ask('POST', '/sample/rooms', { seats, plan: [{ name: 'talking', seconds: 600, bells: [480] }] })
  assert.equal(status, 200, JSON.stringify(body))
  return body.id
}
const hears = async (ear: Ear, topic: string) => {
  ear.say({ say: 'listen', topics: { [topic]: null } })
  await ear.hears('ready', (ready) => ready.topic === topic)
}
const changed = (ear: Ear, topic: string, version: number) =>
  ear.hears('event', (event) => event.topic === topic && event.kind === 'rooms.changed' && (event.body['version'] as number) >= version)

describe('a room, through its operations', () => {
  test('is read, entered, waited for, opened to who waits, and left', async () => {
    const room = await surgery()
    assert.equal((await bo.enters(room)).body.me.state, 'waiting')
    const hers = await ruth.enters(room)
    assert.equal(hers.body.me.entry, hers.entry)
    assert.deepEqual(
      hers.body.others.map(({ role, state }) => [role, state]),
      [
        ['patient', 'waiting'],
        ['student', 'outside'],
      ],
    )
    const let_in = await ruth.ask('POST', `/rooms/${room}/seats/${bo.id}/admission`)
    assert.equal(let_in.body.others.find(({ person }) => person === bo.id)?.state, 'inside')
    const begun = await bo.ask('POST', `/rooms/${room}/clock/beginning`, { version: let_in.body.clock!.version })
    assert.equal(begun.body.clock?.instants.length, 2)
    assert.deepEqual(begun.body.clock?.plan, [{ name: 'talking', seconds: 600, bells: [480], by: [] }])
    assert.ok(Math.abs(Date.parse(begun.body.now) - Date.parse(begun.body.clock.instants[0]!)) < 10_000)
    assert.equal((await ruth.ask('PUT', `/rooms/${room}/here`, { entry: hers.entry })).status, 200)
    assert.equal((await ruth.ask('POST', `/rooms/${room}/leaving`, { entry: hers.entry })).status, 200)
    assert.equal((await ruth.sees(room)).body.me.state, 'left')
  })

  test('turns its clock by agreement, each act with what was seen', async () => {
    const room = await surgery()
    await ruth.enters(room)
    await cleo.enters(room)
    const act = async (who: Somebody, path: string, more: object = {}, method = 'POST') => {
      const { version } = (await who.sees(room)).body.clock!
      return who.ask(method, `/rooms/${room}/clock/${path}`, { version, ...more })
    }
    await act(ruth, 'beginning')
    await act(ruth, 'ask', { phase: 1, what: 'pause' })
    assert.ok((await act(cleo, 'agreement')).body.clock?.paused_at)
    assert.equal((await act(cleo, 'resumption')).body.clock?.paused_at, null)
    assert.equal((await act(ruth, 'ask', { phase: 1, what: 'extend', seconds: 60 })).body.clock?.ask?.seconds, 60)
    const seen = (await cleo.sees(room)).body.clock!.version
    const declined = await cleo.ask('DELETE', `/rooms/${room}/clock/ask?version=${seen}`)
    assert.equal(declined.status, 200, JSON.stringify(declined.body))
    assert.equal(declined.body.clock?.ask, null)
    const stale = await cleo.ask('POST', `/rooms/${room}/clock/stopping`, { version: seen })
    assert.deepEqual([stale.status, stale.body.code], [409, 'clock_has_changed'])
    assert.equal((await act(ruth, 'ask', { phase: 1, what: 'extend' })).body.code, 'seconds_are_missing')
    assert.equal((await act(ruth, 'next', { phase: 1 })).status, 200)
    assert.equal((await act(ruth, 'stopping')).body.code, 'clock_is_not_running')
  })

  test('is not there for a stranger, nor for whoever is not signed in; each refusal has its name', async () => {
    const room = await surgery()
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '/entry', { entry: randomUUID() }],
      ['PUT', '/here', { entry: randomUUID() }],
      ['POST', '/leaving', { entry: randomUUID() }],
      ['POST', `/seats/${bo.id}/admission`, undefined],
      ['POST', '/clock/beginning', { version: 1 }],
      ['POST', '/clock/ask', { version: 1, phase: 1, what: 'pause' }],
      ['POST', '/clock/agreement', { version: 1 }],
      ['POST', '/clock/resumption', { version: 1 }],
      ['POST', '/clock/next', { version: 1, phase: 1 }],
      ['POST', '/clock/stopping', { version: 1 }],
    ] as const) {
      const refused = await eve.ask(method, `/rooms/${room}${path}`, body)
      assert.deepEqual([refused.status, refused.body.code], [404, 'not_your_room'], path)
      assert.equal((await fetch(`${server.address}/api/rooms/${room}${path}`, { method })).status, 401, path)
    }
  })

  test('is not entered by somebody else’s entry, which lines are told apart by', async () => {
    const room = await surgery()
    const { entry } = await ruth.enters(room)
    const refused = await cleo.ask('PUT', `/rooms/${room}/entry`, { entry })
    assert.deepEqual([refused.status, refused.body.code], [409, 'entry_is_taken'])
    assert.equal((await cleo.sees(room)).body.me.state, 'outside')
    assert.equal((await ruth.sees(room)).body.me.entry, entry)
    assert.equal((await ruth.ask('PUT', `/rooms/${room}/entry`, { entry })).status, 200, 'her own she may say again')
    assert.equal((await cleo.ask('PUT', `/rooms/${await surgery()}/entry`, { entry })).status, 200, 'in another room it is nobody’s')
    await assert.rejects(
      server.db.sql(`update rooms.seats set state = 'inside', entry = $2, seen_at = now() where room_id = $1 and person_id = $3`, [
        room,
        entry,
        cleo.id,
      ]),
      { constraint: 'entry_is_taken' },
      'nor past the function',
    )
  })

  test('of five takes four, and the fifth is told why', async () => {
    const five = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(somebody))
    const { body } = await five[0]!.ask('POST', '/sample/rooms', { seats: five.map(({ id }) => ({ person: id, role: 'guest' })) })
    const statuses = await Promise.all(five.map((person) => person.enters(body.id)))
    assert.deepEqual(
      statuses.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 200, 200, 200, 409],
    )
    assert.equal(statuses.find(({ status }) => status === 409)?.body.code, 'room_is_full')
  })
})

describe('what is said in a room', () => {
  test('goes from one inside to another, and to nobody who waits, is outside, or has no seat; they cannot say it either', async () => {
    const room = await surgery()
    await ruth.enters(room)
    await cleo.enters(room)
    await bo.enters(room)
    const [hers, students, patients, strangers] = await Promise.all([ruth, cleo, bo, eve].map((person) => person.listens()))
    for (const ear of [hers!, students!]) await hears(ear, room)
    for (const ear of [patients!, strangers!]) {
      ear.say({ say: 'listen', topics: { [room]: null } })
      await ear.hears('cut', ({ topic, why }) => topic === room && why === 'not_yours')
      ear.say({ say: 'word', topic: room, kind: 'rooms.signal', body: { from: 'outside' }, to: ruth.id })
      ear.say({ say: 'here', topic: room, state: 'outside' })
      ear.say({ say: 'beat' })
      await ear.hears('beat')
    }
    students!.say({ say: 'word', topic: room, kind: 'rooms.signal', body: { from: 'student' }, to: ruth.id })
    assert.deepEqual((await hers!.hears('word')).body, { from: 'student' })
    students!.say({ say: 'word', topic: room, kind: 'rooms.chat', body: { text: 'hello' } })
    assert.deepEqual((await hers!.hears('word', ({ kind }) => kind === 'rooms.chat')).from, cleo.id)
    for (const ear of [patients!, strangers!])
      assert.ok(ear.heard.every(({ say }) => say !== 'word' && say !== 'event' && say !== 'present'))
    assert.ok(hers!.heard.every((message) => message.say !== 'word' || message.from === cleo.id))
    for (const ear of [hers!, students!, patients!, strangers!]) ear.close()
  })

  test('is heard from the moment one is let in; who waits is told of that by their own topic', async () => {
    const room = await surgery()
    await ruth.enters(room)
    const waiting = await bo.enters(room)
    const ear = await bo.listens()
    await hears(ear, bo.id)
    await ruth.ask('POST', `/rooms/${room}/seats/${bo.id}/admission`)
    await changed(ear, bo.id, waiting.body.version + 1).catch(() => assert.fail('nobody told Bo'))
    await hears(ear, room)
    ear.close()
  })

  test('is nothing any more to who is blocked, removed, or inside as the room closes: their line is cut from it', async () => {
    for (const ends of [
      (room: string) => ruth.ask('DELETE', `/sample/rooms/${room}/seats/${cleo.id}`),
      () => ruth.ask('PUT', `/safety/blocks/${cleo.id}`),
      (room: string) => ruth.ask('DELETE', `/sample/rooms/${room}`),
    ]) {
      await server.db.sql('delete from safety.blocks')
      const room = await surgery()
      await ruth.enters(room)
      await cleo.enters(room)
      const ear = await cleo.listens()
      const hers = await ruth.listens()
      await hears(ear, room)
      await hears(hers, room)
      assert.equal((await ends(room)).status, 200)
      await ear.hears('cut', ({ topic }) => topic === room)
      ear.say({ say: 'word', topic: room, kind: 'rooms.chat', body: { text: 'still here' } })
      ear.say({ say: 'beat' })
      await ear.hears('beat')
      assert.ok(hers.heard.every(({ say }) => say !== 'word'))
      assert.equal((await cleo.enters(room)).status === 200, false)
      ear.close()
      hers.close()
    }
    await server.db.sql('delete from safety.blocks')
  })

  test('tells an older tab that a newer one has taken over', async () => {
    const room = await surgery()
    await cleo.enters(room)
    const older = await cleo.listens()
    await hears(older, room)
    const newer = await cleo.enters(room)
    const { body } = await changed(older, room, newer.body.version)
    assert.deepEqual([body['person'], body['entry']], [cleo.id, newer.entry])
    older.close()
  })

  test('by presence holds how somebody is, in what a line takes', () => {
    const how = { entry: randomUUID(), mic: true, camera: false, screen: true, hand: true, poor: true }
    assert.deepEqual(presenceFrom(presence(how)), how)
    assert.ok(presence({ ...how, camera: true }).length <= 100)
    for (const other of ['', 'here', how.entry, `${how.entry} M!`]) assert.equal(presenceFrom(other), undefined)
  })
})

describe('a report from inside', () => {
  test('is safety’s, of the room and the person', async () => {
    const room = await surgery()
    await ruth.enters(room)
    const { status } = await ruth.ask('POST', '/safety/reports', {
      person_id: cleo.id,
      subject_kind: 'rooms.room',
      subject_id: room,
      kind: 'harassment',
    })
    assert.equal(status, 200)
  })
})

describe('relays', () => {
  test('are given with credentials that end, and do not say whose they are', async () => {
    const room = await surgery()
    for (const person of [ruth, cleo]) await person.enters(room)
    const { status, body } = await cleo.ask('POST', `/rooms/${room}/ice-servers`)
    assert.equal(status, 200)
    const [plain, relay] = body.ice_servers
    assert.deepEqual(plain, { urls: ['stun:stun.example'] })
    assert.deepEqual(relay?.urls, ['turn:turn.example:3478', 'turns:turn.example:5349?transport=tcp'])
    const [until, whose] = relay.username!.split(':')
    assert.equal(new Date(Number(until) * 1_000).toISOString(), body.expires_at)
    const hours = (Date.parse(body.expires_at) - Date.now()) / 3_600_000
    const closes = Date.parse((await cleo.sees(room)).body.ends_at)
    assert.ok(Math.abs(Date.parse(body.expires_at) - closes - 900_000) < 2_000, 'a quarter of an hour after the door closes')
    assert.ok(hours <= 4)
    assert.match(whose!, /^[0-9a-f]{32}$/)
    assert.ok(!relay.username!.includes(cleo.id.slice(0, 8)))
    assert.equal(relay.credential, createHmac('sha1', secret).update(relay.username!).digest('base64'))
    const hers = await ruth.ask('POST', `/rooms/${room}/ice-servers`)
    assert.notEqual(hers.body.ice_servers[1]!.username!.split(':')[1], whose)
  })

  test('are for who is inside an open room, and for four hours at most', async () => {
    const room = await surgery()
    const asks = async (who: Somebody) => {
      const { status, body } = await who.ask('POST', `/rooms/${room}/ice-servers`)
      return [status, body.code ?? 'given']
    }
    assert.deepEqual(await asks(eve), [404, 'not_your_room'])
    assert.deepEqual(await asks(ruth), [409, 'not_inside'])
    await bo.enters(room)
    assert.deepEqual(await asks(bo), [409, 'not_inside'], 'who waits does not call')
    const { entry } = await ruth.enters(room)
    assert.deepEqual(await asks(ruth), [200, 'given'])
    await ruth.ask('POST', `/rooms/${room}/leaving`, { entry })
    assert.deepEqual(await asks(ruth), [409, 'not_inside'])
    await ruth.enters(room)
    await server.db.sql(`update rooms.rooms set closes_at = opens_at + interval '20 hours' where id = $1`, [room])
    const { body } = await ruth.ask('POST', `/rooms/${room}/ice-servers`)
    const hours = (Date.parse(body.expires_at) - Date.now()) / 3_600_000
    assert.ok(hours > 3.9 && hours <= 4)
    await ruth.ask('DELETE', `/sample/rooms/${room}`)
    assert.deepEqual(await asks(ruth), [409, 'room_is_closed'])
    assert.equal((await fetch(`${server.address}/api/rooms/${room}/ice-servers`, { method: 'POST' })).status, 401)
  })

  test('are for ten minutes and six times a minute to see whether a network lets them through, and for nobody who is not signed in', async () => {
    assert.equal((await fetch(`${server.address}/api/rooms/ice-servers`, { method: 'POST' })).status, 401)
    const person = await somebody('greedy')
    const answers = []
    for (let count = 0; count < 7; count++) answers.push(await person.ask('POST', '/rooms/ice-servers'))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [...Array<number>(6).fill(200), 429],
    )
    const [{ body }] = answers as [(typeof answers)[0]]
    const minutes = (Date.parse(body.expires_at) - Date.now()) / 60_000
    assert.ok(minutes > 9 && minutes <= 10)
    assert.equal(`${Date.parse(body.expires_at) / 1_000}`, body.ice_servers[1]!.username!.split(':')[0])
  })
})

const running = {
  data: {},
  database: {
    read: <T>(work: (db: Reader<'service_role'>) => Promise<T>) => server.db.database.read(theServer, work),
    write: <T>(work: (db: Tx<'service_role'>) => Promise<T>) => server.db.database.write(theServer, work),
  },
  configuration: configure({}),
  signal: AbortSignal.timeout(60_000),
  log: logger('silent'),
}

describe('the job', () => {
  test('closes rooms whose time is over, and tells those inside', async () => {
    const room = await surgery()
    await ruth.enters(room)
    const ear = await ruth.listens()
    await hears(ear, room)
    await house.later(room, 76 * 60)
    await closeRooms.run(running)
    await closeRooms.run(running)
    await ear.hears('event', ({ kind, body }) => kind === 'rooms.changed' && body['what'] === 'closed')
    await ear.hears('cut', ({ topic }) => topic === room)
    ear.close()
  })
  test('sweeps, however many there are, and leaves what is younger', async () => {
    const [younger, ...old] = await Promise.all(Array.from({ length: 26 }, surgery))
    for (const room of [younger!, ...old]) {
      await ruth.ask('DELETE', `/sample/rooms/${room}`)
      if (room !== younger) await house.later(room, 31 * 86_400)
    }
    await sweepRooms.run(running)
    await sweepRooms.run(running)
    const left = await server.db.sql<{ id: string }>('select id from rooms.rooms where id = any ($1)', [[younger, ...old]])
    assert.deepEqual(left, [{ id: younger }])
  })
})
