import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { type Person, refused, theatre } from './scene.ts'

// Phases of ten, twenty and ten minutes; Ada is the candidate, Bo plays and marks.
const db = await freshDatabase()
const { ask, person, aCase, act, seated, later, mine, version } = await theatre(db)
for (let n = 0; n < 4; n++) await aCase()

type Clock = {
  phase: string
  paused_at: string | null
  ask: { what: string; by: string; phase: string; seconds: number | null } | null
  reading_at: string
  running_at: string
  marking_at: string | null
  feedback_at: string
  now: string
}
const clock = async (who: Person, session: string) => (await mine(who, session)) as unknown as Clock
/** Seconds until an instant, by the server's clock. */
const left = ({ now }: Clock, at: string | null) => Math.round((Date.parse(at!) - Date.parse(now)) / 1000)
const stored = async (session: string) =>
  (
    await db.sql<Record<string, unknown>>(
      'select running_at, marking_at, feedback_at from practice.rounds where session_id = $1 order by number desc limit 1',
      [session],
    )
  )[0]!
const enters = async ({ acting }: Person, session: string) => {
  const entry = randomUUID()
  await ask(acting, 'select private.enter_room(room_url::uuid, $2) from private.my_practice_sessions($1)', [session, entry])
  return entry
}
const texts = async ({ acting }: Person, session: string) =>
  (await ask<{ name: string }>(acting, 'select name from private.disclose($1)', [session])).map(({ name }) => name)
const pause = (who: Person, session: string, phase = 'reading') => act(who, 'ask_round', session, phase, 'pause')
const more = (who: Person, session: string, seconds: number | null, phase = 'reading') =>
  act(who, 'ask_round', session, phase, 'extend', seconds)
/** So many minutes ago it was paused. */
const waited = (session: string, minutes: number) =>
  db.sql(
    `update practice.rounds set paused_at = paused_at - s, reading_at = reading_at - s, running_at = running_at - s, marking_at = marking_at - s
     from make_interval(mins => $2) s where session_id = $1 and ended_at is null`,
    [session, minutes],
  )

async function underWay({ inside = true } = {}) {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo)
  if (inside) for (const who of [ada, bo]) await enters(who, session)
  await act(ada, 'begin_station', session)
  return { ada, bo, session }
}

