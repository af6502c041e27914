import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { Refusal } from '#platform/operations/call.ts'
import { useReached } from '#platform/web/connection.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useAct } from '#platform/web/read.ts'
import type { Queue, Unsent } from './use-unsent.ts'
import './unsent-things.css'

export type UnsentThingsProps = Omit<Queue, 'send'> & {
  /** What it is, as the page shows such things. */
  show: (input: Record<string, unknown>) => ReactNode
}

/** What is not sent yet, below what is. Nothing, if there is none. */
export function UnsentThings({ unsent, show, again, drop }: UnsentThingsProps) {
  const reached = useReached()
  if (unsent.length === 0) return null
  return (
    <ol className="unsent" aria-label="Not sent yet">
      {unsent.map((thing) => (
        <li key={thing.order}>
          {show(thing.input)}
          {thing.refused ? (
            <Kept thing={thing} refused={new Refusal(thing.refused)} again={again} drop={drop} />
          ) : (
            <p className="unsent-how">
              {reached ? 'Being sent' : 'Not sent yet: it goes by itself when the connection is back'} · written{' '}
              <When at={thing.made_at} kind="ago" />
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

type KeptProps = Pick<Queue, 'again' | 'drop'> & { thing: Unsent; refused: Refusal }

function Kept({ thing, refused, again, drop }: KeptProps) {
  const dropping = useAct(() => drop(thing))
  return (
    <>
      <p className="unsent-how">
        Not sent · written <When at={thing.made_at} kind="ago" />
      </p>
      <Refused error={refused} />
      <div className="unsent-ways">
        <Button variant="default" onClick={() => again(thing)}>
          Send again
        </Button>
        <Confirm verb="Drop" says="It is erased from this browser, and nobody else has it." act={dropping} into={() => undefined} />
      </div>
    </>
  )
}
