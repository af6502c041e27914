import { dayOf, plusDays, wallOf, type Day } from '#platform/scheduling/time.ts'
import { useWho } from '#platform/web/me.ts'

const device = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone whose clocks are shown: one's own, or the device's for a stranger and for whoever has not said theirs. */
export function useMyZone(): string {
  const me = useWho()
  return (me !== null && me !== 'pending' && me.zone) || device
}

/** "19:00–20:00", and where it ends on another day, which. */
export function spanIn(zone: string, starts_at: string, minutes: number): string {
  const from = wallOf(starts_at, zone)
  const until = wallOf(new Date(Date.parse(starts_at) + minutes * 60_000), zone)
  return `${from.clock}–${until.day === from.day || until.clock === '00:00' ? '' : `${weekday(until.day)} `}${until.clock}`
}

/** "Today", "Tomorrow", "Sunday 22 November". */
export function dayInWords(day: Day, today: Day): string {
  if (day === today) return 'Today'
  if (day === plusDays(today, 1)) return 'Tomorrow'
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  return format({ weekday: 'long', day: 'numeric', month: 'long', ...year }, day).replace(',', '')
}

/** "Today, 19:00–20:00". */
export const whenIn = (zone: string, starts_at: string, minutes: number, now: number) =>
  `${dayInWords(dayOf(starts_at, zone), dayOf(new Date(now), zone))}, ${spanIn(zone, starts_at, minutes)}`

/** "Today, 19:00": where it is not said for how long. */
export const beginsIn = (zone: string, starts_at: string, now: number) =>
  `${dayInWords(dayOf(starts_at, zone), dayOf(new Date(now), zone))}, ${wallOf(starts_at, zone).clock}`

/** " (15:30 for Priya)", where somebody else lives by another clock. */
export function forThem(mine: string, theirs: string | null, starts_at: string, whose: string): string {
  if (theirs === null) return ''
  const [here, there] = [wallOf(starts_at, mine), wallOf(starts_at, theirs)]
  if (here.day === there.day && here.clock === there.clock) return ''
  return ` (${here.day === there.day ? '' : `${weekday(there.day)} `}${there.clock} for ${whose})`
}

export const weekday = (day: Day) => format({ weekday: 'short' }, day)

const format = (options: Intl.DateTimeFormatOptions, day: Day) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00Z`))
