import { Button } from '@mantine/core'
import { Refused } from '#platform/web/parts/refused.tsx'
import { useAct } from '#platform/web/read.ts'
import { moveOn, readSession } from '../../api/sessions.ts'
import { asSeen } from './as-seen.ts'
import { otherOf } from './people.ts'
import { phaseAfter, type Phase } from './phases.ts'
import type { Session } from './use-session.ts'

type Going = { to: 'running' | 'marking' | 'feedback'; verb: string } | { waitsFor: string } | undefined

/** Who may go on before the bell, as private.move_on has it: the candidate from reading, the actor from there on. */
export function goingOn(session: Session): Going {
  const { phase, role, partner } = session
  if (phase !== 'reading' && phase !== 'running' && phase !== 'marking') return undefined
  const to = phaseAfter(session, phase) as 'running' | 'marking' | 'feedback'
  const whose = phase === 'reading' ? 'candidate' : 'actor'
  if (partner === 'person' && role !== whose) return { waitsFor: waitsFor(session, otherOf(session).name) }
  return { to, verb: verbs[phase][to] ?? `Go on to ${to}` }
}

function waitsFor({ phase, plan }: Session, name: string): string {
  if (phase === 'marking') return `${name} finishes the sheet now. Then everything opens to both of you.`
  return plan?.[phase]?.seconds == null ? `${name} goes on from here: no bell rings.` : `${name} can go on from here before the bell.`
}

const verbs: Record<'reading' | 'running' | 'marking', Partial<Record<Phase, string>>> = {
  reading: { running: 'I have read it: begin' },
  running: { marking: 'End the station and mark', feedback: 'End the station' },
  marking: { feedback: 'Go on to the feedback' },
}

export function OnBeforeTheBell({ session, filled = false }: { session: Session; filled?: boolean }) {
  const act = useAct(asSeen(moveOn, session), { refreshes: [readSession] })
  const going = goingOn(session)
  if (!going) return null
  if ('waitsFor' in going) return <p className="station-quiet">{going.waitsFor}</p>
  const { to, verb } = going
  return (
    <>
      {act.refusal && <Refused error={act.refusal} />}
      <Button
        variant={filled ? 'filled' : 'default'}
        loading={act.busy}
        onClick={() => act.run({ id: session.id, version: session.version, phase: to })}
      >
        {verb}
      </Button>
    </>
  )
}
