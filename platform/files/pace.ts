import type { IncomingMessage } from 'node:http'
import { ProblemError } from '#platform/operations/problem.ts'

/** So much in each so many seconds. Less, and a connection is held for nothing. */
export type Pace = { bytes: number; seconds: number }

// A kilobyte a second: less than the slowest telephone, and whoever loses the connection to it goes on where they were.
export const usualPace: Pace = { bytes: 20_000, seconds: 20 }

/** What comes of a request's body, as long as enough of it comes and this server lives. The socket stays open for the answer. */
export async function* arriving(body: IncomingMessage, { bytes, seconds }: Pace, ending: AbortSignal): AsyncGenerator<Buffer, void> {
  let wake = () => {}
  let waiting = false
  let came = 0
  let failure: Error | undefined
  const fail = (error: Error) => {
    failure ??= error
    wake()
  }
  const nudge = () => wake()
  const stop = () => fail(new ProblemError('busy')) // the next server takes the rest
  const broken = () => fail(new ProblemError('malformed')) // nobody is there any more to read it
  const watch = setInterval(() => {
    if (waiting && came < bytes) fail(new ProblemError('too_slow')) // unless it is our disk that is slow
    came = 0
  }, seconds * 1_000)
  ending.addEventListener('abort', stop)
  body.on('readable', nudge).on('end', nudge).on('error', broken).on('aborted', broken)
  try {
    for (;;) {
      const chunk = body.read() as Buffer | null
      if (chunk) {
        came += chunk.length
        yield chunk
        continue
      }
      if (body.readableEnded) return
      if (failure) throw failure
      waiting = true
      await new Promise<void>((next) => (wake = next))
      waiting = false
    }
  } finally {
    clearInterval(watch)
    ending.removeEventListener('abort', stop)
    body.off('readable', nudge).off('end', nudge).off('aborted', broken)
  }
}
