import { icsOf } from '#platform/scheduling/ics.ts'
import { endsAt } from './phases.ts'
import type { Session } from './use-session.ts'

/** The same appointment as in the feed, by the same id, as a file. Neither case nor partner: a calendar is read over shoulders. */
export function calendarFileOf(session: Session): string {
  const { id, version, starts_at, now } = session
  const text = icsOf({
    appointments: [
      {
        id,
        title: 'Practice session',
        startsAt: starts_at,
        endsAt: new Date(endsAt(session)).toISOString(),
        sequence: version,
        changedAt: now,
        off: false,
        url: `${location.origin}/practice/sessions/${id}`,
        alarms: [10],
      },
    ],
  })
  return `data:text/calendar;charset=utf-8,${encodeURIComponent(text)}`
}
