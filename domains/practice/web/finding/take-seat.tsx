import { useState } from 'react'
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { call } from '#platform/operations/call.ts'
import type { SentTo } from '#platform/operations/operation.ts'
import { readNext } from '#platform/scheduling/api.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { Form } from '#platform/web/parts/form.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { useAct } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { listOffers, readOffer, takeSeat } from '../../api/finding.ts'
import { readProfile } from '../../api/profile.ts'
import { listPracticeSessions } from '../../api/sessions.ts'
import { notThere } from './not-there.ts'
import { AppearFirst, appearThen, useIsNew } from './appear.tsx'
import { useMyZone, whenIn } from './clocks.ts'
import type { Offer } from './offers.tsx'
import { WaitForSeat } from './waiting.tsx'

/** One button, and where somebody was faster, what else is open: each one button, too. */
export function TakeSeat({ offer }: { offer: Offer }) {
  const isNew = useIsNew()
  const navigate = useNavigate()
  const act = useAct(
    appearThen(isNew, async (input: SentTo<typeof takeSeat>) => ({ ...(await call(takeSeat, input)), id: input.id })),
    {
      refreshes: [listPracticeSessions, listOffers, readOffer, readNext, readProfile],
      onDone: ({ id }) => {
        say('The seat is yours')
        void navigate({ to: '/practice/sessions/$id', params: { id } })
      },
    },
  )
  // Of an alternative without how they appear: that was said with the first try.
  const take = ({ id, version }: Pick<Offer, 'id' | 'version'>) => ({ input: { id, version } })
  // Kept while one of them is tried.
  const [others, setOthers] = useState<readonly Offer[]>()
  const found = alternativesIn(act.refusal)
  if (found && found !== others) setOthers(found)
  if (others)
    return (
      <div className="seat-taken">
        {act.refusal && <Refused error={act.refusal} words={wordsOf(act.refusal)} />}
        <Alternatives offers={others} busy={act.busy} take={(other) => act.run(take(other))} />
        <WaitForSeat id={offer.id} />
      </div>
    )
  return (
    <Form act={act} submit="Take the seat" words={notThere} into={(fields) => ({ ...take(offer), fields })}>
      {isNew && <AppearFirst />}
    </Form>
  )
}

/** What else is open, where somebody was faster. */
function alternativesIn(error: Error | undefined): readonly Offer[] | undefined {
  const refusal = refusalIn(error)
  return refusal?.code === 'seat_taken' ? (refusal.problem as { alternatives?: readonly Offer[] }).alternatives : undefined
}
const wordsOf = (error: Error) => (refusalIn(error)?.code === 'session_not_found' ? notThere.session_not_found : undefined)

type AlternativesProps = { offers: readonly Offer[]; busy: boolean; take: (offer: Offer) => void }
function Alternatives({ offers, busy, take }: AlternativesProps) {
  const zone = useMyZone()
  const now = useNow()
  if (offers.length === 0)
    return (
      <p className="alternatives">
        Nothing like it is free when you are. <Link to="/practice/offer">Offer a session yourself</Link>
      </p>
    )
  return (
    <section className="alternatives" aria-labelledby="alternatives">
      <h2 id="alternatives">Nearest to it, and you are free then</h2>
      {offers.map((offer) => (
        <Button key={offer.id} variant="default" fullWidth disabled={busy} onClick={() => take(offer)} className="alternative">
          Take {whenIn(zone, offer.starts_at, offer.minutes, now)} with {offer.host.name.split(' ')[0]}
        </Button>
      ))}
    </section>
  )
}
