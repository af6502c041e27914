import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'
import { roomsOfPerson } from '../person.ts'
import { domain, guest, ids, refusal } from './scene.ts'

const db = await freshDatabase()
const house = domain(db)
const [ruth, bo, cleo, dan, eve] = await Promise.all(['Ruth', 'Bo', 'Cleo', 'Dan', 'Eve'].map((name) => guest(db, name)))
if (!ruth || !bo || !cleo || !dan || !eve) throw new Error('nobody came')
const host = { role: 'host', lets_in: true }
const two = () =>
  house.opens([
    [ruth, host],
    [bo, { role: 'guest' }],
  ])
const surgery = () =>
  house.opens([
    [ruth, { role: 'doctor', lets_in: true }],
    [bo, { role: 'patient', waits: true }],
    [cleo, { role: 'patient', waits: true }],
  ])

describe('the door', () => {
  test('lets in who has a seat, and they are a member of the topic then, and nobody else', async () => {
    const room = await two()
    assert.deepEqual(await house.inside(room), [])
    await bo.enters(room)
    assert.equal(await bo.state(room), 'inside')
    assert.deepEqual(await house.inside(room), ids(bo))
    await ruth.enters(room)
    assert.deepEqual(await house.inside(room), ids(ruth, bo))
  })

  test('is no door to a stranger, to whoever is not signed in, and for a room that is not there: alike', async () => {
    const room = await two()
    for (const id of [room, randomUUID()]) {
      await assert.rejects(eve.enters(id), refusal('not_your_room'))
      await assert.rejects(eve.sees(id), refusal('not_your_room'))
      await assert.rejects(eve.leaves(id, randomUUID()), refusal('not_your_room'))
      await assert.rejects(eve.isStillHere(id, randomUUID()), refusal('not_your_room'))
      await assert.rejects(eve.admits(id, bo), refusal('not_your_room'))
    }
    for (const acting of [aStranger, theServer])
      await assert.rejects(
        db.database.write(acting, async (tx) => sql`select private.enter_room(${room}, ${randomUUID()})`.execute(tx)),
        { code: '42501' },
      )
    assert.deepEqual(await house.inside(room), [])
  })

  test('opens at its time and not before', async () => {
    const room = await house.opens([[ruth, host]], { from: 1 })
    await assert.rejects(ruth.enters(room), refusal('room_is_not_open_yet'))
    await house.later(room, 61)
    await ruth.enters(room)
  })

  test('stays open a quarter of an hour beyond its time, and then is shut by the clock, tidied up or not', async () => {
    const room = await two()
    await house.later(room, 74 * 60)
    const entry = await ruth.enters(room)
    await house.later(room, 61)
    await assert.rejects(bo.enters(room), refusal('room_is_closed'))
    assert.ok((await bo.sees(room)).closed_at)
    await ruth.isStillHere(room, entry)
    await db.database.write(theServer, (tx) => tx.call('private.close_rooms', { most: 20 }))
    assert.deepEqual(await house.inside(room), [])
    assert.equal(await ruth.state(room), 'left')
    await assert.rejects(ruth.isStillHere(room, entry), refusal('not_inside'))
  })

  test('is shut by the domain at any time: those inside hear it, and then nothing more', async () => {
    const room = await two()
    await ruth.enters(room)
    await house.closes(room)
    await house.closes(room)
    assert.deepEqual(await house.inside(room), [])
    assert.deepEqual(
      (await house.told(room, room)).map(({ what }) => what),
      ['seats', 'closed'],
    )
    assert.deepEqual(
      (await house.told(bo.id, room)).map(({ what }) => what),
      ['seats', 'closed'],
    )
    for (const person of [ruth, bo]) await assert.rejects(person.enters(room), refusal('room_is_closed'))
    await assert.rejects(house.seats(room, eve, { role: 'guest' }), refusal('room_is_closed'))
  })

  test('does not take a fifth, and says why', async () => {
    const room = await house.opens([ruth, bo, cleo, dan, eve].map((person) => [person, { role: 'guest' }]))
    const entry = await ruth.enters(room)
    for (const person of [bo, cleo, dan]) await person.enters(room)
    await assert.rejects(eve.enters(room), refusal('room_is_full'))
    await ruth.enters(room) // another tab of somebody who is inside takes no place
    await assert.rejects(eve.enters(room), refusal('room_is_full'))
    await assert.rejects(ruth.leaves(room, entry), refusal('taken_over'))
    await bo.leaves(room, (await bo.sees(room)).me.entry!)
    await eve.enters(room)
    await assert.rejects(bo.enters(room), refusal('room_is_full'))
  })

  test('throws nobody out whose line is lost; only when somebody needs the place, whoever was away longest has left', async () => {
    const room = await house.opens(
      [
        [ruth, host],
        [bo, { role: 'guest' }],
        [cleo, { role: 'guest' }],
      ],
      { most: 2 },
    )
    const hers = await ruth.enters(room)
    await bo.enters(room)
    await house.later(room, 121, true)
    await ruth.isStillHere(room, hers)
    const seen = await ruth.sees(room)
    assert.equal(seen.others.find(({ person }) => person === bo.id)?.state, 'inside')
    assert.ok(seen.others.find(({ person }) => person === bo.id)?.away_since)
    assert.equal(seen.me.away_since, null)
    await cleo.enters(room)
    assert.deepEqual(await house.inside(room), ids(ruth, cleo))
    assert.equal(await bo.state(room), 'left')
    await assert.rejects(bo.enters(room), refusal('room_is_full'))
  })

  test('is not for a room of five, or of none, or one that closes before it opens, or is open for two days', async () => {
    await assert.rejects(house.opens([[ruth, host]], { most: 5 }), { constraint: 'four_at_most' })
    await assert.rejects(house.opens([[ruth, host]], { most: 0 }), { constraint: 'four_at_most' })
    await assert.rejects(house.opens([[ruth, host]], { from: 5, to: 4 }), { constraint: 'door_opens_before_it_closes' })
    await assert.rejects(house.opens([[ruth, host]], { from: 0, to: 2_880 }), { constraint: 'door_is_open_for_a_day_at_most' })
  })

  test('has twelve seats at most, and roles that are words', async () => {
    const crowd = await Promise.all(Array.from({ length: 12 }, () => someone(db)))
    const room = await house.opens(crowd.map((person) => [person, { role: 'observer' }]))
    await assert.rejects(house.seats(room, ruth, { role: 'host' }), refusal('too_many_seats'))
    await assert.rejects(house.opens([[ruth, { role: 'The Host' }]]), { constraint: 'role_is_a_word' })
  })
})

