import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dayOf, instantOf, isDay, mondayOf, plusDays, startOf, wallOf, weekdayOf, withoutTemporal } from '../time.ts'
import { zones } from '../zones.ts'

// By hand, from the published laws of each place: what a clock says, and the instant that is meant.
const nights: [zone: string, day: string, clock: string, instant: string, why: string][] = [
  ['Europe/London', '2027-03-28', '00:59', '2027-03-28T00:59Z', 'before the clocks go forward'],
  ['Europe/London', '2027-03-28', '01:30', '2027-03-28T01:30Z', 'left out: 02:30 is meant'],
  ['Europe/London', '2027-03-28', '02:00', '2027-03-28T01:00Z', 'after it'],
  ['Europe/London', '2027-10-31', '01:30', '2027-10-31T00:30Z', 'comes twice: the first time'],
  ['Europe/London', '2027-10-31', '02:00', '2027-10-31T02:00Z', 'after it'],
  ['America/New_York', '2027-03-14', '02:30', '2027-03-14T07:30Z', 'left out: 03:30 is meant'],
  ['America/New_York', '2027-11-07', '01:30', '2027-11-07T05:30Z', 'comes twice: the first time'],
  ['America/New_York', '2027-11-07', '02:00', '2027-11-07T07:00Z', 'after it'],
  ['Australia/Lord_Howe', '2027-10-03', '02:15', '2027-10-02T15:45Z', 'half an hour is left out: 02:45 is meant'],
  ['Australia/Lord_Howe', '2027-04-04', '01:45', '2027-04-03T14:45Z', 'half an hour comes twice'],
  ['Asia/Kolkata', '2027-03-28', '02:30', '2027-03-27T21:00Z', 'no clock is ever changed there'],
  ['America/Havana', '2027-03-14', '00:00', '2027-03-14T05:00Z', 'midnight itself is left out: 01:00 is meant'],
  ['America/Havana', '2027-11-07', '00:30', '2027-11-07T04:30Z', 'comes twice, just after midnight'],
]

describe('a clock becomes an instant', () => {
  for (const [zone, day, clock, instant, why] of nights)
    test(`${clock} on ${day} in ${zone}: ${why}`, () => {
      assert.equal(instantOf(day, clock, zone).getTime(), Date.parse(instant))
      assert.equal(withoutTemporal.instantOf(day, clock, zone).getTime(), Date.parse(instant), 'without Temporal')
    })

  test('with and without Temporal alike: every half hour of the days around each change, in every zone', () => {
    let changes = 0
    for (const zone of zones)
      for (let day = '2026-01-01'; day < '2027-01-01'; day = plusDays(day, 1)) {
        const [noon, next] = [instantOf(day, '12:00', zone), instantOf(plusDays(day, 1), '12:00', zone)]
        if (next.getTime() - noon.getTime() === 86_400_000) continue
        changes++
        for (const on of [day, plusDays(day, 1)])
          for (let half = 0; half < 48; half++) {
            const clock = new Date(half * 1_800_000).toISOString().slice(11, 16)
            assert.equal(
              withoutTemporal.instantOf(on, clock, zone).getTime(),
              instantOf(on, clock, zone).getTime(),
              `${on} ${clock} ${zone}`,
            )
          }
      }
    assert.ok(changes > 200, `${changes}`)
  })
})

describe('a day', () => {
  test('has 23 hours when clocks go forward, 25 when they go back, and begins late where its midnight is left out', () => {
    const hours = (day: string, zone: string) => (startOf(plusDays(day, 1), zone).getTime() - startOf(day, zone).getTime()) / 3_600_000
    assert.deepEqual(
      [hours('2027-03-28', 'Europe/London'), hours('2027-10-31', 'Europe/London'), hours('2027-10-03', 'Australia/Lord_Howe')],
      [23, 25, 23.5],
    )
    assert.equal(hours('2027-03-14', 'America/Havana'), 23)
    assert.equal(wallOf(startOf('2027-03-14', 'America/Havana'), 'America/Havana').clock, '01:00')
  })

  test('is another one elsewhere at the same instant', () => {
    const at = '2026-11-20T23:30:00Z'
    assert.deepEqual(
      [dayOf(at, 'Europe/London'), dayOf(at, 'Asia/Kolkata'), dayOf(at, 'America/Bogota')],
      ['2026-11-20', '2026-11-21', '2026-11-20'],
    )
    assert.deepEqual(wallOf(at, 'Asia/Kathmandu'), { day: '2026-11-21', clock: '05:15' })
  })

  test('is counted without any zone', () => {
    assert.equal(plusDays('2026-12-31', 1), '2027-01-01')
    assert.equal(plusDays('2028-03-01', -1), '2028-02-29')
    assert.deepEqual(
      [weekdayOf('2026-11-20'), weekdayOf('2026-11-22'), mondayOf('2026-11-22'), mondayOf('2026-11-16')],
      [5, 7, '2026-11-16', '2026-11-16'],
    )
    assert.deepEqual(['2026-11-20', '2026-02-30', '2026-1-1', 'today', ''].map(isDay), [true, false, false, false, false])
  })
})
