import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { bells, showing, type Clock } from '../clock.ts'
import { domain, guest, refusal, type Guest, type Plan } from './scene.ts'

const db = await freshDatabase()
const house = domain(db)
const [ruth, bo, cleo] = await Promise.all(['Ruth', 'Bo', 'Cleo'].map((name) => guest(db, name)))
if (!ruth || !bo || !cleo) throw new Error('nobody came')
const station: Plan = [
  { name: 'reading', seconds: 120, by: ['candidate'] },
  { name: 'running', seconds: 480, bells: [360] },
  { name: 'feedback', seconds: null, bells: [300] },
]

async function playing(plan: Plan = station) {
  const room = await house.opens(
    [
      [ruth!, { role: 'actor', lets_in: true }],
      [bo!, { role: 'candidate' }],
      [cleo!, { role: 'observer', keeps_time: false }],
    ],
    { plan },
  )
  for (const person of [ruth!, bo!, cleo!]) await person.enters(room)
  return room
}
async function begun(plan?: Plan) {
  const room = await playing(plan)
  await ruth!.begins(room)
  return room
}
const clockOf = async (room: string, person: Guest = ruth) => {
  const { clock, now } = await person.sees(room)
  return { clock: clock!, now: Date.parse(now), shows: showing(clock!, Date.parse(now)) }
}
const phaseOf = async (room: string) => {
  const { shows } = await clockOf(room)
  return 'phase' in shows ? `${shows.is} ${shows.name}` : shows.is
}
const lengths = ({ instants }: Pick<Clock, 'instants'>) =>
  instants.slice(1).map((end, index) => (end === null ? null : (Date.parse(end) - Date.parse(instants[index]!)) / 1_000))

describe('a clock', () => {
  test('is set by the domain, and begun by somebody who keeps time', async () => {
    const room = await playing()
    assert.equal(await phaseOf(room), 'set')
    await assert.rejects(cleo.begins(room), refusal('not_your_clock'))
    await bo.begins(room)
    assert.equal(await phaseOf(room), 'running reading')
    await assert.rejects(ruth.begins(room), refusal('clock_has_begun'))
    assert.deepEqual(lengths((await clockOf(room)).clock), [120, 480, null])
  })

  test('goes from phase to phase by itself, and is the same to everybody, also to who was never there', async () => {
    const room = await begun()
    for (const [later, shows] of [
      [90, 'running reading'], // with time to spare: some seconds of our own pass meanwhile
      [31, 'running running'],
      [440, 'running running'],
      [40, 'running feedback'],
      [3_000, 'running feedback'],
    ] as const) {
      await house.later(room, later)
      assert.equal(await phaseOf(room), shows)
      const [stands] = await db.sql<{ phase: number; name: string; state: string }>('select * from private.clock_phase($1)', [room])
      assert.equal(`${stands?.state} ${stands?.name}`, shows)
    }
    assert.deepEqual((await clockOf(room, cleo)).clock, (await clockOf(room)).clock)
  })

  test('cannot be turned by who has not come in, has left, keeps no time, or comes from elsewhere', async () => {
    const room = await begun()
    const other = await guest(db, 'Eve')
    await house.seats(room, other, { role: 'actor' })
    await bo.leaves(room, (await bo.sees(room)).me.entry!)
    for (const [person, why] of [
      [other, 'not_inside'],
      [bo, 'not_inside'],
      [cleo, 'not_your_clock'],
    ] as const)
      for (const act of [
        () => person.begins(room),
        () => person.asks(room, 'pause'),
        () => person.agrees(room),
        () => person.declines(room),
        () => person.resumes(room),
        () => person.goesOn(room, 1),
        () => person.stops(room),
      ])
        await assert.rejects(act(), refusal(why))
    const stranger = await guest(db, 'Nobody')
    await assert.rejects(stranger.agrees(room, 2), refusal('not_your_room'))
  })

  test('is not there in every room', async () => {
    const room = await house.opens([[ruth, { role: 'host' }]])
    await ruth.enters(room)
    assert.equal((await ruth.sees(room)).clock, null)
    await assert.rejects(ruth.begins(room, 1), refusal('no_clock_here'))
  })

  test('takes no act on a version that is gone', async () => {
    const room = await begun()
    const seen = await ruth.version(room)
    await bo.asks(room, 'pause')
    for (const act of [
      () => ruth.agrees(room, seen),
      () => ruth.asks(room, 'extend', { seconds: 60, version: seen }),
      () => bo.goesOn(room, 1, seen),
    ])
      await assert.rejects(act(), refusal('clock_has_changed'))
  })

  test('in a closed room is turned by nobody, and stands where it stood', async () => {
    const room = await begun()
    await house.closes(room)
    await assert.rejects(ruth.asks(room, 'pause'), refusal('room_is_closed'))
    assert.equal(await phaseOf(room), 'over')
    await assert.rejects(db.sql('select private.set_clock($1, $2)', [room, JSON.stringify(station)]), refusal('room_is_closed'))
  })

  test('of a plan that makes no sense is refused', async () => {
    for (const plan of [
      [],
      [{ name: 'x', seconds: 0 }],
      [{ name: 'x', seconds: 14_401 }],
      [{ name: 'x', seconds: 1.5 }],
      [{ name: 'x', seconds: '60x' }],
      [{ seconds: 60 }],
      [{ name: 'X Y', seconds: 60 }],
      [{ name: 'x' }],
      [{ name: 'x', seconds: 60, bells: [60] }],
      [{ name: 'x', seconds: 60, bells: [0] }],
      [{ name: 'x', seconds: 60, bells: 30 }],
      [{ name: 'x', seconds: 60, bells: ['soon'] }],
      [{ name: 'x', seconds: 60, by: ['A Person'] }],
      [{ name: 'x', seconds: 60, more: true }],
      ['x'],
      { name: 'x', seconds: 60 },
      Array.from({ length: 21 }, () => ({ name: 'x', seconds: 60 })),
    ])
      await assert.rejects(playing(plan as unknown as Plan), { constraint: 'plan_is_sound' }, JSON.stringify(plan))
  })
})

