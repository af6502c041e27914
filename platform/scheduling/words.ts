import { wallOf } from './time.ts'

// Times in mails and notices, in the zone of their reader; while they have not said theirs, in UTC, and it says so.

/** "Saturday 21 November at 10:00" */
export function whenIn(zone: string | null, at: string): string {
  const { clock } = wallOf(at, zone ?? 'UTC')
  const date = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone ?? 'UTC' }).format(
    new Date(at),
  )
  return `${date.replace(',', '')} at ${clock}${zone ? '' : ' UTC'}`
}

/** "That is by the clocks of Europe/London." */
export const byWhichClock = (zone: string | null) =>
  zone
    ? `Times are those of ${zone.replaceAll('_', ' ')}.`
    : 'You have not said in which time zone you live, so this is UTC. You can say so in your account.'
