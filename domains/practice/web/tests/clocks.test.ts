import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginsIn, dayInWords, forThem, spanIn, whenIn } from '../finding/clocks.ts'

const london = 'Europe/London'

test('an hour is that of one’s own wall, also over midnight and on the nights when clocks change', () => {
  assert.equal(spanIn(london, '2026-11-21T19:00:00Z', 60), '19:00–20:00')
  assert.equal(spanIn('Asia/Kolkata', '2026-11-21T19:00:00Z', 60), '00:30–01:30')
  assert.equal(spanIn(london, '2026-11-21T23:30:00Z', 60), '23:30–Sun 00:30')
  assert.equal(spanIn(london, '2026-11-21T23:00:00Z', 60), '23:00–00:00')
  assert.equal(spanIn(london, '2027-03-28T00:30:00Z', 60), '00:30–02:30')
  assert.equal(spanIn(london, '2026-10-25T00:30:00Z', 90), '01:30–02:00')
})

test('a day is today, tomorrow, or named; of another year with the year', () => {
  assert.equal(dayInWords('2026-11-21', '2026-11-21'), 'Today')
  assert.equal(dayInWords('2026-12-01', '2026-11-30'), 'Tomorrow')
  assert.equal(dayInWords('2026-11-29', '2026-11-21'), 'Sunday 29 November')
  assert.equal(dayInWords('2027-01-02', '2026-11-21'), 'Saturday 2 January 2027')
  const lateInLondon = Date.parse('2026-11-21T23:00:00Z')
  assert.equal(whenIn(london, '2026-11-22T00:30:00Z', 60, lateInLondon), 'Tomorrow, 00:30–01:30')
  assert.equal(beginsIn('Asia/Kolkata', '2026-11-22T00:30:00Z', lateInLondon), 'Today, 06:00')
})

test('somebody else’s clock is said where it is another one, with its day where that is another, too', () => {
  assert.equal(forThem(london, 'Asia/Kolkata', '2026-11-21T10:00:00Z', 'Priya'), ' (15:30 for Priya)')
  assert.equal(forThem(london, 'Asia/Kolkata', '2026-11-21T20:00:00Z', 'Priya'), ' (Sun 01:30 for Priya)')
  assert.equal(forThem(london, 'Africa/Abidjan', '2026-11-21T20:00:00Z', 'Kofi'), '', 'the same clock in winter')
  assert.equal(forThem(london, 'Africa/Abidjan', '2026-07-21T20:00:00Z', 'Kofi'), ' (20:00 for Kofi)')
  assert.equal(forThem(london, null, '2026-11-21T20:00:00Z', 'Kofi'), '')
})