describe('a pause', () => {
  test('is asked by one and made by another; either resumes, and everything to come is later by its length', async () => {
    const room = await begun()
    await house.later(room, 30)
    const before = (await clockOf(room)).clock
    await bo.asks(room, 'pause')
    assert.deepEqual((await clockOf(room)).clock.ask, { what: 'pause', by: bo.id, phase: 1, seconds: null })
    assert.equal(await phaseOf(room), 'running reading')
    await ruth.agrees(room)
    const { clock: paused, shows } = await clockOf(room)
    assert.equal(paused.ask, null)
    assert.ok(shows.is === 'paused' && shows.left! > 60_000 && shows.left! <= 90_000)
    await house.later(room, 600)
    assert.equal(await phaseOf(room), 'paused reading')
    const stood = (await clockOf(room)).shows
    assert.ok(stood.is === 'paused' && stood.left === shows.left)
    await bo.resumes(room)
    const { clock: after, shows: goes } = await clockOf(room)
    assert.ok(goes.is === 'running' && goes.left! <= shows.left! && goes.left! > shows.left! - 5_000)
    const moved = Date.parse(after.instants[2]!) - Date.parse(before.instants[2]!) + 600_000 // the ten minutes by which all was made older
    assert.ok(moved >= 600_000)
    assert.equal(lengths(after)[1], 480)
  })

  test('is not made by who asked for it, nor asked for twice', async () => {
    const room = await begun()
    await bo.asks(room, 'pause')
    await assert.rejects(bo.agrees(room), refusal('yours_to_wait'))
    await assert.rejects(bo.asks(room, 'pause'), refusal('yours_to_wait'))
    await assert.rejects(bo.asks(room, 'extend', { seconds: 60 }), refusal('yours_to_wait'))
  })

  test('asked for by the other as well is agreed to; something else must wait for an answer', async () => {
    const room = await begun()
    await bo.asks(room, 'pause')
    await assert.rejects(ruth.asks(room, 'extend', { seconds: 60 }), refusal('answer_first'))
    await ruth.asks(room, 'pause')
    assert.equal(await phaseOf(room), 'paused reading')
    await assert.rejects(bo.asks(room, 'pause'), refusal('clock_is_paused'))
  })

  test('can be declined, and be taken back; then there is nothing to agree to', async () => {
    const room = await begun()
    await bo.asks(room, 'pause')
    await ruth.declines(room)
    await assert.rejects(ruth.agrees(room), refusal('nothing_is_asked'))
    await bo.asks(room, 'pause')
    await bo.declines(room)
    await assert.rejects(bo.declines(room), refusal('nothing_is_asked'))
    assert.equal(await phaseOf(room), 'running reading')
  })

  test('asked for before the bell is not agreed to after it', async () => {
    const room = await begun()
    await bo.asks(room, 'pause')
    await house.later(room, 121)
    assert.equal((await clockOf(room)).clock.ask, null)
    await assert.rejects(ruth.agrees(room), refusal('nothing_is_asked'))
    await assert.rejects(ruth.asks(room, 'pause', { phase: 1 }), refusal('phase_is_over'))
    await ruth.asks(room, 'pause', { phase: 2 })
  })

  test('needs nobody where nobody else is who keeps time: they have left, or are away', async () => {
    const room = await begun()
    const entry = await ruth.enters(room)
    await house.later(room, 121, true)
    await ruth.isStillHere(room, entry)
    await ruth.asks(room, 'pause', { phase: 2 })
    assert.equal(await phaseOf(room), 'paused running')
    const other = await begun()
    await bo.leaves(other, (await bo.sees(other)).me.entry!)
    await ruth.asks(other, 'pause')
    assert.equal(await phaseOf(other), 'paused reading')
  })

  test('leaves with whoever asked for it', async () => {
    const room = await begun()
    await bo.asks(room, 'pause')
    await bo.leaves(room, (await bo.sees(room)).me.entry!)
    assert.equal((await clockOf(room)).clock.ask, null)
    await assert.rejects(ruth.agrees(room), refusal('nothing_is_asked'))
  })

  test('is none before the beginning, after the end, where no end is known, or where none was made', async () => {
    const set = await playing()
    await assert.rejects(ruth.asks(set, 'pause'), refusal('clock_is_not_running'))
    const room = await begun()
    await assert.rejects(ruth.resumes(room), refusal('clock_is_not_paused'))
    await house.later(room, 601)
    await assert.rejects(ruth.asks(room, 'pause', { phase: 3 }), refusal('phase_has_no_end'))
    await ruth.stops(room)
    await assert.rejects(ruth.asks(room, 'pause', { phase: 3 }), refusal('clock_is_not_running'))
  })

  test('keeps the door open for what the clock still has to show, for a day at most', async () => {
    const plan: Plan = [{ name: 'talking', seconds: 3_500 }]
    const room = await begun(plan)
    const closes = Date.parse((await ruth.sees(room)).closes_at)
    await bo.asks(room, 'extend', { seconds: 1_800 })
    await ruth.agrees(room)
    const seen = await ruth.sees(room)
    assert.equal(seen.closes_at, seen.clock!.instants.at(-1))
    assert.ok(Date.parse(seen.closes_at) > closes)
  })
})

