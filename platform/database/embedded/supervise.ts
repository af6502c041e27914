import { setTimeout as sleep } from 'node:timers/promises'
import type { Postmaster } from './launch.ts'

export type Supervised = { pid: () => number; stop: () => Promise<void> }

// Starts it, and starts it again whenever it ends, until stop(). A failure of the first start is the caller's.
export async function supervise(
  start: (signal: AbortSignal) => Promise<Postmaster>,
  onGiveUp: (error: Error) => void,
): Promise<Supervised> {
  const stopping = new AbortController()
  const { signal } = stopping
  let postmaster = await start(signal)
  const supervision = keepRunning()
  return {
    pid: () => postmaster.pid,
    stop() {
      stopping.abort()
      return supervision
    },
  }

  async function keepRunning(): Promise<void> {
    let falls: number[] = []
    let failures = 0
    for (;;) {
      await postmaster.exited
      falls = [...falls, Date.now()].filter((at) => at > Date.now() - 60_000)
      try {
        await sleep(pauseAfter(falls.length), undefined, { signal })
        postmaster = await start(signal)
        failures = 0
      } catch (error) {
        if (signal.aborted) return
        failures += 1
        if (failures === 5) return onGiveUp(new Error('PostgreSQL failed to start five times in a row', { cause: error }))
      }
    }
  }
}

// At once the first time, then 0.2 s, 0.4 s and so on: whoever uses it waits well below 10 s.
function pauseAfter(falls: number): number {
  return falls === 1 ? 0 : Math.min(100 * 2 ** (falls - 1), 3_000)
}