describe('the waiting room', () => {
  test('holds who must be let in: they hear nothing of the room, and are told by their own topic', async () => {
    const room = await surgery()
    await ruth.enters(room)
    await bo.enters(room)
    assert.equal(await bo.state(room), 'waiting')
    assert.deepEqual(await house.inside(room), ids(ruth))
    assert.equal((await ruth.sees(room)).others.find(({ person }) => person === bo.id)?.state, 'waiting')
    await ruth.admits(room, bo)
    assert.equal(await bo.state(room), 'inside')
    assert.deepEqual(await house.inside(room), ids(ruth, bo))
  })

  test('tells nobody who else waits', async () => {
    const room = await surgery()
    await bo.enters(room)
    await cleo.enters(room)
    assert.deepEqual(
      (await cleo.sees(room)).others.map(({ name, entry }) => [name, entry]),
      [['Ruth', null]],
    )
    assert.ok((await house.told(cleo.id, room)).every(({ person, entry }) => person === undefined || (person === cleo.id && entry)))
    await ruth.enters(room)
    assert.deepEqual((await ruth.sees(room)).others.map(({ name }) => name).toSorted(), ['Bo', 'Cleo'])
  })

  test('is opened by nobody who has not come in, or does not let in, and for nobody who does not wait', async () => {
    const room = await surgery()
    await bo.enters(room)
    await assert.rejects(ruth.admits(room, bo), refusal('not_inside'))
    await assert.rejects(bo.admits(room, bo), refusal('not_inside'))
    await ruth.enters(room)
    await assert.rejects(ruth.admits(room, cleo), refusal('not_waiting'))
    await assert.rejects(ruth.admits(room, eve), refusal('not_waiting'))
    await ruth.admits(room, bo)
    await assert.rejects(ruth.admits(room, bo), refusal('not_waiting'))
    await cleo.enters(room)
    await assert.rejects(bo.admits(room, cleo), refusal('not_yours_to_let_in'))
    assert.equal(await cleo.state(room), 'waiting')
  })

  test('is left behind for good: who was let in comes back without waiting, who was not waits again', async () => {
    const room = await surgery()
    await ruth.enters(room)
    const entry = await bo.enters(room)
    await bo.leaves(room, entry)
    assert.equal(await bo.state(room), 'left')
    await assert.rejects(ruth.admits(room, bo), refusal('not_waiting'))
    const again = await bo.enters(room)
    assert.equal(await bo.state(room), 'waiting')
    await ruth.admits(room, bo)
    await bo.leaves(room, again)
    await bo.enters(room)
    assert.equal(await bo.state(room), 'inside')
  })

  test('lets nobody past a full room', async () => {
    const room = await house.opens(
      [
        [ruth, host],
        [bo, { role: 'guest' }],
        [cleo, { role: 'guest', waits: true }],
      ],
      { most: 2 },
    )
    for (const person of [ruth, bo, cleo]) await person.enters(room)
    await assert.rejects(ruth.admits(room, cleo), refusal('room_is_full'))
  })
})

