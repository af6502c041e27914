import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { rounds, startingLine, tell, type Outcome, type Racer } from '#tests/race.ts'
import { domain, guest, ids, type Guest } from './scene.ts'

const db = await freshDatabase()
const house = domain(db)
const crowd = await Promise.all(['Ruth', 'Bo', 'Cleo', 'Dan', 'Eve'].map((name) => guest(db, name)))
const [ruth, bo] = crowd as [Guest, Guest]
const line = await startingLine(db)
after(line.close)
const unblocked = () => db.sql('delete from safety.blocks')

const enters = (person: Guest, room: string): Racer => ({
  as: person.acting,
  does: 'select private.enter_room($1, $2)',
  with: [room, randomUUID()],
})
const turns = (person: Guest, act: string, ...values: unknown[]): Racer => ({
  as: person.acting,
  does: `select private.${act}(${values.map((_, index) => `$${index + 1}`).join()})`,
  with: values,
})
const blocks = (person: Guest, other: Guest): Racer => ({
  as: person.acting,
  does: 'insert into safety.blocks (blocked_id) values ($1)',
  with: [other.id],
})
const talking = [
  { name: 'talking', seconds: 600 },
  { name: 'closing', seconds: 60 },
]
async function running() {
  const room = await house.opens(
    [ruth, bo].map((person) => [person, { role: 'guest' }]),
    { plan: talking },
  )
  for (const person of [ruth, bo]) await person.enters(room)
  await ruth.begins(room)
  return { room, version: await ruth.version(room) }
}
async function again(race: () => Promise<Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let round = 0; round < rounds; round++) outcomes.push(await race())
  return outcomes
}

describe('at the door', () => {
  test('five enter a room of four at once: four are in, and one is told', async (t) => {
    const outcomes = await again(async () => {
      const room = await house.opens(crowd.map((person) => [person, { role: 'guest' }]))
      const outcome = await line.race(crowd.map((person) => enters(person, room)))
      assert.equal(outcome.won.length, 4)
      assert.deepEqual(outcome.refused, { room_is_full: 1 })
      assert.equal((await house.inside(room)).length, 4)
      return outcome
    })
    tell(t, outcomes)
  })

  test('ten tabs of one person: one seat, and one entry that counts, which is the last one told', async (t) => {
    const outcomes = await again(async () => {
      const room = await house.opens([[ruth, { role: 'host' }]])
      const outcome = await line.race(Array.from({ length: 10 }, () => enters(ruth, room)))
      assert.equal(outcome.won.length, 10)
      assert.deepEqual(await house.inside(room), ids(ruth))
      assert.equal((await house.told(room, room)).at(-1)?.entry, (await ruth.sees(room)).me.entry)
      return outcome
    })
    tell(t, outcomes)
  })

  test('two hosts let in the same one, with one place left', async (t) => {
    const outcomes = await again(async () => {
      const [a, b, c, d] = crowd.slice(1) as [Guest, Guest, Guest, Guest]
      const room = await house.opens(
        [
          [ruth, { role: 'host', lets_in: true }],
          [a, { role: 'host', lets_in: true }],
          [b, { role: 'guest', waits: true }],
          [c, { role: 'guest', waits: true }],
          [d, { role: 'guest', waits: true }],
        ],
        { most: 3 },
      )
      for (const person of [ruth, a, b, c, d]) await person.enters(room)
      const outcome = await line.race([
        ...[ruth, a].map((host) => turns(host, 'admit', room, b.id)),
        turns(ruth, 'admit', room, c.id),
        turns(a, 'admit', room, d.id),
      ])
      assert.equal(outcome.won.length, 1)
      assert.equal((await house.inside(room)).length, 3)
      return outcome
    })
    tell(t, outcomes)
  })

  test('a seat is taken away while its person enters: they are not in', async (t) => {
    const outcomes = await again(async () => {
      const room = await house.opens([
        [ruth, { role: 'host' }],
        [bo, { role: 'guest' }],
      ])
      const [outcome] = await Promise.all([line.race([enters(bo, room), enters(ruth, room)]), house.removes(room, bo)])
      assert.deepEqual(await house.inside(room), ids(ruth))
      return outcome
    })
    tell(t, outcomes)
  })

  test('it is closed while five enter: nobody is in, whoever was first', async (t) => {
    const outcomes = await again(async () => {
      const room = await house.opens(crowd.map((person) => [person, { role: 'guest' }]))
      const [outcome] = await Promise.all([line.race(crowd.map((person) => enters(person, room))), house.closes(room)])
      assert.deepEqual(await house.inside(room), [])
      assert.deepEqual(await db.sql(`select from rooms.seats where room_id = $1 and state <> 'left'`, [room]), [])
      return outcome
    })
    tell(t, outcomes)
  })
})

