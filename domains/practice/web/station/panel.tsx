import { Suspense, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'

/** What is read beside a call. Where it cannot be had, that is said here, and the call goes on. `of` changes: it is tried anew. */
export const Panel = ({ of, children }: { of: string; children: ReactNode }) => (
  <CatchBoundary getResetKey={() => of} errorComponent={NotHad}>
    <Suspense fallback={<Skeleton lines={6} />}>{children}</Suspense>
  </CatchBoundary>
)

function NotHad({ error, reset }: ErrorComponentProps) {
  const queries = useQueryErrorResetBoundary()
  return (
    <div className="station-not-had">
      <Refused error={error instanceof Error ? error : new Error('unknown', { cause: error })} />
      <Button variant="default" onClick={() => (queries.reset(), reset())}>
        Try again
      </Button>
    </div>
  )
}
