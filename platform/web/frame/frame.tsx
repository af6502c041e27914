import { lazy, Suspense } from 'react'
import { Link, Outlet, useMatches } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { me, type Me } from '../me.ts'
import { Mark } from '../parts/mark.tsx'
import { PageSkeleton } from '../parts/skeleton.tsx'
import { Footer } from './footer.tsx'
import { Navigation } from './navigation.tsx'
import { useFocusKept, useHeadingAfterGoing } from './heading.ts'
import { useIdle } from './idle.ts'
import { useKeys } from './keys.ts'
import { Said } from './said.tsx'
import './frame.css'

const Tools = lazy(async () => ({ default: (await import('./tools.tsx')).Tools }))
const Opened = lazy(async () => ({ default: (await import('./opened.tsx')).Opened }))
const DemoLine = lazy(async () => ({ default: (await import('#platform/demo/web/demo-line.tsx')).DemoLine }))

/** What is around every page. */
export function Frame() {
  const bare = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.bare === true) })
  const landing = useMatches({ select: (matches) => matches.at(-1)?.routeId === '/' })
  const { data: who, isLoading } = useQuery(me)
  useHeadingAfterGoing()
  useFocusKept()
  const person = who === 'pending' ? null : who
  const ledOn = landing && (isLoading || person)
  return person === null || (bare && !ledOn) ? <Bare landing={landing} /> : <House person={person} />
}

/** The house, with its rooms; while it is not known yet who is there, without. */
const House = ({ person }: { person: Me | undefined }) => (
  <div className="house">
    <SkipLink />
    <header className="top">
      <Home to="/today" />
      <div className="top-tools">
        <Suspense fallback={<span className="top-tool" />}>{person ? <Tools person={person} /> : <span className="top-tool" />}</Suspense>
      </div>
    </header>
    {person ? <Navigation person={person} /> : <div className="rooms" />}
    <Inside />
    <Suspense>{person && <DemoLine />}</Suspense>
    {person && <OpenedByKeys person={person} />}
  </div>
)

function OpenedByKeys({ person }: { person: Me }) {
  const { open, close } = useKeys(person)
  const idle = useIdle()
  return <Suspense>{(idle || open) && <Opened open={open} person={person} close={close} />}</Suspense>
}

/** Without the navigation: for strangers, and where one thing is to be done. */
function Bare({ landing }: { landing: boolean }) {
  return (
    <div className={landing ? 'bare bare-landing' : 'bare'}>
      <SkipLink />
      <header className="bare-top">
        <Home to="/" />
        {landing && (
          <Link className="bare-sign-in" to="/sign-in">
            Sign in
          </Link>
        )}
      </header>
      <Inside />
      <Footer />
    </div>
  )
}

const Inside = () => (
  <main id="main" tabIndex={-1}>
    <Said />
    <Suspense fallback={<PageSkeleton />}>
      <Outlet />
    </Suspense>
  </main>
)

const SkipLink = () => (
  <a className="skip" href="#main">
    Skip to the page
  </a>
)

const Home = ({ to }: { to: '/' | '/today' }) => (
  <Link className="home" to={to}>
    <Mark />
    Vivavoce
  </Link>
)
