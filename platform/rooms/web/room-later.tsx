import { lazy, Suspense } from 'react'
import { PageSkeleton } from '#platform/web/parts/skeleton.tsx'
import type { RoomProps } from './room.tsx'

const load = () => import('./room.tsx')
const Room = lazy(async () => ({ default: (await load()).Room }))

/** A room within a domain's page: loaded when it is first shown, for most who open such a page do not go in at once. */
export const RoomLater = (room: RoomProps) => (
  <Suspense fallback={<PageSkeleton />}>
    <Room {...room} />
  </Suspense>
)

/** Ahead of that, where somebody will go in soon. What fails here is asked for once more then. */
export const expectRoom = (): void => void load().catch(() => undefined)
