import type { ReactNode } from 'react'
import { CatchBoundary, Link, useParams } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { Refused } from '#platform/web/parts/refused.tsx'
import { refusalIn } from '#platform/web/words.ts'
import { PracticePage } from '../tabs.tsx'

/** A page of a case; where the case is not there, or not theirs, why, and the way to the others. */
export function IfThere({ children }: { children: ReactNode }) {
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <CatchBoundary getResetKey={() => id} errorComponent={NotThere}>
      {children}
    </CatchBoundary>
  )
}

function NotThere({ error: thrown }: { error: unknown }) {
  const error = thrown as Error
  const code = refusalIn(error)?.code ?? ''
  const title = titles[code]
  if (!title) throw error
  return (
    <PracticePage title={title}>
      <Refused
        error={error}
        words={code === 'invalid_input' ? 'There is no case at this address. A part of it may be missing.' : undefined}
      />
      <p className="case-elsewhere">
        <Button component={Link} to="/practice/cases">
          See all cases
        </Button>
      </p>
    </PracticePage>
  )
}

const titles: Record<string, string> = {
  no_such_case: 'This case is not here',
  invalid_input: 'This case is not here',
  not_your_case: 'This case is not yours',
  not_yet: 'Not while you are its candidate',
}
