import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Page } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'

/** Where a page could not be shown: why, and once more. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const queries = useQueryErrorResetBoundary()
  return (
    <Page title="This page could not be shown">
      <Refused error={error instanceof Error ? error : new Error('unknown', { cause: error })} />
      <p>
        <Button onClick={() => (queries.reset(), reset())}>Try again</Button>
      </p>
    </Page>
  )
}
