import type { Logger } from '#platform/operations/log.ts'
import { bury } from './bury.ts'
import { count } from './count.ts'
import { keepSchedules } from './cron.ts'
import { takeInHand } from './hands.ts'
import { byName, type Job, type JobConfiguration } from './job.ts'
import { openQueue } from './queue.ts'
import { relay } from './relay.ts'
import { steadily } from './steadily.ts'
import { keepThread } from './thread.ts'

export type Supervising = {
  /** The file that calls `work` with the same jobs. */
  entry: URL
  jobs: readonly Job[]
  /** Of the login vivavoce_worker. */
  url: string
  configuration: JobConfiguration
  log: Logger
  limits?: Partial<Limits>
}
export type Supervisor = {
  /** Something was queued: call it after a commit, so that the relay need not wait for its next look. */
  wake(): void
  /** Takes no more jobs, lets those that run end, and gives back what could not. */
  stop(): Promise<void>
}

export type Limits = {
  atOnce: number
  /** A thread that has not answered for so long is ended. */
  silentSeconds: number
  memoryMb: number
  longestPauseSeconds: number
  goodbyeSeconds: number
  /** How often is looked whether it is time for something. */
  cronSeconds: number
}
const usual: Limits = { atOnce: 8, silentSeconds: 25, memoryMb: 512, longestPauseSeconds: 30, goodbyeSeconds: 5, cronSeconds: 30 }

// All jobs run in one thread beside the server's own, so that one that loops, eats the memory or ends its process takes
// only that thread along. What must go on meanwhile is here, in the main thread: it moves what is queued, knows what the
// other thread was given, and writes down what became of it.
export async function supervise({ entry, jobs, url, configuration, log, limits }: Supervising): Promise<Supervisor> {
  const { atOnce, goodbyeSeconds, cronSeconds, ...lives } = { ...usual, ...limits }
  const known = byName(jobs)
  const queue = await openQueue({ url, log, cronSeconds })
  await keepSchedules(queue, jobs)

  const ending = new AbortController()
  const pace = { log, signal: ending.signal }
  const burying = steadily('burying dead letters', () => bury(queue), { ...pace, every: 5_000 })
  const counting = steadily('counting jobs', () => count(queue), { ...pace, every: 15_000 })
  const relaying = steadily('relaying jobs', relayAll, { ...pace, every: 500 })
  const hands = takeInHand({ queue, jobs: known, atOnce, tell: (message) => thread.tell(message), onLastFailure: burying.now, log })
  const thread = keepThread(
    { entry, settings: { url, atOnce, configuration }, ...lives, log },
    { hears: (message) => (message.says === 'queued' ? relaying.now() : hands.hears(message)), died: hands.died },
  )

  async function relayAll(): Promise<void> {
    if ((await relay(queue, known)) === 0) return
    hands.more()
    relaying.now()
  }

  return {
    wake: relaying.now,
    async stop() {
      ending.abort()
      await Promise.all([relaying.ended, burying.ended, counting.ended])
      await hands.finish(goodbyeSeconds)
      await thread.stop()
      await hands.putDown()
      await queue.close()
    },
  }
}
