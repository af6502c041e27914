import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import type ICAL from 'ical.js'
import { icsOf, type Appointment } from '../ics.ts'
import { instantOf } from '../time.ts'
import { calendarIn, eventsIn } from './parsed.ts'

const appointment = (more: Partial<Appointment> = {}): Appointment => ({
  id: randomUUID(),
  title: 'Practice session',
  startsAt: '2027-03-28T08:00:00Z',
  endsAt: '2027-03-28T09:00:00Z',
  sequence: 0,
  changedAt: '2027-01-01T12:00:00.123456Z',
  off: false,
  url: 'https://vivavoce.example/calendar',
  alarms: [1440, 60, 10],
  ...more,
})

describe('a calendar', () => {
  test('is read with everything that stands in it', () => {
    const it = appointment({ sequence: 3 })
    const ics = icsOf({ name: 'Vivavoce', appointments: [it] })
    const calendar = calendarIn(ics)
    assert.equal(calendar.getFirstPropertyValue('version'), '2.0')
    assert.equal(calendar.getFirstPropertyValue('method'), null, 'a feed asks nobody for anything')
    assert.equal(String(calendar.getFirstPropertyValue('refresh-interval')), 'PT30M')
    assert.equal(calendar.getFirstPropertyValue('x-published-ttl'), 'PT30M')
    const [event] = eventsIn(ics)
    assert.deepEqual([event!.uid, event!.summary, event!.sequence], [it.id, 'Practice session', 3])
    assert.equal(event!.startDate.toJSDate().toISOString(), '2027-03-28T08:00:00.000Z')
    assert.equal(event!.endDate.toJSDate().toISOString(), '2027-03-28T09:00:00.000Z')
    const { component } = event!
    assert.equal(component.getFirstPropertyValue('status'), 'CONFIRMED')
    assert.equal(component.getFirstPropertyValue('url'), 'https://vivavoce.example/calendar')
    assert.equal(String(component.getFirstPropertyValue('dtstamp')), '2027-01-01T12:00:00Z')
    assert.equal(String(component.getFirstPropertyValue('last-modified')), '2027-01-01T12:00:00Z')
    const alarms = component
      .getAllSubcomponents('valarm')
      .map((alarm) => (alarm.getFirstPropertyValue('trigger') as ICAL.Duration).toSeconds())
    assert.deepEqual(alarms, [-86_400, -3_600, -600])
  })

  test('of nothing is one, and says the same twice', () => {
    assert.deepEqual(eventsIn(icsOf({ name: 'Vivavoce', appointments: [] })), [])
    const it = appointment()
    assert.equal(icsOf({ appointments: [it] }), icsOf({ appointments: [it] }))
  })

  test('says of what is off that it is, without alarms', () => {
    const [event] = eventsIn(icsOf({ appointments: [appointment({ off: true })] }))
    assert.equal(event!.component.getFirstPropertyValue('status'), 'CANCELLED')
    assert.equal(event!.component.getAllSubcomponents('valarm').length, 0)
  })
})

describe('hostile words', () => {
  const words = [
    'Commas, semicolons; and back\\slashes \\n that are none',
    'Two\nlines\r\nand\rthree',
    'END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:another meeting',
    `${'x'.repeat(61)}👩‍⚕️👩‍⚕️👩‍⚕️ ends with a doctor on the fold`,
    ...Array.from({ length: 12 }, (_, n) => `${'é'.repeat(25)}${'y'.repeat(n)}🏳️‍🌈日本語🙂${'z'.repeat(80)}`),
    `Z${'\u0301'.repeat(300)}algo`,
    '"quoted" : colons = and % signs',
    '\u0007bell, tab\tand nul\u0000',
    '',
  ]
  for (const title of words)
    test(JSON.stringify(title.slice(0, 40)), () => {
      const ics = icsOf({ appointments: [appointment({ title }), appointment()] })
      const events = eventsIn(ics)
      assert.equal(events.length, 2, 'no word makes a meeting')
      const meant = title.replaceAll(/\r\n?/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, ' ')
      assert.equal(events[0]!.summary, meant)
      for (const line of ics.split('\r\n')) {
        assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets`)
        assert.doesNotMatch(line, /[\r\n]/)
      }
      assert.match(ics, /\r\n$/)
      assert.equal(Buffer.from(ics, 'utf8').toString('utf8'), ics, 'no character is cut in two')
    })
})

// Nine in the morning of somebody's clock, on the Sundays on which it changes, is nine in the morning in their calendar, whatever zone it uses.
describe('nine o’clock on the days the clocks change', () => {
  for (const [zone, day, instant] of [
    ['Europe/London', '2027-03-28', '2027-03-28T08:00:00.000Z'],
    ['Europe/London', '2027-10-31', '2027-10-31T09:00:00.000Z'],
    ['America/New_York', '2027-03-14', '2027-03-14T13:00:00.000Z'],
    ['America/New_York', '2027-11-07', '2027-11-07T14:00:00.000Z'],
    ['Australia/Lord_Howe', '2027-04-04', '2027-04-03T22:30:00.000Z'],
    ['Australia/Lord_Howe', '2027-10-03', '2027-10-02T22:00:00.000Z'],
    ['Europe/Warsaw', '2027-03-28', '2027-03-28T07:00:00.000Z'],
    ['Europe/Warsaw', '2027-10-31', '2027-10-31T08:00:00.000Z'],
    ['Asia/Kolkata', '2027-03-28', '2027-03-28T03:30:00.000Z'],
  ] as const)
    test(`${day}, ${zone}`, () => {
      const [from, until] = [instantOf(day, '09:00', zone), instantOf(day, '10:00', zone)]
      const [event] = eventsIn(icsOf({ appointments: [appointment({ startsAt: from.toISOString(), endsAt: until.toISOString() })] }))
      assert.equal(event!.startDate.toJSDate().toISOString(), instant)
      assert.equal(event!.endDate.toJSDate().getTime() - event!.startDate.toJSDate().getTime(), 3_600_000)
      const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
        event!.startDate.toJSDate(),
      )
      assert.equal(shown, '09:00')
    })

  test('a night of practice over the hour that comes twice is as long as it is', () => {
    const [from, until] = [instantOf('2027-10-31', '00:30', 'Europe/London'), instantOf('2027-10-31', '02:30', 'Europe/London')]
    const [event] = eventsIn(icsOf({ appointments: [appointment({ startsAt: from.toISOString(), endsAt: until.toISOString() })] }))
    assert.equal(event!.endDate.toJSDate().getTime() - event!.startDate.toJSDate().getTime(), 3 * 3_600_000)
  })
})
