import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useNow } from '#platform/scheduling/web/now.ts'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { checkIn } from '../../api/attendance.ts'
import { listFormats } from '../../api/library.ts'
import { beginsIn, forThem, useMyZone, whenIn } from '../finding/clocks.ts'
import { NoRealPatient } from '../no-real-patient.tsx'
import { PracticePage } from '../tabs.tsx'
import { calendarFileOf } from './calendar-file.ts'
import { CaseChoice, RoleChoice } from './choosing.tsx'
import { Coming } from './coming.tsx'
import { Leave, Withdraw } from './leaving.tsx'
import { otherOf } from './people.ts'
import { opensAt, type Stage } from './phases.ts'
import { Observers } from '../watching/observers.tsx'
import { Shape } from './shape.tsx'
import type { Session } from './use-session.ts'
import './before.css'

/** What was agreed, what can still be chosen, and the way in. */
export function Before({ session, stage }: { session: Session; stage: Stage }) {
  const other = otherOf(session)
  const zone = useMyZone()
  const now = useNow()
  return (
    <PracticePage
      title={stage === 'open' ? 'Your free seat' : `Practice with ${other.name}`}
      lead={
        <>
          {whenIn(zone, session.starts_at, session.minutes, now)}
          {forThem(zone, session.other_zone, session.starts_at, other.name)} · <FormatName session={session} />
        </>
      }
    >
      <Door session={session} stage={stage} />
      {session.note && <blockquote className="before-note">{session.note}</blockquote>}
      <Section title="Who plays what, and which case">
        <RoleChoice session={session} />
        <CaseChoice session={session} />
      </Section>
      <Section title="How it goes">
        <Shape session={session} />
        <NoRealPatient />
      </Section>
      {session.guest && <Observers session={session} />}
      <Section title="Your calendar, and your seat">
        <div className="before-acts">
          <Button component="a" variant="default" href={calendarFileOf(session)} download="practice-session.ics">
            Add to my calendar
          </Button>
          {stage === 'open' && (
            <Button component={Link} to={`/practice/offers/${session.id}`} variant="default">
              Change it, or send its link
            </Button>
          )}
          {session.me === 'host' ? <Withdraw session={session} /> : <Leave session={session} />}
        </div>
      </Section>
    </PracticePage>
  )
}

/** What can be done now about going in: one button, or when there will be one. */
function Door({ session, stage }: { session: Session; stage: Stage }) {
  const go = useNavigate()
  const zone = useMyZone()
  const now = useNow()
  const { id } = session
  const goIn = (call: 'yes' | 'no') => () => void go({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, call }) })
  const act = useAct(by(checkIn), { onDone: goIn('yes') })
  const together = useAct(by(checkIn), { onDone: goIn('no') })
  const refusal = act.refusal ?? together.refusal
  if (stage === 'open')
    return <p className="before-door">Nobody has taken the seat yet. You are told when somebody does; there is nothing else to do.</p>
  const opens = new Date(opensAt(session)).toISOString()
  if (stage === 'planned')
    return (
      <p className="before-door">
        You meet in a room of your own. It opens {beginsIn(zone, opens, now)}; this page says so by itself.{' '}
        <Link to="/rooms/check">See whether a call works here</Link>
      </p>
    )
  return (
    <div className="before-door before-now">
      <p>The room is open. Inside you see each other, choose who is the candidate, and ring the first bell.</p>
      <Coming session={session} />
      {refusal && <Refused error={refusal} />}
      <div className="before-acts">
        <Button size="md" loading={act.busy} onClick={() => act.run({ id })}>
          Check in and go to the room
        </Button>
        <Button variant="subtle" loading={together.busy} onClick={() => together.run({ id })}>
          You sit together? Go on without a call
        </Button>
      </div>
    </div>
  )
}

function FormatName({ session: { format, type } }: { session: Session }) {
  const { items } = useRead(listFormats, {})
  const name = items.find(({ id }) => id === format)?.name ?? format
  return type === 'review' ? `${name}, talked through` : name
}
