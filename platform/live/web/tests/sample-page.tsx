import { Suspense, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import type { say as Say } from '#tests/sample/api.ts'
import { useReached, watchConnection } from '#platform/web/connection.ts'
import { watchWhoIsHere } from '#platform/web/gone.ts'
import { newQueryClient } from '#platform/web/read.ts'
import { knowsServerTime, serverNow } from '../clock.ts'
import { UnsentThings } from '../unsent-things.tsx'
import { useTopic } from '../use-topic.ts'
import { useUnsent } from '../use-unsent.ts'

// A page that is never shipped: what a domain's page does with the line, for a talk of the sample.
const say = { method: 'POST', path: '/sample/talks/:id/lines' } as unknown as typeof Say

const asked = new URLSearchParams(location.search)
const talk = asked.get('talk')!

function Talk({ name }: { name: string }) {
  const [heard, setHeard] = useState<string[]>([])
  const note = (what: string) => setHeard((before) => [...before, what])
  const { ready, present, here, ...topic } = useTopic(talk, {
    'sample.said': (event: { seq?: number; body: { line?: string } }) => note(`${event.seq}`),
    'said:sample.waved': ({ from, body }) => note(`waved ${from} ${String(body['how'])}`),
    reset: (why) => note(`reset: ${why}`),
    cut: (why) => note(`cut: ${why}`),
  })
  return (
    <section aria-label={name}>
      <output aria-label="Line">{ready ? 'ready' : 'waiting'}</output>
      <ol aria-label="Heard">
        {heard.map((what, at) => (
          <li key={at}>{what}</li>
        ))}
      </ol>
      <output aria-label="Present">{present.map(({ person, state }) => `${person} ${state}`).join(', ') || 'nobody'}</output>
      <button type="button" onClick={() => topic.say('sample.waved', { how: 'kindly' })}>
        Wave
      </button>
      <button type="button" onClick={() => here('looking')}>
        Be here
      </button>
      <button type="button" onClick={() => here(null)}>
        Be away
      </button>
    </section>
  )
}

function Writing() {
  const queue = useUnsent(talk)
  const sendWords = (form: FormData) =>
    void queue.send(say, { id: talk, client_id: crypto.randomUUID(), words: form.get('words') as string })
  return (
    <>
      <form action={sendWords}>
        <label>
          Words <input name="words" />
        </label>
        <button type="submit">Send</button>
      </form>
      <UnsentThings {...queue} show={(input) => <p>{String(input['words'])}</p>} />
    </>
  )
}

function Sample() {
  const [second, setSecond] = useState(false)
  const [shown, setShown] = useState(true)
  return (
    <>
      <output aria-label="Server">{useReached() ? 'reached' : 'away'}</output>
      {shown && <Talk name="One" />}
      {second && <Talk name="Two" />}
      <button type="button" onClick={() => setSecond(true)}>
        Listen twice
      </button>
      <button type="button" onClick={() => setShown(!shown)}>
        Turn away or back
      </button>
      <Suspense>{asked.has('writes') && <Writing />}</Suspense>
    </>
  )
}

Object.assign(window, { serverNow, knowsServerTime })
watchConnection()
const client = newQueryClient()
watchWhoIsHere(client)
createRoot(document.getElementById('app')!).render(
  <MantineProvider withCssVariables={false} withGlobalClasses={false}>
    <QueryClientProvider client={client}>
      <Sample />
    </QueryClientProvider>
  </MantineProvider>,
)