describe('a person', () => {
  test('is there once: the newer tab takes over, the older one is told and can do nothing any more', async () => {
    const room = await two()
    const older = await bo.enters(room)
    const since = (await bo.sees(room)).me.since
    const newer = await bo.enters(room)
    const { me } = await bo.sees(room)
    assert.deepEqual([me.state, me.entry, me.since], ['inside', newer, since])
    assert.deepEqual((await house.told(room, room)).at(-1), {
      room,
      version: (await bo.sees(room)).version,
      what: 'seats',
      person: bo.id,
      entry: newer,
    })
    await assert.rejects(bo.isStillHere(room, older), refusal('taken_over'))
    await assert.rejects(bo.leaves(room, older), refusal('taken_over'))
    await bo.isStillHere(room, newer)
    assert.deepEqual(await house.inside(room), ids(bo))
  })

  test('who asks again with the same entry, since the answer was lost, changes nothing', async () => {
    const room = await two()
    const entry = await bo.enters(room)
    const { version } = await bo.sees(room)
    await bo.enters(room, entry)
    assert.equal((await bo.sees(room)).version, version)
  })

  test('cannot leave where they have not been, and leaves once', async () => {
    const room = await two()
    await assert.rejects(bo.leaves(room, randomUUID()), refusal('not_inside'))
    await assert.rejects(bo.isStillHere(room, randomUUID()), refusal('not_inside'))
    const entry = await bo.enters(room)
    await bo.leaves(room, entry)
    const { version } = await bo.sees(room)
    await bo.leaves(room, entry)
    assert.equal((await bo.sees(room)).version, version)
  })

  test('whose seat is taken is out at once and finds no room; told by their own topic', async () => {
    const room = await two()
    await ruth.enters(room)
    await bo.enters(room)
    await house.removes(room, bo)
    assert.deepEqual(await house.inside(room), ids(ruth))
    assert.deepEqual((await house.told(bo.id, room)).at(-1)?.person, bo.id)
    await assert.rejects(bo.sees(room), refusal('not_your_room'))
    await assert.rejects(bo.enters(room), refusal('not_your_room'))
    await house.removes(room, bo)
    await house.removes(room, eve)
  })

  test('given another role keeps their place', async () => {
    const room = await two()
    await bo.enters(room)
    await house.seats(room, bo, { role: 'observer', keeps_time: false, name: 'Dr Bo' })
    const { me } = await bo.sees(room)
    assert.deepEqual([me.role, me.keeps_time, me.name, me.state], ['observer', false, 'Dr Bo', 'inside'])
  })
})

