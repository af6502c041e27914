import assert from 'node:assert/strict'
import { after, describe, test, type TestContext } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { connections as many, type Outcome, type Racer, rounds, startingLine, tell } from '#tests/race.ts'
import { type Person, theatre } from './scene.ts'

// Each round: as many connections as people, all at once; nothing but named refusals comes back, and what is left is what one
// of them did.
after(() => close()) // before the database goes, whose own end is said next
const db = await freshDatabase()
const { race, close } = await startingLine(db)
const { person, aCase, offer, seated, act, later, ask } = await theatre(db)
for (let n = 0; n < 3; n++) await aCase()
const people: Person[] = []
for (let n = 0; n < many; n++) people.push(await person(`Person ${n}`))

type Act = [who: Person, does: string, ...values: unknown[]]
/** How many went through, and how many were refused by which name. */
async function atOnce(acts: Act[]): Promise<Record<string, number>> {
  const outcome = await race(acts.map(([{ acting }, does, ...values]): Racer => ({ as: acting, does, with: values })))
  outcomes.push(outcome)
  return { done: outcome.won.length, ...outcome.refused }
}
const among = (said: Record<string, number>, ...names: string[]) =>
  assert.deepEqual(
    Object.keys(said).filter((word) => word !== 'done' && !names.includes(word)),
    [],
  )
type Session = { guest_id: string | null; version: number; cancelled_at: string | null }
const row = async (id: string) => (await db.sql<Session>('select * from practice.practice_sessions where id = $1', [id]))[0]
const committed = async (id: string) =>
  (await db.sql<{ person_id: string }>('select person_id from scheduling.commitments where meeting_id = $1 order by 1', [id])).map(
    ({ person_id }) => person_id,
  )
let outcomes: Outcome[] = []
const again = (run: (round: number) => Promise<void>) => async (t: TestContext) => {
  outcomes = []
  for (let round = 1; round <= rounds; round++) await run(round)
  tell(t, outcomes)
}
const enter = async ({ acting }: Person, session: string) =>
  ask(acting, 'select private.enter_room(room_url::uuid, gen_random_uuid()) from private.my_practice_sessions($1)', [session])
let minute = 100
/** Nobody is busy at two rounds' times. */
const next = () => ({ minutes: (minute += 61) })

test(
  `of ${many} who reach for one seat, one sits and all others are told`,
  again(async () => {
    const host = await person('Host')
    const session = await offer(host, next())
    const said = await atOnce(people.map((who) => [who, 'select private.take_seat($1, 1)', session]))
    assert.deepEqual(said, { done: 1, seat_taken: many - 1 })
    const { guest_id, version } = (await row(session))!
    assert.equal(version, 2)
    assert.deepEqual(await committed(session), [host.id, guest_id!].toSorted())
  }),
)

test(
  'a host who withdraws while people reach for the seat: either nobody sits, or the host is asked to look again',
  again(async (round) => {
    const host = await person('Host')
    const session = await offer(host, next())
    const acts = people.map(
      (who, n): Act =>
        n % 2 === round % 2 ? [host, 'select private.withdraw_session($1, 1)', session] : [who, 'select private.take_seat($1, 1)', session],
    )
    const said = await atOnce(acts)
    among(said, 'seat_taken', 'session_not_found', 'session_has_changed')
    assert.equal(said['done'], 1)
    const left = await row(session)
    if (left) {
      assert.ok(left.guest_id && !left.cancelled_at)
      assert.equal((await committed(session)).length, 2)
    } else assert.deepEqual(await committed(session), [])
  }),
)

test(
  'two withdrawals are one, and the guest is told once',
  again(async () => {
    const [host, guest] = [await person('Host'), await person('Guest')]
    const session = await seated(host, guest, next())
    const said = await atOnce(people.map(() => [host, 'select private.withdraw_session($1, 3)', session]))
    assert.deepEqual(said, { done: 1, session_is_cancelled: many - 1 })
    assert.deepEqual(await committed(session), [])
    assert.equal(
      (await db.sql(`select from notices.notices where person_id = $1 and kind = 'practice.session-withdrawn'`, [guest.id])).length,
      1,
    )
    const empty = await offer(host, next())
    assert.deepEqual(await atOnce(people.map(() => [host, 'select private.withdraw_session($1, 1)', empty])), {
      done: 1,
      session_not_found: many - 1,
    })
  }),
)

