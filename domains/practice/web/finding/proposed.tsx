import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { OutputOf } from '#platform/operations/operation.ts'
import { readNext } from '#platform/scheduling/api.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { Card } from '#platform/web/parts/card.tsx'
import { Person } from '#platform/web/parts/person.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { listPracticeSessions } from '../../api/sessions.ts'
import { agreeToProposal, declineProposal, listWishes } from '../../api/wishes.ts'
import { levels, types } from '../words.ts'
import { useMyZone, whenIn } from './clocks.ts'
import { useFormatName } from './offers.tsx'
import './proposed.css'

type Proposal = OutputOf<typeof listWishes>['proposals'][number]

/** A session that two could have: with whom, when, and my answer. */
export function Proposed({
  proposal: { id, starts_at, minutes, type, format, level, with: other, agreed, they_agreed },
}: {
  proposal: Proposal
}) {
  const zone = useMyZone()
  const formatName = useFormatName(format)
  const navigate = useNavigate()
  const first = other.name.split(' ')[0]!
  const yes = useAct(by(agreeToProposal), {
    refreshes: [listWishes, listPracticeSessions, readNext],
    onDone: ({ session }) => {
      if (session === null) return say(`${first} is asked`)
      say('You have a partner')
      void navigate({ to: '/practice/sessions/$id', params: { id: session } })
    },
  })
  const no = useAct(by(declineProposal), { refreshes: [listWishes], onDone: () => say('Declined. We go on looking') })
  const refusal = yes.refusal ?? no.refusal
  return (
    <Card
      title={`Practise with ${first}?`}
      lead={`${whenIn(zone, starts_at, minutes, useNow())}. ${type === 'review' ? types.review : formatName}${level === 'any' ? '' : `, ${levels[level].toLowerCase()}`}.`}
      actions={
        <>
          {!agreed && (
            <Button onClick={() => yes.run({ id })} loading={yes.busy}>
              Yes, practise
            </Button>
          )}
          <Button variant="default" onClick={() => no.run({ id })} loading={no.busy}>
            {agreed ? 'Not after all' : 'No, thank you'}
          </Button>
        </>
      }
    >
      <div className="proposed">
        <Person name={other.name} picture={other.avatar} />
        {agreed && <p>You said yes. {first} has not answered yet.</p>}
        {they_agreed && <p>{first} wants to.</p>}
      </div>
      {refusal && <Refused error={refusal} />}
    </Card>
  )
}
