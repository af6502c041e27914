import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bells, showing } from '#platform/rooms/clock.ts'
import { tabsOf } from '../station/panels.ts'
import { clockOf, nextInstant, phaseAfter, stageOf } from '../station/phases.ts'
import type { Session } from '../station/use-session.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 24, 18) + seconds * 1_000).toISOString()
const station = {
  partner: 'person',
  guest: { id: 'x', name: 'Jonas', avatar: null },
  starts_at: at(0),
  minutes: 60,
  phase: 'running',
  cancelled_at: null,
  ended_at: null,
  plan: {
    feedback: { seconds: 600, bells: [300] },
    marking: { seconds: 120, bells: [] },
    reading: { seconds: 90, bells: [] },
    running: { seconds: 480, bells: [360] },
  },
  reading_at: at(0),
  running_at: at(90),
  marking_at: at(570),
  feedback_at: at(690),
  paused_at: null,
  now: at(100),
} as unknown as Session
const planned = {
  ...station,
  plan: null,
  phase: 'scheduled',
  reading_at: null,
  running_at: null,
  marking_at: null,
  feedback_at: null,
} as Session

describe('The clock of a round', () => {
  const clock = clockOf(station)!

  test('shows the phases in their order, however they were listed', () =>
    assert.deepEqual(
      clock.plan.map(({ name }) => name),
      ['reading', 'running', 'marking', 'feedback'],
    ))

  test('rings within and at the end of each phase, the feedback too', () =>
    assert.deepEqual(
      bells(clock).map(({ at }) => at - Date.parse(station.reading_at!)),
      [90, 450, 570, 690, 990, 1290].map((seconds) => seconds * 1_000),
    ))

  test('says what is left of the phase', () => {
    const shown = showing(clock, Date.parse(at(100)))
    assert.ok(shown.is === 'running' && shown.name === 'running' && shown.left === 470_000)
  })

  test('stands still in a pause', () => {
    const shown = showing(clockOf({ ...station, paused_at: at(200) })!, Date.parse(at(400)))
    assert.ok(shown.is === 'paused' && shown.left === 370_000)
  })

  test('begins with the running where nothing is read, and has no end where there is no length', () => {
    const free = { ...station, plan: { running: { seconds: null, bells: [] }, feedback: { seconds: null, bells: [] } } } as Session
    const clock = clockOf({ ...free, running_at: at(0), marking_at: null, feedback_at: null })!
    assert.deepEqual(clock.instants, [at(0), null, null])
    assert.equal(phaseAfter(free, 'running'), 'feedback')
  })

  test('is not there between rounds', () => assert.equal(clockOf(planned), null))
})

describe('A page asks the server again', () => {
  test('at the next bell that begins a phase', () => assert.equal(nextInstant(station), Date.parse(at(570))))
  test('not before somebody goes on, in a pause', () => assert.equal(nextInstant({ ...station, paused_at: at(99) }), undefined))
  test('when the door opens', () => assert.equal(nextInstant({ ...planned, now: at(-86_400) }), Date.parse(at(-900))))
  test('when whoever waits may go', () => assert.equal(nextInstant({ ...planned, now: at(-60) }), Date.parse(at(600))))
  test('never, once it is over', () => assert.equal(nextInstant({ ...station, ended_at: at(99) }), undefined))
})

test('a session is open, planned, soon, in a round, over', () => {
  const stages = [
    { ...planned, guest: null, now: at(-90_000) },
    { ...planned, now: at(-901) },
    { ...planned, now: at(-900) },
    station,
    { ...station, phase: 'ended' as const, ended_at: at(99) },
    { ...planned, guest: null, now: at(3_600) },
    { ...planned, cancelled_at: at(-99), now: at(-90_000) },
  ].map((session) => stageOf(session))
  assert.deepEqual(stages, ['open', 'planned', 'soon', 'round', 'over', 'over', 'cancelled'])
})

describe('What there is to see', () => {
  const names = (role: 'candidate' | 'actor' | 'alone', phase: Session['phase'], type: 'mock' | 'review' = 'mock') =>
    tabsOf({ role, phase, type }).map(({ id }) => id)

  test('before the feedback, no candidate has a tab of the sheet or the markscheme', () => {
    for (const phase of ['reading', 'running', 'marking'] as const) assert.deepEqual(names('candidate', phase), ['card', 'notes'])
  })
  test('the patient has the sheet from the running on', () => {
    assert.deepEqual(names('actor', 'reading'), ['card'])
    assert.deepEqual(names('actor', 'running'), ['card', 'marking'])
  })
  test('whoever plays alone has it once the running is over', () => {
    assert.deepEqual(names('alone', 'running'), ['card', 'notes'])
    assert.deepEqual(names('alone', 'marking'), ['marking', 'markscheme', 'card', 'notes'])
  })
  test('where nothing is marked there is no sheet', () => {
    for (const role of ['candidate', 'actor'] as const)
      for (const phase of ['running', 'feedback'] as const)
        assert.ok(!names(role, phase, 'review').some((id) => id === 'sheet' || id === 'marking'))
  })
})
