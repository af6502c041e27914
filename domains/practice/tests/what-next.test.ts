import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whatNext, type Mark } from '../what-next.ts'

// Rounds of Ada's, one a day, by what was marked of each skill: the place on a scale of four words, and a critical line left out or not.
const days = (...rounds: Record<string, number | 'missed' | 'kept'>[]): Mark[] =>
  rounds.flatMap((skills, day) =>
    Object.entries(skills).map(([domain, mark]) => ({
      session_id: 'a',
      round: day,
      began_at: new Date(Date.UTC(2026, 10, 1 + day)).toISOString(),
      marked_by: 'partner' as const,
      domain: domain === 'overall' ? null : domain,
      points: typeof mark === 'number' ? mark : null,
      most: typeof mark === 'number' ? 3 : null,
      critical: typeof mark === 'number' ? 0 : 1,
      missed: mark === 'missed' ? 1 : 0,
    })),
  )

test('whoever was never marked is advised nothing', () => {
  assert.deepEqual(whatNext([], ['history']), [])
})

test('the lowest skill is named with its share of the scale, once it was marked twice', () => {
  assert.deepEqual(whatNext(days({ history: 0 }), []), [])
  assert.deepEqual(whatNext(days({ history: 0, ethics: 1 }, { history: 1, ethics: 1 }), []), [
    { why: 'low', domain: 'history', share: 1 / 6, of: 2 },
    { why: 'low', domain: 'ethics', share: 1 / 3, of: 2 },
  ])
})

test('a skill that has got better is not held against anybody', () => {
  assert.deepEqual(whatNext(days({ history: 0 }, { history: 0 }, { history: 2 }, { history: 2 }, { history: 3 }), []), [])
  assert.deepEqual(whatNext(days({ history: 2 }, { history: 2 }, { history: 2 }), []), []) // the third word of four is good enough
})

test('safety comes first, and counts the rounds that had such a line', () => {
  assert.deepEqual(whatNext(days({ safety: 'missed', history: 0 }, { safety: 'kept', history: 0 }, { history: 0 }), []), [
    { why: 'safety', domain: 'safety', rounds: 1, of: 2 },
    { why: 'low', domain: 'history', share: 0, of: 3 },
  ])
})

test('what was missed more than five rounds ago is mended', () => {
  assert.deepEqual(whatNext(days({ safety: 'missed' }, {}, { safety: 'kept' }, { a: 3 }, { a: 3 }, { a: 3 }, { a: 3 }), []), [])
})

test('what is new comes last; three things are enough, and each skill is named once', () => {
  const marks = days({ safety: 'missed', history: 0 }, { safety: 0, history: 1 }, { safety: 0 })
  assert.deepEqual(
    whatNext(marks, ['ethics', 'history', 'management']).map(({ why, domain }) => [why, domain]),
    [
      ['safety', 'safety'],
      ['low', 'history'],
      ['new', 'ethics'],
    ],
  )
})

test('the global rating is no skill', () => {
  assert.deepEqual(whatNext(days({ overall: 0 }, { overall: 0 }), []), [])
})
