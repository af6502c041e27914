import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { type Person, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, offer, act, seated, later, mine } = await theatre(db)
for (let n = 0; n < 6; n++) await aCase()
const phase = async (who: Person, session: string) => (await mine(who, session))!.phase
const rounds = (who: Person) => ask(who.acting, 'select * from private.my_rounds()')

describe('a mock station', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await offer(ada)

  test('needs two people, two roles, and its time', async () => {
    await assert.rejects(act(ada, 'begin_station', session), refused('seat_is_free'))
    await act(bo, 'take_seat', session)
    await assert.rejects(act(bo, 'begin_station', session), refused('roles_are_open'))
    await act(bo, 'choose_roles', session, ada.id)
    await db.sql(`update practice.practice_sessions set date = date + 1 where id = $1`, [session])
    await assert.rejects(act(bo, 'begin_station', session), refused('too_early'))
    await db.sql(`update practice.practice_sessions set date = date - 1 where id = $1`, [session])
    assert.equal(await phase(ada, session), 'scheduled')
  })

  test('has none but the two as candidate', async () => {
    const cem = await person('Cem')
    await assert.rejects(act(ada, 'choose_roles', session, cem.id), refused('candidate_has_a_seat'))
    await assert.rejects(act(cem, 'choose_roles', session, cem.id), refused('session_not_found'))
    await assert.rejects(act(cem, 'begin_station', session), refused('session_not_found'))
  })

  test('does not go on before it began', async () => {
    for (const next of ['reading', 'running', 'marking', 'feedback', 'ended', null])
      await assert.rejects(act(ada, 'move_on', session, next), refused('phase_out_of_order'))
    await assert.rejects(act(ada, 'next_round', session), refused('phase_out_of_order'))
    await assert.rejects(act(ada, 'end_session', session), refused('phase_out_of_order'))
  })

  test('goes by the server’s clock, for both at once', async () => {
    await act(bo, 'begin_station', session)
    const seen: string[] = []
    for (const minutes of [0, 9, 1, 19, 1, 9, 1, 3600]) {
      await later(session, minutes)
      assert.equal(await phase(ada, session), await phase(bo, session))
      seen.push(await phase(ada, session))
    }
    assert.deepEqual(seen, ['reading', 'reading', 'running', 'running', 'marking', 'marking', 'feedback', 'feedback'])
  })

  test('knows the bells of its phases, and the server’s clock, from one row', async () => {
    const { plan, now, case_id, candidate_id, room_url, round } = (await mine(bo, session))!
    assert.deepEqual(plan['running'], { seconds: 1200, bells: [900] })
    assert.ok(Math.abs(Date.parse(now) - Date.now()) < 60_000)
    assert.deepEqual([candidate_id, round], [ada.id, 1])
    assert.ok(case_id && room_url)
  })

  test('chooses nothing while a round is under way', async () => {
    await assert.rejects(act(ada, 'choose_roles', session, bo.id), refused('phase_out_of_order'))
    await assert.rejects(act(ada, 'choose_case', session, null), refused('phase_out_of_order'))
    await assert.rejects(act(ada, 'begin_station', session), refused('phase_out_of_order'))
  })

  test('begins again with the roles swapped and another case', async () => {
    const before = (await mine(ada, session))!.case_id
    for (const who of [ada, bo]) await ask(who.acting, 'select private.disclose($1)', [session])
    await assert.rejects(act(ada, 'next_round', session, before), refused('case_already_opened'))
    await assert.rejects(act(ada, 'next_round', session, randomUUID()), refused('no_such_case'))
    await act(ada, 'next_round', session)
    const { candidate_id, case_id, round, phase } = (await mine(ada, session))!
    assert.deepEqual([candidate_id, round, phase], [bo.id, 2, 'reading'])
    assert.notEqual(case_id, before)
    assert.deepEqual(
      (await rounds(ada)).map(({ role, reached }) => [role, reached]),
      [
        ['actor', 'reading'],
        ['candidate', 'feedback'],
      ],
    ) // prettier-ignore
    await assert.rejects(act(ada, 'next_round', session), refused('phase_out_of_order'))
  })

  test('ends when either says so, and then nothing goes on', async () => {
    await act(bo, 'end_session', session)
    assert.deepEqual([await phase(ada, session), (await mine(ada, session))!.room_url], ['ended', null])
    for (const [what, ...more] of [
      ['end_session'],
      ['begin_station'],
      ['move_on', 'running'],
      ['next_round'],
      ['choose_roles', ada.id],
      ['choose_case', null],
      ['withdraw_session'],
      ['leave_seat'],
    ] as const)
      await assert.rejects(act(bo, what, session, ...more), refused('session_has_ended'), what)
    await assert.rejects(act(await person('Eli'), 'take_seat', session), refused('seat_taken'))
  })
})

