import { useAwake } from '#platform/rooms/web/awake.ts'
import { Lobby } from './lobby.tsx'
import { Panel } from './panel.tsx'
import { otherOf } from './people.ts'
import { StationClock } from './station-clock.tsx'
import { StationLater } from './station-later.tsx'
import { AskedOfTheClock } from './turn-clock.tsx'
import type { Session } from './use-session.ts'
import './solo.css'

/** A station without a call: by oneself, or at one table. */
export function Solo({ session }: { session: Session }) {
  useAwake()
  const alone = session.partner === 'nobody'
  return (
    <div className="solo">
      <header className="solo-head">
        <div>
          <p className="station-kind">{session.type === 'mock' ? 'Practice station' : 'Talking through a case'}</p>
          <h1 tabIndex={-1}>{alone ? 'Alone' : `With ${otherOf(session).name}`}</h1>
        </div>
        <StationClock session={session} />
      </header>
      <AskedOfTheClock session={session} />
      <Panel of={`${session.round} ${session.phase}`}>
        {session.phase === 'scheduled' ? <Lobby session={session} /> : <StationLater session={session} />}
      </Panel>
    </div>
  )
}
