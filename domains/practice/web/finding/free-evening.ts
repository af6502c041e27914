import { useState } from 'react'
import { serverNow } from '#platform/live/web/clock.ts'
import { readCalendar } from '#platform/scheduling/api.ts'
import { dayOf, instantOf, plusDays, type Day } from '#platform/scheduling/time.ts'
import { useRead } from '#platform/web/read.ts'

/** The next hour of an evening at which nothing of mine is planned: most people who work in a hospital offer that. */
export function useFreeEvening(zone: string, asked?: Day): string {
  const [now] = useState(serverNow)
  const first = asked ?? dayOf(new Date(now), zone)
  const until = plusDays(first, daysLookedAt)
  const { items } = useRead(readCalendar, {
    from: instantOf(first, '00:00', zone).toISOString(),
    until: instantOf(until, '00:00', zone).toISOString(),
  })
  const taken = items.map(({ starts_at, ends_at }) => [Date.parse(starts_at), Date.parse(ends_at)] as const)
  for (let day = first; day < until; day = plusDays(day, 1))
    for (const clock of evening) {
      const at = instantOf(day, clock, zone).getTime()
      if (at >= now + aWhile && taken.every(([from, to]) => at >= to || at + anHour <= from)) return new Date(at).toISOString()
    }
  return instantOf(plusDays(first, 1), '19:00', zone).toISOString()
}

const daysLookedAt = 7
const evening = ['19:00', '20:00', '21:00', '18:00'] as const
const anHour = 3_600_000
/** Somebody has to find it first. */
const aWhile = 30 * 60_000