describe('more time', () => {
  test('is asked by one and given by another: this phase is longer, those after it as long as they were', async () => {
    const room = await begun()
    await ruth.asks(room, 'extend', { seconds: 60 })
    assert.deepEqual((await clockOf(room)).clock.ask, { what: 'extend', by: ruth.id, phase: 1, seconds: 60 })
    await bo.agrees(room)
    assert.deepEqual(lengths((await clockOf(room)).clock), [180, 480, null])
  })

  test('can be given in a pause, too', async () => {
    const room = await begun()
    await ruth.asks(room, 'pause')
    await bo.agrees(room)
    await ruth.asks(room, 'extend', { seconds: 30 })
    await bo.agrees(room)
    assert.equal(await phaseOf(room), 'paused reading')
    await ruth.resumes(room)
    assert.ok(lengths((await clockOf(room)).clock)[0]! >= 150)
  })

  test('moves the bell that says how much is left', async () => {
    const room = await begun()
    await house.later(room, 120 + 470)
    await ruth.asks(room, 'extend', { phase: 2, seconds: 120 })
    await bo.agrees(room)
    const { clock } = await clockOf(room)
    const [bell] = bells(clock).filter(({ phase, last }) => phase === 2 && !last)
    assert.equal(Date.parse(clock.instants[2]!) - bell!.at, 120_000)
  })

  test('is so many seconds, half a minute to half an hour, in a phase that has an end', async () => {
    const room = await begun()
    await assert.rejects(ruth.asks(room, 'extend'), refusal('seconds_are_missing'))
    await assert.rejects(ruth.asks(room, 'extend', { seconds: 29 }), { constraint: 'more_time_is_half_a_minute_to_half_an_hour' })
    await assert.rejects(ruth.asks(room, 'extend', { seconds: 1_801 }), { constraint: 'more_time_is_half_a_minute_to_half_an_hour' })
    await house.later(room, 601)
    await assert.rejects(ruth.asks(room, 'extend', { phase: 3, seconds: 60 }), refusal('phase_has_no_end'))
  })
})

