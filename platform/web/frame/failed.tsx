import { useEffect } from 'react'
import { Button } from '@mantine/core'
import { useQueryClient, useQueryErrorResetBoundary } from '@tanstack/react-query'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Page } from '../parts/page.tsx'
import { Refused } from '../parts/refused.tsx'
import { refusalIn } from '../words.ts'
import { ToSignIn } from './to-sign-in.tsx'

/** Where a page could not be shown: why, and once more. Whose session has ended signs in first, and is led back. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const queries = useQueryErrorResetBoundary()
  const code = refusalIn(error as Error)?.code
  if (code === 'not_signed_in' || code === 'token_not_accepted') return <SignInAgain />
  return (
    <Page title="This page could not be shown">
      <Refused error={error instanceof Error ? error : new Error('unknown', { cause: error })} />
      <p className="failed-again">
        <Button onClick={() => (queries.reset(), reset())}>Try again</Button>
      </p>
    </Page>
  )
}

function SignInAgain() {
  const client = useQueryClient()
  useEffect(() => () => client.removeQueries({ predicate: ({ state }) => state.status === 'error' }), [client])
  return <ToSignIn />
}