describe('a block', () => {
  test('and an entry at once: they are never both inside afterwards', async (t) => {
    const outcomes = await again(async () => {
      await unblocked()
      const room = await house.opens([ruth, bo].map((person) => [person, { role: 'guest' }]))
      const outcome = await line.race([enters(ruth, room), enters(bo, room), blocks(ruth, bo)])
      assert.ok((await house.inside(room)).length <= 1)
      return outcome
    })
    await unblocked()
    tell(t, outcomes)
  })

  test('each of the other, in three rooms at once, while others come and go: nobody waits for nobody', async (t) => {
    const outcomes = await again(async () => {
      await unblocked()
      const rooms = await Promise.all([1, 2, 3].map(() => house.opens(crowd.map((person) => [person, { role: 'guest' }]))))
      for (const room of rooms) for (const person of [ruth, bo]) await person.enters(room)
      const outcome = await line.race([
        blocks(ruth, bo),
        blocks(bo, ruth),
        ...rooms.toReversed().flatMap((room) => crowd.slice(2).map((person) => enters(person, room))),
      ])
      for (const room of rooms) assert.ok((await house.inside(room)).filter((id) => id === ruth.id || id === bo.id).length <= 1)
      return outcome
    })
    await unblocked()
    tell(t, outcomes)
  })
})

describe('at the clock', () => {
  const conflict = { clock_has_changed: 1 }

  test('both ask for a pause at once: one has asked, the other is told and can agree', async (t) => {
    const outcomes = await again(async () => {
      const { room, version } = await running()
      const outcome = await line.race([ruth, bo].map((person) => turns(person, 'ask_clock', room, version, 1, 'pause')))
      assert.deepEqual([outcome.won.length, outcome.refused], [1, conflict])
      const { ask, paused_at } = (await ruth.sees(room)).clock!
      assert.ok(ask?.what === 'pause' && paused_at === null)
      await (ask.by === ruth.id ? bo : ruth).agrees(room)
      assert.ok((await ruth.sees(room)).clock!.paused_at)
      return outcome
    })
    tell(t, outcomes)
  })

  test('one agrees to more time as the other goes on: one of the two, never both', async (t) => {
    const outcomes = await again(async () => {
      const { room } = await running()
      await bo.asks(room, 'extend', { seconds: 300 })
      const version = await ruth.version(room)
      const outcome = await line.race([turns(ruth, 'agree_clock', room, version), turns(bo, 'next_phase', room, version, 1)])
      assert.deepEqual([outcome.won.length, outcome.refused], [1, conflict])
      const { instants } = (await ruth.sees(room)).clock!
      const [first, second] = [1, 2].map((end) => (Date.parse(instants[end]!) - Date.parse(instants[end - 1]!)) / 1_000)
      assert.ok(second === 60 && (first === 900 || first! < 600))
      return outcome
    })
    tell(t, outcomes)
  })

  test('both go on at once: one phase on, not two', async (t) => {
    const outcomes = await again(async () => {
      const { room, version } = await running()
      const outcome = await line.race([ruth, bo].map((person) => turns(person, 'next_phase', room, version, 1)))
      assert.deepEqual([outcome.won.length, outcome.refused], [1, conflict])
      const [{ name } = { name: '' }] = await db.sql<{ name: string }>('select name from private.clock_phase($1)', [room])
      assert.equal(name, 'closing')
      return outcome
    })
    tell(t, outcomes)
  })

  test('one resumes as the other stops, and leaves, and comes back: each by what they saw', async (t) => {
    const outcomes = await again(async () => {
      const { room } = await running()
      await ruth.asks(room, 'pause')
      await bo.agrees(room)
      const version = await ruth.version(room)
      const outcome = await line.race([
        turns(ruth, 'resume_clock', room, version),
        turns(bo, 'stop_clock', room, version),
        enters(ruth, room),
        enters(bo, room),
      ])
      assert.deepEqual([outcome.won.length, outcome.refused], [3, conflict])
      return outcome
    })
    tell(t, outcomes)
  })
})