describe('what is seen of a room', () => {
  test('is everybody with a seat for who is inside, with the name they have there, or in their account', async () => {
    const room = await house.opens([
      [ruth, host],
      [bo, { role: 'guest', name: 'Doctor B' }],
      [cleo, { role: 'observer' }],
    ])
    const entry = await ruth.enters(room)
    const { others, me } = await ruth.sees(room)
    assert.deepEqual(
      others.map(({ name, role, state }) => [name, role, state]),
      [
        ['Doctor B', 'guest', 'outside'],
        ['Cleo', 'observer', 'outside'],
      ],
    )
    assert.equal(me.entry, entry)
    await cleo.enters(room)
    assert.equal((await cleo.sees(room)).others.find(({ person }) => person === ruth.id)?.entry, entry)
  })

  test('is oneself and who lets in for who has not come in, who waits, and who has left; no entry but one’s own', async () => {
    const room = await surgery()
    await ruth.enters(room)
    const seen = async () => (await bo.sees(room)).others.map(({ name, state, entry }) => [name, state, entry])
    assert.deepEqual(await seen(), [['Ruth', 'inside', null]])
    const entry = await bo.enters(room)
    assert.deepEqual(await seen(), [['Ruth', 'inside', null]])
    assert.equal((await bo.sees(room)).me.entry, entry)
    await bo.leaves(room, entry)
    assert.deepEqual(await seen(), [['Ruth', 'inside', null]])
  })

  test('is no row of any table, for anybody', async () => {
    const room = await two()
    await bo.enters(room)
    for (const acting of [aStranger, bo.acting])
      for (const table of ['rooms', 'seats', 'clocks'])
        await assert.rejects(
          db.database.read(acting, async (reader) => sql.raw(`select count(*) from rooms.${table}`).execute(reader)),
          { code: '42501' },
        )
  })

  test('cannot be changed by who is inside but by the acts there are', async () => {
    const room = await two()
    await bo.enters(room)
    for (const act of [
      `private.close_room('${room}')`,
      `private.remove_seat('${room}', '${ruth.id}')`,
      `private.put_out('${room}', '{${ruth.id}}')`,
      `private.add_seat('${room}', '${eve.id}', 'guest')`,
      `private.set_clock('${room}', '[]')`,
      `private.open_room('${room}', 'a.b', '[]', now(), now())`,
      `private.join_topic('${room}', '{${eve.id}}')`,
    ])
      for (const acting of [bo.acting, theServer])
        await assert.rejects(
          db.database.write(acting, async (tx) => sql.raw(`select ${act}`).execute(tx)),
          { code: '42501' },
        )
  })
})