describe('going on before the bell', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo, { candidate: bo })
  await act(ada, 'begin_station', session)

  test('is the candidate’s while they read', async () => {
    for (const skipped of ['reading', 'marking', 'feedback', 'scheduled'])
      await assert.rejects(act(bo, 'move_on', session, skipped), refused('phase_out_of_order'))
    await assert.rejects(act(ada, 'move_on', session, 'running'), refused('not_your_role'))
    await act(bo, 'move_on', session, 'running')
    assert.equal(await phase(ada, session), 'running')
  })

  test('is the actor’s from then on: the candidate cannot hurry to the markscheme', async () => {
    await assert.rejects(act(bo, 'move_on', session, 'marking'), refused('not_your_role'))
    for (const skipped of ['reading', 'running', 'feedback'])
      await assert.rejects(act(ada, 'move_on', session, skipped), refused('phase_out_of_order'))
    await act(ada, 'move_on', session, 'marking')
    await assert.rejects(act(bo, 'move_on', session, 'feedback'), refused('not_your_role'))
    await act(ada, 'move_on', session, 'feedback')
    assert.equal(await phase(bo, session), 'feedback')
    await assert.rejects(act(ada, 'move_on', session, 'ended'), refused('phase_out_of_order'))
  })

  test('moves the later bells along', async () => {
    const [cem, dee] = [await person('Cem'), await person('Dee')]
    const other = await seated(cem, dee)
    await act(cem, 'begin_station', other)
    await later(other, 4)
    await act(cem, 'move_on', other, 'running')
    const { running_at, marking_at, feedback_at } = (await mine(dee, other))!
    assert.deepEqual(
      [Date.parse(marking_at) - Date.parse(running_at), Date.parse(feedback_at) - Date.parse(marking_at)],
      [1_200_000, 600_000],
    )
  })
})

test('a review has nothing to mark: it goes from running to feedback', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo, { type: 'review' })
  await act(ada, 'begin_station', session)
  await later(session, 10)
  await assert.rejects(act(bo, 'move_on', session, 'marking'), refused('phase_out_of_order'))
  assert.equal(await phase(ada, session), 'running')
  await later(session, 20)
  assert.equal(await phase(ada, session), 'feedback')
  const next = await seated(await person('Cem'), ada, { type: 'review', minutes: 100 })
  await db.sql(`update practice.practice_sessions set date = date - 1 where id = $1`, [next])
  await act(ada, 'begin_station', next)
  await later(next, 10)
  await act(ada, 'move_on', next, 'feedback')
  assert.equal(await phase(ada, next), 'feedback')
})

test('a format without lengths waits for the two, and one phase follows the other all the same', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo, { format: 'open' })
  await act(ada, 'begin_station', session)
  assert.equal(await phase(bo, session), 'running')
  await later(session, 86_400)
  assert.equal(await phase(bo, session), 'running')
  await act(bo, 'move_on', session, 'feedback')
  assert.equal(await phase(bo, session), 'feedback')
})

