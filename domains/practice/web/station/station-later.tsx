import { lazy, Suspense } from 'react'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import type { Session } from './use-session.ts'

const load = () => import('./station.tsx')
const Station = lazy(async () => ({ default: (await load()).Station }))

/** Cards, sheet and all, loaded when the bell is near: planning a session needs none of it. */
export const StationLater = (station: { session: Session; inCall?: boolean }) => (
  <Suspense fallback={<Skeleton lines={6} />}>
    <Station {...station} />
  </Suspense>
)

export const expectStation = (): void => void load().catch(() => undefined) // it is asked for once more when it is shown
