import type { Logger } from '#platform/operations/log.ts'

export type Steady = { now(): void; ended: Promise<void> }
export type Pace = {
  every: number
  /** Between attempts while it fails, where half a minute is too long. */
  longestPause?: number
  log: Logger
  signal?: AbortSignal | undefined
}

const often = 10_000 // while it goes on failing, it says so

/** Does a piece of work at once, then every so often and whenever it is nudged, never twice at a time. No failure ends it. */
export function steadily(what: string, work: () => Promise<unknown>, { every, longestPause = 30_000, log, signal }: Pace): Steady {
  let wake = () => {}
  const turns = async () => {
    let pause = every
    let saidAt = -Infinity
    for (;;) {
      // Before the work begins: what a nudge is about may be too late for this turn.
      const next = Promise.withResolvers<void>()
      wake = next.resolve
      try {
        await work()
        pause = every
        saidAt = -Infinity
      } catch (error) {
        pause = Math.max(every, Math.min(2 * pause, longestPause))
        if (performance.now() - saidAt >= often) {
          saidAt = performance.now()
          log.error({ err: error }, `${what} failed; it is tried again`)
        }
      }
      if (signal?.aborted) return
      const timer = setTimeout(next.resolve, pause)
      await next.promise
      clearTimeout(timer)
    }
  }
  signal?.addEventListener('abort', () => wake(), { once: true })
  return { now: () => wake(), ended: turns() }
}