describe('a block', () => {
  const four = () =>
    house.opens([
      [ruth, host],
      [bo, { role: 'guest' }],
      [cleo, { role: 'guest' }],
      [dan, { role: 'guest' }],
    ])
  const unblocked = () => db.sql('delete from safety.blocks')

  test('between equals parts them at once: who blocked goes, and is no longer of the topic', async (t) => {
    t.after(unblocked)
    const room = await four()
    for (const person of [ruth, bo, cleo]) await person.enters(room)
    await bo.blocks(cleo)
    assert.deepEqual(await house.inside(room), ids(ruth, cleo))
    assert.equal((await house.told(bo.id, room)).at(-1)?.what, 'seats')
    await assert.rejects(bo.enters(room), refusal('not_your_room'))
    await cleo.leaves(room, (await cleo.sees(room)).me.entry!)
    await bo.enters(room)
    await assert.rejects(cleo.enters(room), refusal('not_your_room'))
    assert.deepEqual(await house.inside(room), ids(ruth, bo))
  })

  test('of or by who lets in puts out the other one, whoever blocked', async (t) => {
    t.after(unblocked)
    for (const [blocker, blocked] of [
      [ruth, bo],
      [bo, ruth],
    ] as const) {
      await unblocked()
      const room = await four()
      for (const person of [ruth, bo, cleo]) await person.enters(room)
      await blocker.blocks(blocked)
      assert.deepEqual(await house.inside(room), ids(ruth, cleo))
      await assert.rejects(bo.enters(room), refusal('not_your_room'))
    }
  })

  test('made before: whoever lets in comes in, and the other is put out', async (t) => {
    t.after(unblocked)
    const room = await four()
    await bo.blocks(ruth)
    await bo.enters(room)
    await ruth.enters(room)
    assert.deepEqual(await house.inside(room), ids(ruth))
    await assert.rejects(bo.sees(room), refusal('not_your_room'), 'nor does he see the room that he could not enter')
    await ruth.leaves(room, (await ruth.sees(room)).me.entry!)
    assert.equal(await bo.state(room), 'left')
  })

  test('does not show by two answers: who cannot come in does not see the room either, and who can does', async (t) => {
    t.after(unblocked)
    for (const [blocker, blocked] of [
      [bo, cleo],
      [cleo, bo],
    ] as const) {
      await unblocked()
      const room = await four()
      await bo.enters(room)
      await blocker.blocks(blocked)
      for (const look of [() => cleo.enters(room), () => cleo.sees(room)]) await assert.rejects(look(), refusal('not_your_room'))
      assert.equal((await bo.sees(room)).me.state, 'inside')
      assert.deepEqual((await ruth.sees(room)).me.state, 'outside', 'and nobody else is touched by it')
      await bo.leaves(room, (await bo.sees(room)).me.entry!)
      assert.equal((await cleo.sees(room)).me.state, 'outside')
      await cleo.enters(room)
    }
  })

  test('leaves who is in the waiting room there, in any tab of theirs', async (t) => {
    t.after(unblocked)
    const room = await house.opens([
      [ruth, host],
      [bo, { role: 'guest' }],
      [cleo, { role: 'guest', waits: true }],
    ])
    for (const person of [ruth, bo, cleo]) await person.enters(room)
    await cleo.blocks(bo)
    assert.equal(await cleo.state(room), 'waiting')
    await cleo.enters(room)
    assert.equal(await cleo.state(room), 'waiting')
    assert.deepEqual(await house.inside(room), ids(ruth, bo))
  })

  test('keeps from who is inside whom of the two an event is about', async (t) => {
    t.after(unblocked)
    const room = await house.opens([
      [ruth, host],
      [bo, { role: 'guest', waits: true }],
      [cleo, { role: 'guest' }],
    ])
    await ruth.enters(room)
    await bo.enters(room)
    await cleo.enters(room)
    const aboutBo = async () => (await house.told(room, room)).filter(({ person }) => person === bo.id).length
    const before = await aboutBo()
    assert.equal(before, 1)
    await cleo.blocks(bo)
    const heard = (await house.told(room, room)).length
    const entry = await bo.enters(room)
    const [last] = (await house.told(room, room)).slice(-1)
    assert.equal((await house.told(room, room)).length, heard + 1, 'that something changed they hear')
    assert.deepEqual([last!.what, last!.person, last!.entry, await aboutBo()], ['seats', undefined, undefined, before])
    assert.equal((await house.told(bo.id, room)).at(-1)?.entry, entry, 'he himself is told')
  })

  test('hides both from each other, inside and outside', async (t) => {
    t.after(unblocked)
    const room = await surgery()
    await ruth.enters(room)
    await bo.enters(room)
    await ruth.blocks(bo)
    assert.deepEqual(
      (await ruth.sees(room)).others.map(({ name }) => name),
      ['Cleo'],
    )
    assert.deepEqual((await bo.sees(room)).others, [])
    await assert.rejects(ruth.admits(room, bo), refusal('not_waiting'))
  })

  test('between one inside and one who waits keeps the second out, without saying whose it is', async (t) => {
    t.after(unblocked)
    const room = await house.opens([
      [ruth, host],
      [bo, { role: 'guest' }],
      [cleo, { role: 'guest', waits: true }],
    ])
    await ruth.enters(room)
    await cleo.enters(room)
    await bo.enters(room)
    await cleo.blocks(bo)
    assert.deepEqual(await house.inside(room), ids(ruth, bo))
    await assert.rejects(ruth.admits(room, cleo), refusal('cannot_come_in_now'))
    await bo.leaves(room, (await bo.sees(room)).me.entry!)
    await ruth.admits(room, cleo)
    assert.deepEqual(await house.inside(room), ids(ruth, cleo))
  })

  test('parts them in all rooms at once, and touches nobody else’s', async (t) => {
    t.after(unblocked)
    const [one, other, third] = [
      await four(),
      await four(),
      await house.opens([
        [bo, host],
        [dan, { role: 'guest' }],
      ]),
    ]
    for (const room of [one, other]) for (const person of [bo, cleo]) await person.enters(room)
    for (const person of [bo, dan]) await person.enters(third)
    const before = (await bo.sees(third)).version
    await bo.blocks(cleo)
    for (const room of [one, other]) assert.deepEqual(await house.inside(room), ids(cleo))
    assert.deepEqual(await house.inside(third), ids(bo, dan))
    assert.equal((await bo.sees(third)).version, before)
  })
})

