import { dayOf, instantOf, plusDays } from './time.ts'
import type { Lead } from './leads.ts'

// When a reminder is due. One that would fall into quiet hours is said before they begin; ten minutes before, it comes at any hour: what
// somebody agreed to in the middle of their night is what they want to be woken for. What cannot be said in time is not said.

export type Coming = {
  starts_at: string
  /** When the person was committed to it, or it was last moved: what was due before that is not caught up with. */
  since: string
  lead: Lead
  quiet_from: string | null
  quiet_until: string | null
  zone: string | null
}

const minute = 60_000

// How late one still says what it is for: an hour's notice a quarter of an hour late is still one, ten minutes' are not after five.
const lateMinutes = { 1440: 60, 60: 15, 10: 5 } as const

// So that it arrives while somebody still looks: the job runs each minute, and a push takes its time.
const beforeQuiet = 3 * minute

/** Whether it is to be said at this moment. */
export function isDue(coming: Coming, now: Date): boolean {
  const due = dueAt(coming)
  const late = now.getTime() - due.getTime()
  if (late < 0 || late > lateMinutes[coming.lead] * minute) return false
  if (due < new Date(coming.since)) return false
  if (new Date(coming.starts_at) <= now) return false
  return coming.lead === 10 || quietAround(now, coming) === undefined
}

export function dueAt(coming: Coming): Date {
  const due = new Date(new Date(coming.starts_at).getTime() - coming.lead * minute)
  if (coming.lead === 10) return due
  const quiet = quietAround(due, coming)
  return quiet ? new Date(quiet.from.getTime() - beforeQuiet) : due
}

/** The quiet hours that an instant falls into, by the clocks of the person's zone (UTC, while they have not said theirs). */
function quietAround(at: Date, { quiet_from, quiet_until, zone }: Coming): { from: Date; until: Date } | undefined {
  if (quiet_from === null || quiet_until === null) return undefined
  const there = zone ?? 'UTC'
  const today = dayOf(at, there)
  for (const day of [plusDays(today, -1), today]) {
    const from = instantOf(day, quiet_from, there)
    const until = instantOf(quiet_until > quiet_from ? day : plusDays(day, 1), quiet_until, there)
    if (from <= at && at < until) return { from, until }
  }
  return undefined
}
