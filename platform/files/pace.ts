import type { IncomingMessage } from 'node:http'
import { ProblemError } from '#platform/operations/problem.ts'

/** So much in each so many seconds. What comes slower holds a connection for nothing. */
export type Pace = { bytes: number; seconds: number }

// A kilobyte a second: no telephone is slower, and whoever loses the connection to it goes on where they were.
export const usualPace: Pace = { bytes: 20_000, seconds: 20 }

const mostAhead = 2 * 1024 ** 2 // that has come and is not written yet

/** What comes of a request's body, while enough of it comes and this server lives: each time all that came meanwhile. The socket stays open for the answer. */
export async function* arriving(body: IncomingMessage, { bytes, seconds }: Pace, ending: AbortSignal): AsyncGenerator<Buffer[], void> {
  let wake = () => {}
  let chunks: Buffer[] = []
  let ahead = 0
  let lately = 0
  let tooSlow = false
  const nudge = () => wake()
  const take = (chunk: Buffer) => {
    chunks.push(chunk)
    ahead += chunk.length
    lately += chunk.length
    if (ahead > mostAhead) body.pause()
    wake()
  }
  const watch = setInterval(() => {
    tooSlow = lately < bytes && !body.isPaused() // else it is our disk that is slow
    lately = 0
    wake()
  }, seconds * 1_000)
  body.on('data', take)
  for (const event of ends) body.on(event, nudge)
  ending.addEventListener('abort', nudge)
  try {
    for (;;) {
      if (chunks.length > 0) {
        const came = chunks
        chunks = []
        ahead = 0
        body.resume()
        yield came
      } else if (body.readableEnded) return
      else if (body.destroyed)
        throw new ProblemError('malformed') // it broke off, and nobody is there to hear so
      else if (tooSlow) throw new ProblemError('too_slow')
      else if (ending.aborted)
        throw new ProblemError('busy') // the next server takes the rest
      else await new Promise<void>((next) => (wake = next))
    }
  } finally {
    clearInterval(watch)
    ending.removeEventListener('abort', nudge)
    body.pause().off('data', take)
    for (const event of ends) body.off(event, nudge)
  }
}

const ends = ['end', 'error', 'close']
