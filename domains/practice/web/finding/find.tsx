import { Suspense } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { spoken } from '#platform/scheduling/web/zone.ts'
import { useWho } from '#platform/web/me.ts'
import { Section } from '#platform/web/parts/section.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { PracticePage } from '../tabs.tsx'
import { useMyZone } from './clocks.ts'
import { Mine } from './mine.tsx'
import { Narrow, useWanted } from './narrow.tsx'
import { OffersForMe, OffersForStrangers } from './offers.tsx'
import './find.css'

/** Who looks for somebody to practise with: for strangers too. */
export function Find() {
  const me = useWho()
  const signedIn = me !== null && me !== 'pending'
  const wanted = useWanted()
  const zone = useMyZone()
  return (
    <PracticePage
      title="Find a partner"
      lead="Two medics, one case: one consults, the other plays the patient and marks. Then you swap."
      action={signedIn ? offer : signUp}
    >
      {signedIn ? (
        <Suspense>
          <Mine />
        </Suspense>
      ) : (
        <p className="find-how">Choose a time, make an account, and the seat is yours. The call, the clock and the cases are all here.</p>
      )}
      <Section title="Free seats" lead={!signedIn && `Times are those of ${spoken(zone)}, where this device is set.`}>
        <Narrow />
        <Suspense key={JSON.stringify(wanted)} fallback={<Skeleton shape="rows" lines={5} />}>
          {signedIn ? <OffersForMe wanted={wanted} /> : <OffersForStrangers wanted={wanted} />}
        </Suspense>
      </Section>
      {signedIn && (
        <Section title="No time that suits you?">
          <ul className="find-else">
            <li>
              <Link to="/practice/wishes">Say when you could</Link> <span>and be told of whoever can, too.</span>
            </li>
            <li>
              <Link to="/practice/alone">Practise alone, now</Link> <span>The same case, card and bells, without a partner.</span>
            </li>
          </ul>
        </Section>
      )}
    </PracticePage>
  )
}

const offer = (
  <Button component={Link} to="/practice/offer">
    Offer a session
  </Button>
)
const signUp = (
  <span className="find-join">
    <Button component={Link} to="/sign-up?next=/practice">
      Make an account
    </Button>
    <Button variant="default" component={Link} to="/sign-in?next=/practice">
      Sign in
    </Button>
  </span>
)