describe('a pause', async () => {
  const { ada, bo, session } = await underWay()
  const cem = await person('Cem')

  test('is asked for by one, and the other hears of it; nothing stands still yet', async () => {
    await pause(ada, session)
    const seen = await clock(bo, session)
    assert.deepEqual([seen.ask, seen.paused_at], [{ what: 'pause', by: ada.id, phase: 'reading', seconds: null }, null])
  })

  test('is not agreed to by who asked, nor by anybody else, nor with an old page', async () => {
    await assert.rejects(act(ada, 'agree_round', session), refused('yours_to_wait'))
    await assert.rejects(pause(ada, session), refused('yours_to_wait'))
    await assert.rejects(act(cem, 'agree_round', session), refused('session_not_found'))
    await assert.rejects(act(cem, 'ask_round', session, 'reading', 'pause'), refused('session_not_found'))
    await assert.rejects(ask(bo.acting, 'select private.agree_round($1, 1)', [session]), refused('session_has_changed'))
    await assert.rejects(more(bo, session, 60), refused('answer_first'))
  })

  test('is declined, or taken back', async () => {
    await act(bo, 'decline_round', session)
    assert.equal((await clock(ada, session)).ask, null)
    await assert.rejects(act(bo, 'agree_round', session), refused('nothing_is_asked'))
    await pause(bo, session)
    await act(bo, 'decline_round', session)
    await assert.rejects(act(ada, 'decline_round', session), refused('nothing_is_asked'))
  })

  test('stops the clock when the other agrees, for both at once', async () => {
    await pause(ada, session)
    await act(bo, 'agree_round', session)
    for (const who of [ada, bo]) {
      const { phase, paused_at, ask } = await clock(who, session)
      assert.ok(paused_at)
      assert.deepEqual([phase, ask], ['reading', null])
    }
  })

  test('takes every instant that lies ahead out of the row: so nothing opens however long it lasts', async () => {
    assert.deepEqual(await stored(session), { running_at: null, marking_at: null, feedback_at: null })
    const before = await clock(ada, session)
    await waited(session, 300)
    const seen = await clock(ada, session)
    assert.deepEqual(
      [seen.phase, left({ ...seen, now: seen.paused_at! }, seen.running_at)],
      ['reading', left({ ...before, now: before.paused_at! }, before.running_at)],
    ) // prettier-ignore
    assert.deepEqual(await texts(ada, session), ['candidate_brief'])
    assert.deepEqual(await texts(bo, session), ['candidate_brief', 'actor_brief', 'condition'])
    await assert.rejects(ask(bo.acting, `select private.disclose($1, 'markscheme')`, [session]), refused('not_yet'))
    await assert.rejects(ask(bo.acting, 'select private.score_domain($1, 1, $2, 0)', [session, 'ethics']), refused('not_yet'))
  })

  test('cannot be gone on from, nor paused again', async () => {
    await assert.rejects(act(ada, 'move_on', session, 'running'), refused('clock_is_paused'))
    await assert.rejects(act(ada, 'next_round', session), refused('phase_out_of_order'))
    await assert.rejects(pause(bo, session), refused('clock_is_paused'))
  })

  test('may have more time agreed to meanwhile', async () => {
    const before = await clock(ada, session)
    await more(bo, session, 90)
    await act(ada, 'agree_round', session)
    const after = await clock(ada, session)
    assert.equal(Date.parse(after.running_at) - Date.parse(before.running_at), 90_000)
    assert.equal(after.paused_at, before.paused_at)
  })

  test('ends when either resumes, and all that is to come is later by it', async () => {
    const before = await clock(bo, session)
    await assert.rejects(act(cem, 'resume_round', session), refused('session_not_found'))
    await act(bo, 'resume_round', session)
    const after = await clock(ada, session)
    const reading = left({ ...before, now: before.paused_at! }, before.running_at)
    assert.equal(after.paused_at, null)
    assert.ok(Math.abs(left(after, after.running_at) - reading) <= 1)
    assert.equal(Date.parse(after.marking_at!) - Date.parse(after.running_at), 1_200_000)
    assert.equal(Date.parse(after.feedback_at) - Date.parse(after.marking_at!), 600_000)
    await assert.rejects(act(bo, 'resume_round', session), refused('clock_is_not_paused'))
  })

  test('is to be had in each phase that has an end, and comes out where it went in', async () => {
    for (const [phase, minutes] of [
      ['running', 12],
      ['marking', 20],
    ] as const) {
      await later(session, minutes)
      assert.equal((await clock(ada, session)).phase, phase)
      await pause(ada, session, phase)
      await pause(bo, session, phase) // asking for the same is agreeing
      await waited(session, 60)
      assert.equal((await clock(ada, session)).phase, phase)
      await act(ada, 'resume_round', session)
      assert.equal((await clock(bo, session)).phase, phase)
    }
    await later(session, 11)
    assert.equal((await clock(ada, session)).phase, 'feedback')
    await assert.rejects(pause(ada, session, 'feedback'), refused('phase_has_no_end'))
    await assert.rejects(more(ada, session, 60, 'feedback'), refused('phase_has_no_end'))
  })

  test('and a station may be stopped in it: what is open stays open, nothing else opens', async () => {
    await act(bo, 'next_round', session)
    await later(session, 11)
    await pause(ada, session, 'running')
    await pause(bo, session, 'running')
    await act(ada, 'end_session', session)
    assert.deepEqual(await texts(bo, session), ['candidate_brief']) // the candidate of the second round
    assert.deepEqual((await texts(ada, session)).length, 4)
    await assert.rejects(act(ada, 'resume_round', session), refused('session_has_ended'))
  })
})

