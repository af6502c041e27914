import { useMemo, useState } from 'react'
import { Button } from '@mantine/core'
import { useAnnouncer } from '#platform/rooms/web/announcer.ts'
import { ClockFace } from '#platform/rooms/web/clock-face.tsx'
import { useServerTime } from '#platform/rooms/web/clock-state.ts'
import { Sheet } from '#platform/web/parts/sheet.tsx'
import { clockOf } from './phases.ts'
import { WhoWatches } from '../watching/observers.tsx'
import { TurnClock } from './turn-clock.tsx'
import type { Session } from './use-session.ts'

/** The clock of the round under way, on the server's time; between rounds, that none is. */
export function StationClock({ session }: { session: Session }) {
  const known = useServerTime()
  const clock = useMemo(() => clockOf(session), [session])
  const { said, announce } = useAnnouncer()
  const [opened, setOpened] = useState(false)
  if (!clock) return <p className="clock-says">The clock starts with the first bell.</p>
  if (!known) return <div className="clock" />
  return (
    <>
      <ClockFace clock={clock} announce={announce} stays>
        <Button variant="default" onClick={() => setOpened(true)} aria-label="Turn the clock">
          Clock
        </Button>
      </ClockFace>
      <Sheet opened={opened} onClose={() => setOpened(false)} title="Clock" at="middle">
        <TurnClock session={session} />
        <WhoWatches session={session} />
      </Sheet>
      <output className="unseen">{said}</output>
    </>
  )
}
