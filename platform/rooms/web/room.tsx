import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import { PageSkeleton } from '#platform/web/parts/skeleton.tsx'
import { chime } from './bells.ts'
import { Call, titleOf } from './call.tsx'
import { DeviceCheck } from './device-check.tsx'
import { ownMedia } from './media.ts'
import { useRoom } from './use-room.ts'
import { Waiting } from './waiting.tsx'

export type RoomProps = {
  id: string
  /** What this conversation is called; else it bears the names of the others. */
  title?: string
  kind?: string
  beside?: ReactNode
  /** A clock of the domain's own, and what it asks or has to say above the pictures. */
  clock?: ReactNode
  asks?: ReactNode
  /** Where one goes from here, once it is over: a link. */
  onwards?: ReactNode
}

const loadOver = () => import('./over.tsx')
const Over = lazy(async () => ({ default: (await loadOver()).Over }))

/** A room, from the link to the end. A domain's page is this with what belongs beside it. */
export function Room({ id, title, kind, beside, clock, asks, onwards }: RoomProps) {
  const being = useRoom(id)
  const [media] = useState(ownMedia)
  const { step, room } = being
  const over = step === 'left' || step === 'closed' || step === 'put out' || step === 'elsewhere'
  useEffect(() => () => media.close(), [media])
  useEffect(() => void loadOver().catch(() => undefined), []) // with the room, for later nobody may answer; asked for once more then
  useEffect(() => {
    if (over) media.close() // the lamp of the camera goes out
  }, [over, media])
  const before = useRef(step)
  useEffect(() => {
    if (before.current === 'waiting' && step === 'call') chime() // whoever waits looks elsewhere meanwhile
    before.current = step
  }, [step])
  const called = title ?? titleOf(room)
  if (over)
    return (
      <Suspense fallback={<PageSkeleton />}>
        <Over being={being} onwards={onwards} />
      </Suspense>
    )
  if (step === 'check') return <DeviceCheck being={being} media={media} title={called} />
  if (step === 'entering') return <PageSkeleton />
  if (step === 'waiting') return <Waiting being={being} />
  return <Call being={being} media={media} title={called} kind={kind} beside={beside} clock={clock} asks={asks} />
}
