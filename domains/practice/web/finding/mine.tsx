import { Link } from '@tanstack/react-router'
import type { OutputOf } from '#platform/operations/operation.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { useMe } from '#platform/web/me.ts'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { useRead } from '#platform/web/read.ts'
import { listPracticeSessions } from '../../api/sessions.ts'
import { useMyZone, whenIn } from './clocks.ts'

export type Mine = OutputOf<typeof listPracticeSessions>['items'][number]

/** The next three of mine, above what others offer; nothing where there are none. */
export function Mine() {
  const { items, next } = useRead(listPracticeSessions, { when: 'to_come', limit: 3 })
  if (items.length === 0) return null
  return (
    <Section title="Yours" action={next && <Link to="/practice/sessions">All of them</Link>}>
      <Rows label="Your next sessions">
        {items.map((session) => (
          <Row key={session.id}>
            <MineLink session={session} />
          </Row>
        ))}
      </Rows>
    </Section>
  )
}

/** A row: when, with whom, and what is to be done about it. */
export function MineLink({ session }: { session: Mine }) {
  const zone = useMyZone()
  const now = useNow()
  const { id, starts_at, minutes, guest, partner } = session
  const open = partner === 'person' && guest === null && session.cancelled_at === null && session.ended_at === null
  return (
    <Link to={open ? '/practice/offers/$id' : '/practice/sessions/$id'} params={{ id }} className="mine">
      <time className="mine-when" dateTime={starts_at}>
        {whenIn(zone, starts_at, minutes, now)}
      </time>
      <span className="mine-who">{useOther(session)}</span>
      <State session={session} now={now} />
    </Link>
  )
}

/** The other one, in words. */
export function useOther({ partner, host, guest }: Pick<Mine, 'partner' | 'host' | 'guest'>): string {
  const { id } = useMe()
  const other = host.id === id ? guest : host
  if (partner === 'nobody') return 'Alone'
  if (!other) return 'Nobody has taken the seat yet'
  return other.name ? `With ${other.name}` : 'With somebody who has left'
}

function State({ session, now }: { session: Mine; now: number }) {
  const { cancelled_at, ended_at, phase, starts_at, minutes } = session
  if (cancelled_at) return <span className="mine-state">Withdrawn</span>
  if (ended_at) return null
  if (phase !== 'scheduled') return <span className="mine-state mine-now">Under way</span>
  const begins = Date.parse(starts_at)
  if (begins + minutes * 60_000 <= now) return <span className="mine-state">Did not take place</span>
  if (begins - opensBefore <= now && session.guest) return <span className="mine-state mine-now">The room is open</span>
  return null
}
/** As rule 12 has it: a quarter of an hour before. */
export const opensBefore = 15 * 60_000