test('a better format changes no station under way', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo)
  await act(ada, 'begin_station', session)
  await db.sql(`update practice.format_phases set seconds = 5000 where format = 'short' and phase = 'running'`)
  await act(ada, 'move_on', session, 'running')
  const { running_at, marking_at } = (await mine(ada, session))!
  assert.equal(Date.parse(marking_at) - Date.parse(running_at), 1_200_000)
  await db.sql(`update practice.format_phases set seconds = 1200 where format = 'short' and phase = 'running'`)
})

describe('a guest who leaves in the middle', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const session = await seated(ada, bo, { candidate: bo })
  await act(ada, 'begin_station', session)
  await ask(ada.acting, 'select private.disclose($1)', [session])
  const first = (await mine(ada, session))!.case_id
  await act(bo, 'leave_seat', session)

  test('stops the round, and the session waits for somebody else', async () => {
    assert.equal(await phase(ada, session), 'scheduled')
    assert.equal((await rounds(bo))[0]!['reached'], 'reading')
    await assert.rejects(act(ada, 'move_on', session, 'running'), refused('phase_out_of_order'))
    await assert.rejects(act(ada, 'begin_station', session), refused('seat_is_free'))
  })

  test('can be followed by a third, with a case that the host has not opened', async () => {
    await act(cem, 'take_seat', session)
    await act(cem, 'choose_roles', session, cem.id)
    await assert.rejects(act(cem, 'choose_case', session, first), refused('case_already_opened'))
    await act(cem, 'begin_station', session)
    const { round, case_id } = (await mine(cem, session))!
    assert.equal(round, 2)
    assert.notEqual(case_id, first)
    assert.equal((await rounds(cem)).length, 1)
    assert.equal((await rounds(bo)).length, 1)
  })
})

describe('alone', async () => {
  const ada = await person('Ada')

  test('a station begins at once, claims no time, and nobody finds it', async () => {
    await offer(ada, { minutes: 3 })
    const [{ id } = { id: '' }] = await ask<{ id: string }>(ada.acting, `select private.practise_alone('mock', 'short') as id`)
    assert.equal(await phase(ada, id), 'reading')
    assert.equal((await db.sql('select from scheduling.commitments where person_id = $1', [ada.id])).length, 1)
    assert.equal((await mine(ada, id))!['meeting_id'], undefined)
    await act(ada, 'move_on', id, 'running')
    await act(ada, 'move_on', id, 'marking')
    await act(ada, 'move_on', id, 'feedback')
    await act(ada, 'next_round', id)
    assert.equal((await mine(ada, id))!['round'], 2)
    await assert.rejects(act(ada, 'withdraw_session', id), refused('session_has_begun'))
    await act(ada, 'end_session', id)
  })

  test('needs a format and a case that there is', async () => {
    await assert.rejects(ask(ada.acting, `select private.practise_alone('mock', 'none')`), refused('no_such_format'))
    await assert.rejects(ask(ada.acting, `select private.practise_alone('exam', 'short')`), refused('type_is_known'))
    await assert.rejects(ask(ada.acting, `select private.practise_alone('mock', 'short', $1)`, [randomUUID()]), refused('no_such_case'))
  })
})

test('surprise gives what neither has opened, and says when there is nothing left', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const all = (await db.sql<{ id: string }>('select id from practice.cases')).length
  const session = await seated(ada, bo)
  await act(ada, 'begin_station', session)
  const seen = new Set<string>()
  for (let n = 1; n < all; n++) {
    await later(session, 60)
    seen.add((await mine(ada, session))!.case_id)
    await ask(ada.acting, 'select private.disclose($1)', [session])
    await act(ada, 'next_round', session)
  }
  await later(session, 60)
  seen.add((await mine(ada, session))!.case_id)
  await ask(bo.acting, 'select private.disclose($1)', [session])
  assert.equal(seen.size, all)
  await assert.rejects(act(ada, 'next_round', session), refused('no_case_left'))
  assert.equal(await phase(ada, session), 'feedback') // refused as a whole: the round is not over
})
