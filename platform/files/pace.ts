import type { IncomingMessage } from 'node:http'
import { ProblemError } from '#platform/operations/problem.ts'

/** So much in each so many seconds. What comes slower holds a connection for nothing. */
export type Pace = { bytes: number; seconds: number }

// A kilobyte a second: no telephone is slower, and whoever loses the connection to it goes on where they were.
export const usualPace: Pace = { bytes: 20_000, seconds: 20 }

/** What comes of a request's body, while enough of it comes and this server lives. The socket stays open for the answer. */
export async function* arriving(body: IncomingMessage, { bytes, seconds }: Pace, ending: AbortSignal): AsyncGenerator<Buffer, void> {
  let wake = () => {}
  let waiting = false
  let came = 0
  let tooSlow = false
  const nudge = () => wake()
  const watch = setInterval(() => {
    tooSlow = waiting && came < bytes // while nobody waits for it, it is our disk that is slow
    came = 0
    wake()
  }, seconds * 1_000)
  for (const event of events) body.on(event, nudge)
  ending.addEventListener('abort', nudge)
  try {
    for (;;) {
      const chunk = body.read() as Buffer | null
      if (chunk) {
        came += chunk.length
        yield chunk
        continue
      }
      if (body.readableEnded) return
      if (body.destroyed) throw new ProblemError('malformed') // it broke off, and nobody is there to hear so
      if (tooSlow) throw new ProblemError('too_slow')
      if (ending.aborted) throw new ProblemError('busy') // the next server takes the rest
      waiting = true
      await new Promise<void>((next) => (wake = next))
      waiting = false
    }
  } finally {
    clearInterval(watch)
    ending.removeEventListener('abort', nudge)
    for (const event of events) body.off(event, nudge)
  }
}

const events = ['readable', 'end', 'error', 'close']