describe('going on', () => {
  test('is for the roles of that phase, or for whoever keeps time', async () => {
    const room = await begun()
    await assert.rejects(ruth.goesOn(room, 1), refusal('not_your_role'))
    await bo.goesOn(room, 1)
    assert.equal(await phaseOf(room), 'running running')
    await ruth.goesOn(room, 2)
    assert.equal(await phaseOf(room), 'running feedback')
    assert.deepEqual(lengths((await clockOf(room)).clock).slice(2), [null])
  })

  test('from a phase whose bell has rung skips nothing', async () => {
    const room = await begun()
    await house.later(room, 121)
    await assert.rejects(bo.goesOn(room, 1), refusal('phase_is_over'))
    await assert.rejects(bo.goesOn(room, 3), refusal('phase_is_over'))
    assert.equal(await phaseOf(room), 'running running')
  })

  test('from the last phase ends the clock; then the domain may set another one', async () => {
    const room = await begun()
    await house.later(room, 601)
    await assert.rejects(db.sql('select private.set_clock($1, $2)', [room, JSON.stringify(station)]), refusal('clock_has_begun'))
    await ruth.goesOn(room, 3)
    assert.equal(await phaseOf(room), 'over')
    await assert.rejects(ruth.goesOn(room, 3), refusal('clock_is_not_running'))
    const { version } = (await clockOf(room)).clock
    await db.sql('select private.set_clock($1, $2)', [room, JSON.stringify(station)])
    await db.sql('select private.ring_clock($1)', [room])
    assert.equal(await phaseOf(room), 'running reading')
    assert.equal((await clockOf(room)).clock.version, version + 2)
    await assert.rejects(db.sql('select private.ring_clock($1)', [room]), refusal('clock_has_begun'))
  })

  test('is not done in a pause', async () => {
    const room = await begun()
    await ruth.asks(room, 'pause')
    await bo.agrees(room)
    await assert.rejects(bo.goesOn(room, 1), refusal('clock_is_paused'))
  })
})

describe('stopping', () => {
  test('is anybody’s who keeps time, for good, also in a pause', async () => {
    const room = await begun()
    await ruth.asks(room, 'pause')
    await bo.agrees(room)
    await bo.stops(room)
    assert.equal(await phaseOf(room), 'over')
    await assert.rejects(ruth.resumes(room), refusal('clock_is_not_paused'))
    await assert.rejects(ruth.stops(room), refusal('clock_is_not_running'))
    const [stands] = await db.sql<{ name: string; state: string }>('select * from private.clock_phase($1)', [room])
    assert.deepEqual([stands?.name, stands?.state], ['reading', 'over'])
  })

  test('is nothing before the beginning', async () => {
    const room = await playing()
    await assert.rejects(ruth.stops(room), refusal('clock_is_not_running'))
  })
})

