import { setTimeout as pause } from 'node:timers/promises'
import type { JobWithMetadata } from 'pg-boss'
import type { Logger } from '#platform/operations/log.ts'
import type { Job } from './job.ts'
import type { FromThread, ToThread } from './messages.ts'
import { noteOutcomes, type Outcome } from './outcomes.ts'
import { waiting, type Envelope, type Queue } from './queue.ts'
import type { Death } from './reasons.ts'
import { steadily } from './steadily.ts'
import { mayStart, roomBeside, type Taken } from './turns.ts'

// The jobs this node has in hand: taken from pg-boss, given to the thread, noted down when they ended. Whatever becomes
// of the thread, what it was given is known here.
export type Hands = {
  more(): void
  hears(message: FromThread): void
  died(why: Death): void
  finish(seconds: number): Promise<void>
  putDown(): Promise<void>
}
export type Holding = {
  queue: Queue
  jobs: ReadonlyMap<string, Job>
  atOnce: number
  tell: (message: ToThread) => void
  onLastFailure: () => void
  log: Logger
}

export function takeInHand({ queue, jobs, atOnce, tell, onLastFailure, log }: Holding): Hands {
  const { boss } = queue
  const next: Taken[] = []
  const running = new Map<string, Taken>()
  let ready = false

  const finishing = new AbortController()
  const leaving = new AbortController()
  const outcomes = noteOutcomes({ queue, jobs, onLastFailure, log, signal: leaving.signal })
  const taking = steadily('taking jobs', take, { every: 1_000, log, signal: finishing.signal })
  const holding = steadily('saying that jobs are in hand', hold, { every: 10_000, log, signal: leaving.signal })

  async function take(): Promise<void> {
    const { most, notOf } = roomBeside([...next, ...running.values()], atOnce)
    if (!ready || most === 0) return
    const found = await boss.fetch<Envelope>(waiting, { batchSize: most, ignoreGroups: notOf, includeMetadata: true })
    next.push(...found.map(takenOf))
    give()
    if (found.length === most) taking.now()
  }

  function give(): void {
    if (!ready) return
    for (const taken of next.slice()) {
      if (!mayStart(taken, [...running.values()])) return
      next.shift()
      running.set(taken.id, taken)
      tell({ ask: 'run', id: taken.id, name: taken.envelope.job, data: taken.envelope.data })
    }
  }

  function end(outcome: Outcome): void {
    running.delete(outcome.taken.id)
    outcomes.note(outcome)
  }

  async function hold(): Promise<void> {
    const unwritten = [...outcomes.unwritten].map(({ taken }) => taken)
    const ids = [...next, ...running.values(), ...unwritten].map(({ id }) => id)
    if (ids.length > 0) await boss.touch(waiting, ids)
  }

  return {
    more: taking.now,

    hears(message) {
      if (message.says === 'here') return
      if (message.says === 'ready') ready = true
      const taken = 'id' in message ? running.get(message.id) : undefined
      if (taken && message.says === 'done') end({ taken, as: 'done' })
      if (taken && message.says === 'failed') end({ taken, as: 'failed', code: message.code })
      give()
      taking.now()
    },

    // Who ended the thread? If one job was running, that one, and it counts as a failed attempt of its. If several were,
    // nobody can tell, so none of them is charged and each is run again with nothing beside it: then it is known.
    died(why) {
      const interrupted = [...running.values()]
      running.clear()
      for (const { id, envelope } of interrupted) log.warn({ why, job: envelope.job, id }, 'a job was interrupted')
      const [only] = interrupted
      if (only && interrupted.length === 1) end({ taken: only, as: 'failed', code: why })
      else next.unshift(...interrupted.map((taken) => ({ ...taken, alone: true })))
      // A thread that cannot even start may start on another node.
      if (!ready) for (const taken of next.splice(0)) end({ taken, as: 'given_back' })
      ready = false
    },

    async finish(seconds) {
      finishing.abort()
      await taking.ended
      for (const taken of next.splice(0)) end({ taken, as: 'given_back' })
      await until(() => running.size === 0, seconds)
    },

    async putDown() {
      for (const taken of running.values()) end({ taken, as: 'given_back' })
      await until(() => outcomes.unwritten.size === 0, longestNote)
      leaving.abort()
      await Promise.all([outcomes.ended, holding.ended])
    },
  }
}

const longestNote = 2

function takenOf({ id, data, singletonKey, retryCount, retryLimit }: JobWithMetadata<Envelope>): Taken {
  return { id, envelope: data, key: singletonKey!, attempt: retryCount, retriesLeft: retryLimit - retryCount, alone: false }
}

async function until(isSo: () => boolean, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1_000
  while (!isSo() && performance.now() < deadline) await pause(20)
}
