import { Suspense, useSyncExternalStore, type ReactNode } from 'react'
import { CatchBoundary } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { useAct } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'

// Why somebody looks at people's accounts: said once, kept while this page is not reloaded, sent with every look and offered
// for every act.
let kept = ''
const hearing = new Set<() => void>()
const hear = (listener: () => void) => (hearing.add(listener), () => void hearing.delete(listener))

export function keepReason(reason: string): void {
  kept = reason
  for (const changed of hearing) changed()
}

export const useReason = () => useSyncExternalStore(hear, () => kept)

export function ReasonField({ help = whyWeAsk }: { help?: ReactNode }) {
  return <TextField name="reason" label="Reason" help={help} defaultValue={useReason()} maxLength={500} pattern=".*\S.*\S.*\S.*" />
}
const whyWeAsk = 'Stays on record when they are gone, so it may not name them.'

/** What is seen only for a reason; and where the reason or the look is refused, why. */
export function ForReason({ title, children }: { title: string; children: (reason: string) => ReactNode }) {
  const reason = useReason()
  const keep = useAct(async (said: string) => keepReason(said))
  if (reason === '')
    return (
      <AdministrationPage
        title={title}
        lead="People’s accounts are looked at for a reason. It is kept for this visit, and recorded with each look."
      >
        <Form act={keep} submit="Look" into={({ reason: said = '' }) => said}>
          <ReasonField />
        </Form>
      </AdministrationPage>
    )
  return (
    <CatchBoundary
      getResetKey={() => reason}
      errorComponent={({ error }) => (
        <AdministrationPage title={title}>
          <Refused error={error as Error} />
          <p>
            <Button variant="default" onClick={() => keepReason('')}>
              Say another reason
            </Button>
          </p>
        </AdministrationPage>
      )}
    >
      <Suspense
        fallback={
          <AdministrationPage title={title}>
            <Skeleton shape="rows" lines={4} />
          </AdministrationPage>
        }
      >
        {children(reason)}
      </Suspense>
    </CatchBoundary>
  )
}
