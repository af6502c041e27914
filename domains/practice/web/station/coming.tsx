import { Confirm } from '#platform/web/parts/confirm.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { noteAbsence } from '../../api/attendance.ts'
import { listPracticeSessions, readSession } from '../../api/sessions.ts'
import { otherOf } from './people.ts'
import { graceEndsAt } from './phases.ts'
import type { Session } from './use-session.ts'

/** Whether the other one is there; and after ten minutes of waiting, the way out of it. */
export function Coming({ session, inRoom = false }: { session: Session; inRoom?: boolean }) {
  const { me, host_came, guest_came, now } = session
  const { name } = otherOf(session)
  if (me === 'host' ? guest_came : host_came) return inRoom ? null : <p className="coming">{name} is there.</p>
  const waited = Date.parse(now) >= graceEndsAt(session)
  return (
    <div className="coming">
      <p>{name} is not there yet.</p>
      {waited && (me === 'host' ? host_came : guest_came) && <DidNotCome session={session} />}
    </div>
  )
}

function DidNotCome({ session: { id, version, me, ...session } }: { session: Session }) {
  const { name } = otherOf({ me, ...session })
  const act = useAct(by(noteAbsence), {
    refreshes: [readSession, listPracticeSessions],
    onDone: () => say('Your time is free again'),
  })
  const says =
    me === 'host'
      ? `The seat is free for somebody else until the time is over. ${name} is told kindly; things happen.`
      : `You are free again, and it does not count as leaving. ${name} is told kindly; things happen.`
  return <Confirm verb={`${name} did not come`} says={says} act={act} into={() => ({ id, version })} />
}
