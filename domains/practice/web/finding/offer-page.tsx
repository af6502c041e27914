import { Suspense } from 'react'
import { Button } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { call } from '#platform/operations/call.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { BlockPerson } from '#platform/safety/web/block-person.tsx'
import { ReportPerson } from '#platform/safety/web/report-person.tsx'
import { useNow } from '#platform/scheduling/web/now.ts'
import { useWho } from '#platform/web/me.ts'
import { Person } from '#platform/web/parts/person.tsx'
import { Quote } from '#platform/web/parts/quote.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { useList } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { listOffers, listOpenSeats, readOffer } from '../../api/finding.ts'
import { readSession } from '../../api/sessions.ts'
import { PracticePage } from '../tabs.tsx'
import { beginsIn, useMyZone, whenIn } from './clocks.ts'
import { Facts } from './facts.tsx'
import { MyOffer } from './my-offer.tsx'
import { asShown } from './offers.tsx'
import { TakeSeat } from './take-seat.tsx'
import { WaitForSeat } from './waiting.tsx'
import './find.css'

/** One free seat, by its address: for whoever found it in the list, or was sent it. */
export function OfferPage() {
  const me = useWho()
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <Suspense fallback={<Waiting />}>{me === null || me === 'pending' ? <ForStranger id={id} /> : <ForMe key={id} id={id} />}</Suspense>
  )
}

const Waiting = () => (
  <PracticePage title="A free seat">
    <Skeleton lines={5} />
  </PracticePage>
)

function ForMe({ id }: { id: string }) {
  const { data } = useSuspenseQuery({ queryKey: [readOffer.path, { id }], queryFn: () => offerOrSession(id) })
  if (data.offer) return <Somebodys offer={data.offer} />
  if (!data.session) return <Gone id={id} />
  if (data.session.guest || data.session.partner === 'nobody') return <Navigate to="/practice/sessions/$id" params={{ id }} replace />
  return <MyOffer session={data.session} />
}

/** Somebody else's free seat; or my own session; or neither. */
async function offerOrSession(id: string) {
  const offer = await orGone(call(readOffer, { id }))
  return { offer, session: offer ? undefined : await orGone(call(readSession, { id })) }
}
const orGone = <T,>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: Error) => {
    if (['session_not_found', 'invalid_input'].includes(refusalIn(error)?.code ?? '')) return undefined
    throw error
  })

function Somebodys({ offer }: { offer: OutputOf<typeof readOffer> }) {
  const zone = useMyZone()
  const { host, starts_at, minutes, note } = offer
  const first = host.name.split(' ')[0]!
  const navigate = useNavigate()
  const client = useQueryClient()
  const away = () => {
    void client.invalidateQueries({ queryKey: [listOffers.path] })
    void navigate({ to: '/practice' })
  }
  return (
    <PracticePage title={`Practise with ${first}`} lead={whenIn(zone, starts_at, minutes, useNow())}>
      <div className="seat">
        <Person name={host.name} picture={host.avatar} says={howOftenTheyCame(offer)} size="large" />
        {note && <Quote>{note}</Quote>}
        <Facts offer={offer} />
        <TakeSeat offer={offer} />
      </div>
      <Section title="What happens then">
        <p className="seat-then">
          The time is kept free in your calendar, and you are both reminded. The room opens a quarter of an hour before. You can leave until
          it begins, and {first} is told.
        </p>
      </Section>
      <div className="seat-safety">
        <ReportPerson id={host.id} name={first} subject={{ kind: 'practice.session', id: offer.id }} />
        <BlockPerson id={host.id} name={first} onDone={away} />
      </div>
    </PracticePage>
  )
}

/** Of one or two sessions nothing can be said that is fair. */
const howOftenTheyCame = ({ came, planned }: { came: number; planned: number }) =>
  planned < 3 ? undefined : came === planned ? `Came to all of ${planned} sessions` : `Came to ${came} of ${planned} sessions`

/** Whoever has no account sees of it what stands in the list, and the way in. */
function ForStranger({ id }: { id: string }) {
  const { items } = useList(listOpenSeats, {})
  const seat = items.find((seat) => seat.id === id)
  const zone = useMyZone()
  const now = useNow()
  const shown = seat && asShown(seat)
  return (
    <PracticePage
      title={shown ? `Practise with ${shown.host.name}` : 'A seat in a practice session'}
      lead={
        shown
          ? beginsIn(zone, shown.starts_at, now)
          : 'Somebody looks for a medic to rehearse a case with. Who it is, and when, stands here once you are in.'
      }
    >
      {shown && <Facts offer={shown} />}
      <p className="find-how">
        Two medics, one case: one consults, the other plays the patient and marks; then you swap. You need an account, and no more than a
        browser with a microphone.
      </p>
      <div className="find-join">
        <Button component={Link} to={`/sign-up?next=/practice/offers/${encodeURIComponent(id)}`}>
          Sign up to take this seat
        </Button>
        <Button variant="default" component={Link} to={`/sign-in?next=/practice/offers/${encodeURIComponent(id)}`}>
          Sign in
        </Button>
      </div>
    </PracticePage>
  )
}

function Gone({ id }: { id: string }) {
  return (
    <PracticePage title="This seat is not free" lead="Somebody has taken it, or the session was withdrawn. There are others.">
      <div className="find-join">
        <Button component={Link} to="/practice">
          See the free seats
        </Button>
        <WaitForSeat id={id} />
      </div>
    </PracticePage>
  )
}