test(
  'two leavings are one, and whoever comes at the same time waits for a free seat',
  again(async () => {
    const [host, guest] = [await person('Host'), await person('Guest')]
    const session = await seated(host, guest, next())
    const said = await atOnce(
      people.map(
        (who, n): Act => (n % 3 ? [guest, 'select private.leave_seat($1, 3)', session] : [who, 'select private.take_seat($1, 4)', session]),
      ),
    )
    among(said, 'not_your_seat', 'seat_taken', 'session_has_changed')
    const { guest_id, version } = (await row(session))!
    assert.equal(version, guest_id ? 5 : 4) // left once, and taken once at most
    assert.notEqual(guest_id, guest.id)
    assert.deepEqual(await committed(session), [host.id, guest_id].filter((id) => id !== null).toSorted())
  }),
)

test(
  'nobody sits in two places: of seats at the same time, each person gets one',
  again(async () => {
    const at = next()
    const hosts = await Promise.all(people.slice(0, 10).map(() => person('Host')))
    const sessions = await Promise.all(hosts.map((host) => offer(host, at)))
    const said = await atOnce(people.map((_, n) => [people[n % 5]!, 'select private.take_seat($1, 1)', sessions[n % 10]!]))
    among(said, 'seat_taken', 'you_are_busy', 'seat_is_yours')
    assert.equal(said['done'], 5)
  }),
)

test(
  'hosts who take each other’s seats, leave and withdraw, in whatever order, never wait for each other in a circle',
  again(async (round) => {
    const hosts = people.slice(0, 6)
    const sessions = await Promise.all(hosts.map((host, n) => offer(host, { minutes: (minute += 61) + n })))
    const said = await atOnce(
      people.map((_, n): Act => {
        const [one, other] = [n % 6, (n + round + 1 + (Math.floor(n / 6) % 4)) % 6]
        return [
          [hosts[one]!, 'select private.take_seat($1, 1)', sessions[other]!],
          [hosts[one]!, 'select private.take_seat($1, 3)', sessions[other]!],
          [hosts[one]!, 'select private.leave_seat($1, 2)', sessions[other]!],
          [hosts[one]!, 'select private.withdraw_session($1, $2)', sessions[one]!, 1 + (n % 3)],
        ][Math.floor(n / 3) % 4] as Act
      }),
    )
    among(
      said,
      'seat_taken',
      'seat_is_yours',
      'you_are_the_host',
      'not_your_seat',
      'session_has_changed',
      'session_not_found',
      'session_is_cancelled',
    )
    minute += 61
  }),
)

test(
  'a block and a seat taken in the same instant: nobody sits with whom they are kept from',
  again(async () => {
    const host = await person('Host')
    const session = await offer(host, next())
    const said = await atOnce(
      people.map(
        (who, n): Act =>
          n % 2
            ? [host, 'insert into safety.blocks (blocked_id) values ($1)', people[n - 1]!.id]
            : [who, 'select private.take_seat($1, 1)', session],
      ),
    )
    among(said, 'seat_taken', 'session_not_found', 'session_has_changed')
    assert.equal((await row(session))!.guest_id, null)
    assert.deepEqual(await committed(session), [host.id])
    await db.sql('delete from safety.blocks')
  }),
)

test(
  'a room that is entered, left and taken away in the same instant: whoever lost the seat is outside, and nobody waits in a circle',
  again(async (round) => {
    const [host, guest, third] = [await person('Host'), await person('Guest'), await person('Third')]
    const session = await seated(host, guest, { minutes: 10 })
    const room = (await db.sql<{ room_url: string }>('select room_url from practice.practice_sessions where id = $1', [session]))[0]!
      .room_url
    await enter(host, session)
    const said = await atOnce(
      people.map(
        (_, n): Act =>
          [
            [guest, 'select private.enter_room($1, gen_random_uuid())', room],
            [host, 'select private.enter_room($1, gen_random_uuid())', room],
            [host, 'select private.begin_station($1, 3)', session],
            [guest, 'select private.leave_seat($1, 3)', session],
            [third, 'select private.take_seat($1, $2)', session, 4 + (n % 2)],
            round % 2
              ? [guest, 'insert into safety.blocks (blocked_id) values ($1) on conflict do nothing', host.id]
              : [host, 'select private.end_session($1, 4)', session],
          ][n % 6] as Act,
      ),
    )
    among(
      said,
      'not_your_seat',
      'seat_taken',
      'seat_is_yours',
      'session_has_changed',
      'session_has_ended',
      'session_not_found',
      'room_is_closed',
      'not_your_room',
      'seat_is_free',
      'phase_out_of_order',
      'you_are_busy',
      'host_is_busy',
    )
    const [now] = await db.sql<{ seated: string[] | null; inside: string[] | null; open: boolean | null }>(
      `select case when private.meets_in_a_room(s) then array[s.host_id, s.guest_id] end as seated,
         (select array_agg(t.person_id) from rooms.seats t join rooms.rooms r on r.id = t.room_id
          where t.state = 'inside' and t.person_id in ($2, $3, $4)) as inside,
         (select r.closed_at is null from rooms.rooms r where r.id = s.room_url::uuid) as open
       from practice.practice_sessions s where s.id = $1`,
      [session, host.id, guest.id, third.id],
    )
    assert.deepEqual(
      (now!.inside ?? []).filter((id) => !(now!.seated ?? []).includes(id)),
      [],
    )
    assert.equal(now!.open ?? false, now!.seated !== null)
    await db.sql('delete from safety.blocks')
  }),
)