describe('more time', async () => {
  const { ada, bo, session } = await underWay()

  test('moves the end of this phase and all after it, when both want it', async () => {
    const before = await clock(ada, session)
    await more(ada, session, 120)
    assert.equal((await clock(bo, session)).running_at, before.running_at)
    await act(bo, 'agree_round', session)
    const after = await clock(bo, session)
    for (const at of ['running_at', 'marking_at', 'feedback_at'] as const)
      assert.equal(Date.parse(after[at]!) - Date.parse(before[at]!), 120_000)
  })

  test('is half a minute to half an hour, of the phase that was seen', async () => {
    for (const [seconds, name] of [
      [29, 'more_time_is_half_a_minute_to_half_an_hour'],
      [1801, 'more_time_is_half_a_minute_to_half_an_hour'],
      [null, 'seconds_are_missing'],
    ] as const)
      await assert.rejects(more(ada, session, seconds), refused(name))
    await assert.rejects(more(ada, session, 60, 'running'), refused('phase_is_over'))
    await assert.rejects(act(ada, 'ask_round', session, null, 'pause'), refused('phase_is_over'))
    await assert.rejects(act(ada, 'ask_round', session, 'reading', 'rewind'), refused('ask_is_known'))
  })

  test('is not asked for any more once its phase is over', async () => {
    await more(ada, session, 60)
    await later(session, 13)
    assert.deepEqual([(await clock(bo, session)).phase, (await clock(bo, session)).ask], ['running', null])
    await assert.rejects(act(bo, 'agree_round', session), refused('nothing_is_asked'))
  })

  test('opens nothing early, and shuts nothing that is open', async () => {
    await more(bo, session, 1800, 'running')
    await act(ada, 'agree_round', session)
    await later(session, 20)
    assert.equal((await clock(ada, session)).phase, 'running')
    assert.deepEqual(await texts(ada, session), ['candidate_brief'])
    assert.equal((await texts(bo, session)).length, 4)
  })
})

describe('where nobody can answer, asking is enough:', async () => {
  test('alone', async () => {
    const ada = await person('Ada')
    const [{ id }] = (await ask<{ id: string }>(ada.acting, `select private.practise_alone('mock', 'short') as id`)) as [{ id: string }]
    await pause(ada, id)
    assert.ok((await clock(ada, id)).paused_at)
    await act(ada, 'resume_round', id)
    const before = await clock(ada, id)
    await more(ada, id, 60)
    assert.equal(Date.parse((await clock(ada, id)).running_at) - Date.parse(before.running_at), 60_000)
    await assert.rejects(more(ada, id, 5), refused('more_time_is_half_a_minute_to_half_an_hour'))
  })

  test('while the other is not in the room, or has not been heard of for two minutes', async () => {
    const { ada, bo, session } = await underWay({ inside: false })
    await enters(ada, session)
    await pause(ada, session)
    assert.ok((await clock(bo, session)).paused_at)
    await act(ada, 'resume_round', session)
    await enters(bo, session)
    await pause(ada, session)
    assert.equal((await clock(bo, session)).paused_at, null)
    await act(ada, 'decline_round', session)
    await db.sql(`update rooms.seats set seen_at = seen_at - interval '3 minutes' where person_id = $1 and state = 'inside'`, [bo.id])
    await pause(ada, session)
    assert.ok((await clock(bo, session)).paused_at)
  })
})

test('before the first bell and after the last word there is no clock to ask', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo)
  for (const does of [() => pause(ada, session), () => act(bo, 'agree_round', session), () => act(bo, 'resume_round', session)])
    await assert.rejects(does(), refused('clock_is_not_running'))
})

test('a pause outlives the guest who leaves in it: the round is over, and opens nothing further', async () => {
  const { ada, bo, session } = await underWay()
  await later(session, 11)
  await pause(ada, session, 'running')
  await pause(bo, session, 'running')
  await act(bo, 'leave_seat', session)
  assert.equal((await clock(ada, session)).phase, 'scheduled')
  assert.deepEqual(await texts(ada, session), ['candidate_brief'])
})

test('a round that stands still cannot know what begins later', async () => {
  const { ada, bo, session } = await underWay()
  await pause(ada, session)
  await pause(bo, session)
  for (const [set, name] of [
    [`running_at = paused_at + interval '1 minute'`, 'nothing_begins_during_a_pause'],
    [`feedback_at = paused_at + interval '1 minute'`, 'nothing_begins_during_a_pause'],
    ['paused_left = null', 'pause_is_whole'],
    [`paused_left = '0'`, 'pause_is_whole'],
    [`ask_what = 'pause'`, 'ask_is_whole'],
    [`ask_what = 'rewind', ask_by = candidate_id, ask_phase = 'reading'`, 'ask_is_known'],
    [`ask_what = 'extend', ask_by = candidate_id, ask_phase = 'reading', ask_seconds = 5`, 'more_time_is_half_a_minute_to_half_an_hour'],
    [`ask_what = 'pause', ask_by = '${(await person('Cem')).id}', ask_phase = 'reading'`, 'who_asks_plays'],
  ] as const)
    await assert.rejects(db.sql(`update practice.rounds set ${set} where session_id = $1`, [session]), refused(name), set)
  assert.ok(await version(session))
})
