import { Link } from '@tanstack/react-router'
import { Rows, Row } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { useRead } from '#platform/web/read.ts'
import { readNext } from '../api.ts'
import { dayOf, plusDays } from '../time.ts'
import { Entry, type Planned } from './entry.tsx'
import { useChanges } from './live.ts'
import { useNow } from './now.ts'
import { useZone } from './zone.ts'

/** What is next, in any room. */
export function Next() {
  const { next } = useRead(readNext, {})
  useChanges()
  return (
    <Section title="Next" action={<Link to="/calendar">Calendar</Link>}>
      {next.length === 0 ? <p className="today-calm">Nothing is planned in the next two weeks.</p> : <List label="Next" items={next} />}
    </Section>
  )
}

/** What others wait for. */
export function Waiting() {
  const { waiting } = useRead(readNext, {})
  if (waiting.length === 0) return null
  return (
    <Section title="Waiting for you">
      <List label="Waiting for you" items={waiting} />
    </Section>
  )
}

function List({ label, items }: { label: string; items: Planned[] }) {
  const { zone } = useZone()
  const now = useNow()
  return (
    <Rows label={label}>
      {items.map((planned) => (
        <Row key={planned.id}>
          <Entry planned={planned} zone={zone} date={dateIn(zone, planned.starts_at, now)} now={now} />
        </Row>
      ))}
    </Rows>
  )
}

function dateIn(zone: string, at: string, now: number): string {
  const [day, today] = [dayOf(at, zone), dayOf(new Date(now), zone)]
  if (day === today) return 'Today'
  if (day === plusDays(today, 1)) return 'Tomorrow'
  return new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone })
    .format(new Date(at))
    .replace(',', '')
}
