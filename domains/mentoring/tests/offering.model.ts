import { randomUUID } from 'node:crypto'

// What ought to be offered, said a second time: minute by minute in TypeScript, with Temporal, and with nothing of the SQL's way.

export type World = {
  mentor: {
    user_id: string
    timezone: string
    is_active: boolean
    lengths: number[]
    start_every: number
    notice_minutes: number
    horizon_days: number
    buffer_before: number
    buffer_after: number
  }
  me: string
  blocked: boolean
  minutes: number
  rules: { mentor_user_id: string; weekday: number; start_minute: number; end_minute: number; is_active: boolean }[]
  exceptions: { mentor_user_id: string; date: string; start_minute: number; end_minute: number; is_available: boolean }[]
  commitments: { meeting_id: string; person_id: string; during: string; held_until: string | null }[]
  bookings: object[]
  elsewhere: string[]
  tries: { starts: number; expected: string }[]
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export const zones = [
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Chatham',
  'Pacific/Apia',
  'America/Havana',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Beirut',
  'UTC',
]

/** A world of one mentor and one mentee, and some hours with what should become of each. */
export function expectation(one: Chance, now: number): World {
  const timezone = one.of(zones)
  const mentor = {
    user_id: randomUUID(),
    timezone,
    is_active: !one.in(40),
    lengths: one.of([[30, 60], [30], [60], [45, 90], [50], [120]]),
    start_every: one.of([5, 10, 15, 20, 30, 60]),
    notice_minutes: one.of([0, 60, 720, 1440]),
    horizon_days: one.of([2, 30, 60, 183]),
    buffer_before: one.of([0, 0, 5, 10]),
    buffer_after: one.of([0, 0, 10, 15]),
  }
  const me = randomUUID()
  const centre = centreOf(one, now, mentor)
  const from = centre - 2 * day
  const minutes = one.in(12) ? 35 : one.of(mentor.lengths)
  const atMinute = () => one.of([0, 60, 90, 120, 150, 540, 545, 600, 780, 1020, 1320, 1380, 1439].concat(one.upTo(288) * 5))

  const rules: World['rules'] = []
  for (let n = one.upTo(8); n >= 0; n--) {
    const start_minute = Math.min(atMinute(), 1435)
    const end_minute = one.in(4) ? 1440 : Math.min(1440, start_minute + one.of([30, 60, 120, 240, 600]))
    const rule = { mentor_user_id: mentor.user_id, weekday: 1 + one.upTo(7), start_minute, end_minute, is_active: !one.in(8) }
    if (!rules.some((other) => other.weekday === rule.weekday && start_minute < other.end_minute && end_minute > other.start_minute))
      rules.push(rule)
  }
  if (one.in(5)) {
    rules.length = 0
    for (let weekday = 1; weekday <= 7; weekday++)
      rules.push({ mentor_user_id: mentor.user_id, weekday, start_minute: 0, end_minute: 1440, is_active: true })
  }
  const dateOf = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate()
  const exceptions = Array.from({ length: one.upTo(5) }, () => {
    const start_minute = one.in(3) ? 0 : Math.min(atMinute(), 1400)
    const end_minute = one.in(3) ? 1440 : Math.min(1440, start_minute + one.of([30, 60, 180]))
    return {
      mentor_user_id: mentor.user_id,
      date: dateOf(from + one.upTo(4) * day).toString(),
      start_minute,
      end_minute,
      is_available: one.in(2),
    }
  })

  // Who is taken when; nobody twice at once, for that cannot be.
  const taken: { who: string; a: number; z: number; booked: boolean; void: boolean }[] = []
  const commitments: World['commitments'] = []
  const bookings: object[] = []
  for (let n = one.upTo(10); n > 0; n--) {
    const who = one.in(3) ? me : mentor.user_id
    const a = Math.floor(from / minute) * minute + one.upTo((4 * day) / (5 * minute)) * 5 * minute
    const z = a + one.of([15, 30, 60, 90]) * minute
    if (taken.some((other) => other.who === who && a < other.z && z > other.a)) continue
    const isVoid = one.in(6)
    const booked = who === mentor.user_id && !isVoid && one.in(2)
    taken.push({ who, a, z, booked, void: isVoid })
    const meeting_id = randomUUID()
    const held_until = isVoid ? now - minute : one.in(5) ? now + hour : null
    commitments.push({ meeting_id, person_id: who, during: span(a, z), held_until: held_until === null ? null : iso(held_until) })
    if (booked)
      bookings.push({
        id: meeting_id,
        mentor_user_id: mentor.user_id,
        mentee_user_id: me,
        start_time: iso(a),
        end_time: iso(z),
        price_cents: 0,
        currency: 'GBP',
        status: one.of(['pending', 'confirmed']),
        notes: '',
        meeting_provider: 'builtin',
        created_at: iso(now),
        updated_at: iso(now),
      })
  }
  const elsewhere = Array.from({ length: one.upTo(3) }, () => {
    const a = Math.floor(from / minute) * minute + one.upTo(4 * 24 * 60) * minute
    return [a, a + one.of([20, 45, 60, 600]) * minute] as const
  })

  const blocked = one.in(40)
  const expected = (starts: number): string => {
    const ends = starts + minutes * minute
    if (!mentor.is_active || blocked) return 'mentor_not_found'
    if (!mentor.lengths.includes(minutes)) return 'length_not_offered'
    if (starts < now + mentor.notice_minutes * minute) return 'too_late_to_book'
    if (starts >= now + mentor.horizon_days * day) return 'too_far_ahead'
    const clock = Temporal.Instant.fromEpochMilliseconds(starts).toZonedDateTimeISO(timezone)
    if ((clock.hour * 60 + clock.minute) % mentor.start_every !== 0) return 'not_offered_then'
    for (let at = starts; at < ends; at += minute) if (!isOpen(at)) return 'not_offered_then'
    const meets = (list: readonly { a: number; z: number }[], before = 0, after = 0) =>
      list.some(({ a, z }) => starts - before < z && ends + after > a)
    const mine = taken.filter(({ who, void: gone }) => who === me && !gone)
    const theirs = [...taken.filter(({ who, void: gone }) => who === mentor.user_id && !gone), ...elsewhere.map(([a, z]) => ({ a, z }))]
    const [before, after] = [mentor.buffer_before * minute, mentor.buffer_after * minute]
    const more = Math.max(before, after)
    if (meets(mine) && !meets(theirs)) return 'you_are_busy'
    if (
      meets(mine) ||
      meets(theirs, before, after) ||
      meets(
        taken.filter(({ booked }) => booked),
        more,
        more,
      )
    )
      return 'mentor_is_busy'
    return 'booked'
  }

  const instant = (date: Temporal.PlainDate, minutes: number) =>
    date.toPlainDateTime().add({ minutes }).toZonedDateTime(timezone).epochMilliseconds
  const windows = ['rule', 'shut', 'open'].map((kind) =>
    [...Array(9).keys()].flatMap((n) => {
      const date = dateOf(from + (n - 2) * day)
      const those =
        kind === 'rule'
          ? rules.filter(({ weekday, is_active }) => weekday === date.dayOfWeek && is_active)
          : exceptions.filter((e) => e.date === date.toString() && e.is_available === (kind === 'open'))
      return those.map(({ start_minute, end_minute }) => [instant(date, start_minute), instant(date, end_minute)] as const)
    }),
  )
  const isOpen = (at: number) => {
    const [rule, shut, open] = windows.map((those) => those.some(([a, z]) => a <= at && at < z))
    return open! || (rule! && !shut!)
  }

  // Some of every kind: hours drawn at random are seldom open. None within a minute of an edge, which moves on while we ask.
  const edges = [now, now + mentor.notice_minutes * minute, now + mentor.horizon_days * day]
  const grid = [...Array((3 * day) / (5 * minute)).keys()]
    .map((n) => Math.floor((from + day / 2) / (5 * minute)) * 5 * minute + n * 5 * minute)
    .filter((at) => edges.every((edge) => Math.abs(at - edge) > minute))
  const byExpectation = Map.groupBy(grid, expected)
  const drawn = [...byExpectation.values()].flatMap((those) => Array.from({ length: 3 }, () => one.of(those)))
  const tries = [...new Set([...drawn, one.of(grid) + minute])]
    .sort((a, b) => a - b)
    .map((starts) => ({ starts, expected: expected(starts) }))
  return { mentor, me, blocked, minutes, rules, exceptions, commitments, bookings, elsewhere: elsewhere.map(([a, z]) => span(a, z)), tries }
}

// Around a day on which the mentor's clock is set, if one can be booked; near notice or horizon; or anywhere between.
function centreOf(one: Chance, now: number, { timezone, horizon_days, notice_minutes }: World['mentor']): number {
  const next = Temporal.Instant.fromEpochMilliseconds(now + 2 * day)
    .toZonedDateTimeISO(timezone)
    .getTimeZoneTransition('next')
  if (next && next.epochMilliseconds < now + horizon_days * day && one.in(2)) return next.epochMilliseconds
  if (one.in(4)) return now + notice_minutes * minute + day
  if (one.in(4)) return now + horizon_days * day
  return now + 3 * day + one.upTo(horizon_days) * day
}

const iso = (at: number) => new Date(at).toISOString()
const span = (a: number, z: number) => `[${iso(a)},${iso(z)})`

/** The same each time for one seed (mulberry32). */
export function chance(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const upTo = (n: number) => Math.floor(next() * n)
  return { upTo, in: (n: number) => upTo(n) === 0, of: <T>(list: readonly T[]): T => list[upTo(list.length)]! }
}
export type Chance = ReturnType<typeof chance>
