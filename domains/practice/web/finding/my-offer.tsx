import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { OutputOf } from '#platform/operations/operation.ts'
import { readNext } from '#platform/scheduling/api.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Edit } from '#platform/web/parts/edit.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, read, useAct } from '#platform/web/read.ts'
import { changeOffer, readOffer, withdrawOffer } from '../../api/finding.ts'
import { seeCase } from '../../api/library.ts'
import { listPracticeSessions, type readSession } from '../../api/sessions.ts'
import { CopyLink } from '../copy-link.tsx'
import { PracticePage } from '../tabs.tsx'
import { notThere } from './not-there.ts'
import { useMyZone, whenIn } from './clocks.ts'
import { OfferFields, plannedOf } from './offer-fields.tsx'
import { Fact, Facts } from './facts.tsx'
import { useSessionHeard } from './heard.ts'

type Session = OutputOf<typeof readSession>

/** My own offer, as long as nobody has taken the seat: send it to somebody, change it, withdraw it. */
export function MyOffer({ session }: { session: Session }) {
  const zone = useMyZone()
  const { id, version, starts_at, minutes } = session
  const now = useNow()
  useSessionHeard(id)
  if (Date.parse(starts_at) + minutes * 60_000 <= now) return <NobodyCame />
  return (
    <PracticePage
      title="Your session is offered"
      lead={`${whenIn(zone, starts_at, minutes, now)}. You are told when somebody takes the seat.`}
    >
      <div className="seat">
        <Facts offer={session}>
          <Fact name="Case">{session.case_id ? <CaseName id={session.case_id} /> : 'A surprise'}</Fact>
          <Fact name="Candidate first">{session.candidate_id ? 'You' : 'You decide together'}</Fact>
        </Facts>
      </div>
      <Section title="Invite somebody" lead="Whoever you send this to can take the seat, if nobody has before.">
        <CopyLink link={`${location.origin}/practice/offers/${id}`} />
      </Section>
      <div className="seat-safety">
        <Change session={session} zone={zone} />
        <Withdraw id={id} version={version} />
      </div>
    </PracticePage>
  )
}

function CaseName({ id }: { id: string }) {
  const { data } = useQuery(read(seeCase, { id })) // one that was withdrawn meanwhile is played all the same
  return data ? <Link to={`/practice/cases/${id}`}>{data.case_name}</Link> : 'The one you chose'
}

const NobodyCame = () => (
  <PracticePage title="Nobody took the seat">
    <Empty
      action={
        <Button component={Link} to="/practice/offer">
          Offer another one
        </Button>
      }
    >
      The time is over. Offer another, or say when you could, and be told of whoever can, too.
    </Empty>
  </PracticePage>
)

function Change({ session, zone }: { session: Session; zone: string }) {
  const act = useAct(by(changeOffer), { refreshes: [readOffer, listPracticeSessions, readNext], onDone: () => say('Changed') })
  return (
    <Edit
      verb="Change"
      words={notThere}
      act={act}
      submit="Change it"
      into={(fields) => ({ id: session.id, version: session.version, ...plannedOf(fields, zone) })}
    >
      <OfferFields zone={zone} planned={session} />
    </Edit>
  )
}

function Withdraw({ id, version }: { id: string; version: number }) {
  const navigate = useNavigate()
  const act = useAct(by(withdrawOffer), {
    refreshes: [listPracticeSessions, readNext],
    onDone: () => {
      say('Withdrawn')
      void navigate({ to: '/practice' })
    },
  })
  return (
    <Confirm
      verb="Withdraw"
      says="It goes from the list, and your time is free again. Nobody sits in it, so nobody is told."
      act={act}
      words={notThere}
      into={() => ({ id, version })}
    />
  )
}