describe('both press at once:', () => {
  test(
    'a station begins once, goes on once, and swaps once',
    again(async () => {
      const [ada, bo] = [await person('Ada'), await person('Bo')]
      const session = await seated(ada, bo, { minutes: 10 })
      const press = async (text: string, version: number) => await atOnce(people.map((_, n) => [n % 2 ? ada : bo, text, session, version]))
      assert.deepEqual(await press('select private.begin_station($1, $2)', 3), { done: 1, session_has_changed: many - 1 })
      const going = await atOnce(people.map(() => [ada, `select private.move_on($1, 4, 'running')`, session]))
      assert.deepEqual(going, { done: 1, session_has_changed: many - 1 })
      await later(session, 30)
      await ask(ada.acting, 'select private.disclose($1)', [session])
      assert.deepEqual(await press('select private.next_round($1, $2)', 5), { done: 1, session_has_changed: many - 1 })
      assert.equal((await db.sql('select from practice.rounds where session_id = $1', [session])).length, 2)
      assert.deepEqual(await press('select private.end_session($1, $2)', 6), { done: 1, session_has_ended: many - 1 })
    }),
  )

  test(
    'what is asked of the clock is answered once: agreed to, declined, or gone on from',
    again(async (round) => {
      const [ada, bo] = [await person('Ada'), await person('Bo')]
      const session = await seated(ada, bo, { minutes: 10 })
      for (const who of [ada, bo]) await enter(who, session)
      await act(ada, 'begin_station', session)
      await act(ada, 'ask_round', session, 'reading', 'pause')
      const answers: Act[] = [
        [bo, 'select private.agree_round($1, 5)', session],
        [bo, `select private.ask_round($1, 5, 'reading', 'pause')`, session],
        [bo, 'select private.decline_round($1, 5)', session],
        [ada, `select private.move_on($1, 5, 'running')`, session],
      ]
      assert.deepEqual(await atOnce(people.map((_, n) => answers[(n + round) % 4]!)), { done: 1, session_has_changed: many - 1 })
      const [stands] = await db.sql<{ paused: boolean; asked: boolean; running: boolean }>(
        `select paused_at is not null as paused, private.round_is_asked(r, clock_timestamp()) as asked, coalesce(running_at <= now(), false) as running
         from practice.rounds r where session_id = $1`,
        [session],
      )
      assert.ok(!stands!.asked && !(stands!.paused && stands!.running))
      if (!stands!.paused) return
      assert.deepEqual(await atOnce(people.map((_, n) => [n % 2 ? ada : bo, 'select private.resume_round($1, 6)', session])), {
        done: 1,
        session_has_changed: many - 1,
      })
    }),
  )

  test(
    'a sheet is made once, ticked from two tabs, and handed in once',
    again(async () => {
      const [ada, bo] = [await person('Ada'), await person('Bo')]
      const { id, items } = await aCase()
      const session = await seated(ada, bo, { minutes: 10, caseId: id })
      await act(ada, 'begin_station', session)
      await later(session, 30)
      assert.deepEqual(await atOnce(people.map((_, n) => [bo, 'select private.tick_item($1, 1, $2)', session, items[n % 3]])), {
        done: many,
      })
      assert.deepEqual(
        await atOnce(people.map((_, n) => [bo, 'select private.score_domain($1, 1, $2, 1)', session, n % 2 ? 'ethics' : 'communication'])),
        { done: many },
      )
      assert.deepEqual(await atOnce(people.map((_, n) => [n % 2 ? ada : bo, 'select private.disclose($1)', session])), { done: many })
      const said = await atOnce(people.map(() => [bo, 'select private.submit_sheet($1, 1, 2)', session]))
      assert.deepEqual(said, { done: 1, sheet_is_submitted: many - 1 })
    }),
  )
})
