import { lazy, useEffect } from 'react'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { expectRoom, RoomLater } from '#platform/rooms/web/room-later.tsx'
import { Lobby } from './lobby.tsx'
import { NotThere } from './not-there.tsx'
import { otherOf } from './people.ts'
import { Panel } from './panel.tsx'
import { stageOf } from './phases.ts'
import { Solo } from './solo.tsx'
import { StationClock } from './station-clock.tsx'
import { AskedOfTheClock } from './turn-clock.tsx'
import { expectStation, StationLater } from './station-later.tsx'
import { AsksToWatch } from '../watching/observers.tsx'
import { useSession, type Session } from './use-session.ts'

// One of the three, by where the session is.
const Before = lazy(async () => ({ default: (await import('./before.tsx')).Before }))
const Over = lazy(async () => ({ default: (await import('./over.tsx')).Over }))

/** One page for the whole life of a session. */
export function SessionPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return <Life key={id} id={id} />
}

function Life({ id }: { id: string }) {
  const session = useSession(id)
  const { call } = useSearch({ strict: false }) as { call?: string }
  const stage = session && stageOf(session)
  const near = stage === 'soon' || stage === 'round'
  useEffect(() => {
    if (!near) return
    expectRoom()
    expectStation()
  }, [near])
  if (!session || !stage) return <NotThere />
  if (stage === 'cancelled' || stage === 'over') return <Over session={session} />
  const goesOn = stage === 'round' || (stage === 'soon' && (call === 'yes' || call === 'no'))
  if (!goesOn) return <Before session={session} stage={stage} />
  // Those who sit at one table need no call, and who plays alone has nobody to call.
  return session.room === null || call === 'no' ? <Solo session={session} /> : <Meeting session={session} room={session.room} />
}

function Meeting({ session, room }: { session: Session; room: string }) {
  const inRound = session.phase !== 'scheduled'
  return (
    <>
      {/* For whoever comes late, or has left the call: within it the clock says so. */}
      {inRound && <p className="station-goes-on">The station is under way: {session.phase}.</p>}
      <RoomLater
        key={room}
        id={room}
        kind={session.type === 'mock' ? 'Practice station' : 'Talking through a case'}
        title={`With ${otherOf(session).name}`}
        clock={<StationClock session={session} />}
        asks={
          <>
            <AskedOfTheClock session={session} />
            <AsksToWatch session={session} />
          </>
        }
        beside={
          <Panel of={`${session.round} ${session.phase}`}>
            {inRound ? <StationLater session={session} inCall /> : <Lobby session={session} />}
          </Panel>
        }
        onwards={<Link to="/practice/sessions">My sessions</Link>}
      />
    </>
  )
}
