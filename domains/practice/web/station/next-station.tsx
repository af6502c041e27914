import { useState } from 'react'
import { Button } from '@mantine/core'
import { Refused } from '#platform/web/parts/refused.tsx'
import { useAct } from '#platform/web/read.ts'
import { nextRound, readSession } from '../../api/sessions.ts'
import { asSeen } from './as-seen.ts'
import { CasePicker } from './case-picker.tsx'
import { Finish } from './turn-clock.tsx'
import type { Session } from './use-session.ts'

/** After the feedback: the other way round, or enough. */
export function NextStation({ session }: { session: Session }) {
  const act = useAct(asSeen(nextRound, session), { refreshes: [readSession] })
  const [picking, setPicking] = useState(false)
  const { id, version, partner, format } = session
  const next = (case_id: string | null) => act.run({ id, version, case_id })
  return (
    <div className="station-foot">
      {act.refusal && <Refused error={act.refusal} />}
      <Button loading={act.busy} onClick={() => next(null)}>
        {partner === 'nobody' ? 'Another station' : 'Swap roles'}
      </Button>
      <Button variant="default" onClick={() => (act.forget(), setPicking(true))}>
        Choose the case
      </Button>
      <Finish session={session} />
      {picking && (
        <CasePicker
          format={format}
          close={() => setPicking(false)}
          pick={(chosen) => {
            setPicking(false)
            next(chosen)
          }}
        />
      )}
    </div>
  )
}