// Acts at any moments: whatever they do, no phase is shorter than planned but the one somebody went on from, nothing changes that is past, and a page
// reckons what the database reckons.
describe('whatever people do', () => {
  const seed = Number(process.env['SEED'] ?? 20261125)
  let state = seed
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const among = <T>(things: readonly T[]): T => things[Math.floor(random() * things.length)]!
  const upTo = (most: number) => 1 + Math.floor(random() * most)
  const aPlan = (): Plan =>
    Array.from({ length: upTo(4) }, (_, index) => {
      const seconds = random() < 0.25 ? null : 10 + upTo(300)
      return {
        name: among(['reading', 'running', 'marking', 'feedback', 'talking']),
        seconds,
        bells: index % 2 ? [upTo((seconds ?? 200) - 1)] : [],
      }
    })

  test(`phases keep their length and their order (seed ${seed})`, async (t) => {
    let done = 0
    for (let round = 0; round < 25; round++) {
      const plan = aPlan()
      const room = await begun(plan)
      const wentOn = new Set<number>()
      for (let act = 0; act < 8; act++) {
        const before = await clockOf(room)
        const phase = 'phase' in before.shows ? before.shows.phase : 1
        const what = among(['pause', 'extend', 'resume', 'next', 'wait'] as const)
        try {
          if (what === 'wait') await house.later(room, upTo(200))
          else if (what === 'resume') await among([ruth, bo]).resumes(room)
          else if (what === 'next') {
            await bo.goesOn(room, phase)
            wentOn.add(phase)
          } else {
            await ruth.asks(room, what, { phase, ...(what === 'extend' ? { seconds: 29 + upTo(200) } : {}) })
            await bo.agrees(room)
          }
          done++
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'VV001', String(error))
        }
        const { clock, now, shows } = await clockOf(room)
        if (what !== 'wait') {
          const past = before.clock.instants.filter(
            (instant) =>
              instant !== null && Date.parse(instant) <= Date.parse(before.clock.paused_at ?? '9999') && Date.parse(instant) <= before.now,
          )
          assert.deepEqual(clock.instants.slice(0, past.length), past, 'what is past has changed')
        }
        lengths(clock).forEach((length, index) => {
          const planned = plan[index]!.seconds
          if (length !== null && planned !== null && !wentOn.has(index + 1))
            assert.ok(length >= planned - 0.001, `${length} of ${planned} s`)
          if (planned === null && !wentOn.has(index + 1)) assert.equal(length, null)
        })
        assert.ok(lengths(clock).every((length) => length === null || length >= 0))
        assert.deepEqual(
          bells(clock),
          bells(clock).toSorted((a, b) => a.at - b.at),
        )
        const known = clock.instants.flatMap((at) => (at === null ? [] : [Date.parse(at)]))
        const moments = [now, ...known.flatMap((at) => [at - 2, at + 2])].filter((at) => known.every((other) => Math.abs(at - other) > 1)) // the database knows microseconds
        const paused = clock.paused_at === null ? 0 : Date.parse(clock.paused_at) + 1
        for (const moment of moments.filter((at) => at > paused)) await bothReckonAlike(room, clock, moment)
        assert.notEqual(shows.is, 'set')
      }
    }
    t.diagnostic(`${done} acts went through`)
    assert.ok(done > 80)
  })

  async function bothReckonAlike(room: string, clock: Clock, moment: number) {
    const [stands] = await db.sql<{ phase: number; state: string }>(
      'select s.* from rooms.clocks c, private.clock_stands(c, to_timestamp($2::float8 / 1000)) s where c.room_id = $1',
      [room, moment],
    )
    const shows = showing(clock, moment)
    if (stands!.state === 'set') return // before the beginning a page shows the first phase
    assert.equal(shows.is, stands!.state)
    if ('phase' in shows) assert.equal(shows.phase, stands!.phase)
  }
})