describe('in the end', () => {
  test('a room is swept with seats and topic thirty days after it closed, and not before', async () => {
    const [old, younger, open] = [await two(), await two(), await two()]
    for (const room of [old, younger]) await house.closes(room)
    await house.later(old, 30 * 86_400 + 60)
    await house.later(younger, 29 * 86_400)
    await house.later(open, 29 * 86_400)
    await db.database.write(theServer, (tx) => tx.call('private.sweep_rooms', { most: 20 }))
    const left = await db.sql<{ id: string }>('select id from rooms.rooms where id = any ($1)', [[old, younger, open]])
    assert.deepEqual(left.map(({ id }) => id).toSorted(), [younger, open].toSorted())
    assert.deepEqual(await db.sql('select from live.topics where id = $1', [old]), [])
    assert.deepEqual(await db.sql('select from rooms.seats where room_id = $1', [old]), [])
  })

  test('who leaves Vivavoce is given their seats and nobody else’s; erased, they have no seat anywhere, and the room of nobody is closed', async () => {
    const fay = await guest(db, 'Fay')
    const [shared, hers] = [
      await house.opens(
        [
          [ruth, host],
          [fay, { role: 'guest' }],
        ],
        { plan: [{ name: 'talking', seconds: 600 }] },
      ),
      await house.opens([[fay, host]]),
    ]
    await ruth.enters(shared)
    await fay.enters(shared)
    await fay.enters(hers)
    await fay.begins(shared)
    await fay.asks(shared, 'pause')
    const given = await db.database.read(theServer, (reader) => roomsOfPerson.export(reader, fay.id))
    const seats = given['seats'] as { kind: string; role: string; state: string }[]
    assert.deepEqual(seats.map(({ kind, role, state }) => `${kind} ${role} ${state}`).toSorted(), [
      'sample.room guest inside',
      'sample.room host inside',
    ])
    for (const other of [ruth.id, ruth.name]) assert.ok(!JSON.stringify(given).includes(other))
    for (let again = 0; again < 2; again++) await db.database.write(theServer, (tx) => roomsOfPerson.erase(tx, fay.id))
    assert.deepEqual(await house.inside(shared), ids(ruth))
    assert.equal((await ruth.sees(shared)).clock?.ask, null)
    assert.deepEqual(await db.sql('select from rooms.seats where person_id = $1', [fay.id]), [])
    assert.deepEqual(await db.sql('select from rooms.clocks where ask_by = $1', [fay.id]), [])
    const [room] = await db.sql<{ closed_at: string | null }>('select closed_at from rooms.rooms where id = $1', [hers])
    assert.ok(room?.closed_at)
  })

  test('nobody but the server closes, sweeps or erases', async () => {
    for (const acting of [aStranger, ruth.acting])
      for (const act of ['close_rooms(20)', 'sweep_rooms(20)', `erase_rooms('${bo.id}')`])
        await assert.rejects(
          db.database.write(acting, async (tx) => sql.raw(`select private.${act}`).execute(tx)),
          { code: '42501' },
        )
  })
})
