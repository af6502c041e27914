import { Link } from '@tanstack/react-router'
import type { OutputOf } from '#platform/operations/operation.ts'
import type { readCalendar } from '../api.ts'
import { wallOf, type Day } from '../time.ts'
import { spoken } from './zone.ts'
import './entry.css'

export type Planned = OutputOf<typeof readCalendar>['items'][number]

/** One thing that is planned, by one's own clock, and by the other side's where that is another. */
export function Entry({ planned, zone, date, now }: { planned: Planned; zone: string; date?: string; now: number }) {
  const { title, state, with: others, leads_to, join, starts_at, ends_at, kind } = planned
  const [begins, ends] = [Date.parse(starts_at), Date.parse(ends_at)]
  const underWay = begins <= now && now < ends
  return (
    <div className="entry" data-hue={kind.slice(0, kind.indexOf('.'))} data-over={ends <= now || undefined} data-state={state}>
      <p className="entry-when">
        <time dateTime={starts_at}>
          {date && `${date}, `}
          {spanIn(zone, starts_at, ends_at)}
        </time>
        {underWay && <span className="entry-now">Now</span>}
      </p>
      <p className="entry-title">{leads_to ? <Link to={leads_to}>{title}</Link> : title}</p>
      {others.length > 0 && <p>with {others.map(({ name }) => name).join(', ')}</p>}
      {join && now < ends && (
        <p>
          <Link to={join}>Enter the room</Link>
        </p>
      )}
      {says[state] && <p className="entry-state">{says[state]}</p>}
      {elsewhere(others, zone, planned).map(([theirs, whose]) => (
        <p key={theirs} className="entry-there">
          In {cityOf(theirs)}
          {others.length > 1 && ` for ${whose}`}: {dayIfAnother(starts_at, zone, theirs)}
          {spanIn(theirs, starts_at, ends_at)}
        </p>
      ))}
    </div>
  )
}

const says: Partial<Record<Planned['state'], string>> = {
  open: 'The other place is still free',
  asked: 'Not answered yet',
  yours: 'Waits for your answer',
  held: 'Kept for you for a few minutes',
}

/** "10:00–11:00", and where it ends on another day, which. */
function spanIn(zone: string, from: string, until: string): string {
  const [begins, ends] = [wallOf(from, zone), wallOf(until, zone)]
  return `${begins.clock}–${begins.day === ends.day || ends.clock === '00:00' ? '' : `${weekday(ends.day)} `}${ends.clock}`
}

/** The other clocks by which this is another time, each with whose it is. */
const elsewhere = (others: Planned['with'], mine: string, { starts_at, ends_at }: Planned) =>
  [...Map.groupBy(others, ({ zone }) => zone)]
    .filter(([zone]) => zone && otherClock(starts_at, ends_at, mine, zone))
    .map(([zone, people]) => [zone!, people.map(({ name }) => name).join(', ')] as const)

const cityOf = (zone: string) => spoken(zone.split('/').at(-1)!)

const otherClock = (from: string, until: string, mine: string, theirs: string) =>
  [from, until].some((at) => Object.values(wallOf(at, mine)).join() !== Object.values(wallOf(at, theirs)).join())

function dayIfAnother(at: string, mine: string, theirs: string): string {
  const { day } = wallOf(at, theirs)
  return day === wallOf(at, mine).day ? '' : `${weekday(day)} `
}

const weekday = (day: Day) => new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00Z`))
