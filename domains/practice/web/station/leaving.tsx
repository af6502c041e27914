import { useNavigate } from '@tanstack/react-router'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { leaveSeat, listOffers, withdrawOffer } from '../../api/finding.ts'
import { listPracticeSessions } from '../../api/sessions.ts'
import { notThere } from '../finding/not-there.ts'
import { otherOf } from './people.ts'
import type { Session } from './use-session.ts'

/** The host takes the session back, before it begins. */
export function Withdraw({ session }: { session: Session }) {
  const act = useAct(by(withdrawOffer), useGone('Withdrawn'))
  const { id, version, guest } = session
  const says = guest
    ? `${otherOf(session).name} is told, and both of you are free at that time again. It cannot be taken back.`
    : 'It goes from the list, and your time is free again.'
  return <Confirm verb="Withdraw" says={says} act={act} words={notThere} into={() => ({ id, version })} />
}

/** The guest gets up, in whatever phase. */
export function Leave({ session }: { session: Session }) {
  const act = useAct(by(leaveSeat), useGone('You have left. Your time is free again'))
  const { id, version, phase } = session
  const { name } = otherOf(session)
  const says =
    phase === 'scheduled'
      ? `The seat is free for somebody else, and ${name} is told. Your time is free again.`
      : `The station stops here, and ${name} is told. Somebody else may sit down until the time is over. What is open to you stays open.`
  return <Confirm verb="Leave my seat" says={says} act={act} words={notThere} into={() => ({ id, version })} />
}

function useGone(said: string) {
  const go = useNavigate()
  return {
    refreshes: [listPracticeSessions, listOffers],
    onDone: () => {
      say(said)
      void go({ to: '/practice/sessions' })
    },
  }
}
