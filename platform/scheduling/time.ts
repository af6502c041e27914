// The one place where what clocks say becomes an instant, and back. Zones are IANA names (zones.ts). The rule is Temporal's
// 'compatible', as private.instants_of has it in SQL: a time that comes twice, when clocks go back, means its first time; a time that is
// left out, when they go forward, means as much later as was left out. Where a browser has no Temporal, Intl is asked instead, by the
// same rule (tests/time.test.ts holds them to each other).

/** '2026-11-20': a date on somebody's wall. */
export type Day = string

export function instantOf(day: Day, clock: string, zone: string): Date {
  if (!hasTemporal) return byIntl(day, clock, zone)
  return new Date(Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(zone).epochMilliseconds)
}

/** The date and the clock (HH:MM) that somebody in that zone sees then. */
export function wallOf(at: Date | string, zone: string): { day: Day; clock: string } {
  const wall = hasTemporal
    ? Temporal.Instant.fromEpochMilliseconds(new Date(at).getTime()).toZonedDateTimeISO(zone).toPlainDateTime().toString()
    : new Date(wallByIntl(new Date(at).getTime(), zone)).toISOString()
  return { day: wall.slice(0, 10), clock: wall.slice(11, 16) }
}

export const dayOf = (at: Date | string, zone: string): Day => wallOf(at, zone).day

/** A date has no zone, so neither has the next one. */
export const plusDays = (day: Day, days: number): Day => new Date(Date.parse(`${day}T00:00Z`) + days * aDay).toISOString().slice(0, 10)

/** 1 is Monday and 7 is Sunday, as ISO and Temporal count. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00Z`).getUTCDay() || 7

export const mondayOf = (day: Day): Day => plusDays(day, 1 - weekdayOf(day))

/** Where its midnight is left out, a day begins with what comes instead. */
export const startOf = (day: Day, zone: string): Date => instantOf(day, '00:00', zone)

export const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00Z`) : new Date(Number.NaN)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

export const hasTemporal = typeof Temporal !== 'undefined'

const minute = 60_000
const aDay = 1_440 * minute

// The offsets of a day before and a day after are the two that can be meant; no zone changes its clocks twice within that.
function byIntl(day: Day, clock: string, zone: string): Date {
  const wall = Date.parse(`${day}T${clock}Z`)
  const before = wallByIntl(wall - aDay, zone) - (wall - aDay)
  const after = wallByIntl(wall + aDay, zone) - (wall + aDay)
  for (const offset of [before, after]) if (wallByIntl(wall - offset, zone) === wall) return new Date(wall - offset)
  return new Date(wall - before)
}

/** What the clocks say there then, as if it were UTC. */
function wallByIntl(at: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<string, number>
  const {
    year,
    month,
    day,
    hour,
    minute: min,
    second,
  } = parts as { [part in 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second']: number }
  return Date.UTC(year, month - 1, day, hour, min, second) + (((at % 1_000) + 1_000) % 1_000)
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const numbers = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', calendar: 'iso8601', ...numbers })
  formats.set(zone, made)
  return made
}

/** For the test that holds the two to each other. */
export const withoutTemporal = { instantOf: byIntl, wallOf: (at: number, zone: string) => new Date(wallByIntl(at, zone)).toISOString() }
