import { BeginStation, CaseChoice, RoleChoice } from './choosing.tsx'
import { Coming } from './coming.tsx'
import { Observers } from '../watching/observers.tsx'
import { Shape } from './shape.tsx'
import type { Session } from './use-session.ts'
import './before.css'
import './station.css'

/** Beside the call, while no round is under way: who plays what, and the first bell. */
export function Lobby({ session }: { session: Session }) {
  return (
    <section className="station-panel lobby" aria-labelledby="lobby">
      <h2 id="lobby">Before the first bell</h2>
      <Coming session={session} inRoom />
      <RoleChoice session={session} />
      <BeginStation session={session} />
      <CaseChoice session={session} />
      <Shape session={session} />
      <Observers session={session} />
    </section>
  )
}
