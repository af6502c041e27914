import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Refused } from '#platform/web/parts/refused.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { readOffer } from '../../api/finding.ts'
import { listWaits, waitForSeat, waitNoLonger } from '../../api/wishes.ts'
import { notThere } from './not-there.ts'

/** For whoever came too late: to be told when the seat is free again. */
export function WaitForSeat({ id }: { id: string }) {
  const { items } = useRead(listWaits, {})
  const wait = useAct(by(waitForSeat), { refreshes: [listWaits, readOffer], onDone: () => say('You are told when it is free again') })
  const stop = useAct(by(waitNoLonger), { refreshes: [listWaits], onDone: () => say('You are not told any more') })
  const waits = items.some(({ session_id }) => session_id === id)
  const act = waits ? stop : wait
  const refusal = refusalIn(act.refusal)
  return (
    <div className="waiting-list">
      {waits && <p>You are told when this seat is free again. Whoever comes first then has it.</p>}
      <Button variant="default" onClick={() => act.run({ id })} loading={act.busy}>
        {waits ? 'Do not wait any longer' : 'Tell me when it is free again'}
      </Button>
      {refusal?.code === 'no_profile_yet' && <Link to="/practice/you">How you appear to others</Link>}
      {act.refusal && (
        <Refused error={act.refusal} words={refusal?.code === 'session_not_found' ? notThere.session_not_found : undefined} />
      )}
    </div>
  )
}
