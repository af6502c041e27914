import { setTimeout as pause } from 'node:timers/promises'
import type { JobWithMetadata } from 'pg-boss'
import type { Logger } from '#platform/operations/log.ts'
import type { Job } from './job.ts'
import type { FromThread, ToThread } from './messages.ts'
import { executor, insertion, transaction, waiting, type Envelope, type Queue } from './queue.ts'
import type { Death } from './reasons.ts'
import { steadily } from './steadily.ts'

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

type Taken = { id: string; envelope: Envelope; key: string; attempt: number; retriesLeft: number; alone: boolean }
type Outcome = { taken: Taken; as: 'done' | 'given_back' } | { taken: Taken; as: 'failed'; code: string }

export function takeInHand({ queue, jobs, atOnce, tell, onLastFailure, log }: Holding): Hands {
  const { boss } = queue
  const next: Taken[] = []
  const running = new Map<string, Taken>()
  const ended: Outcome[] = []
  let ready = false

  const finishing = new AbortController()
  const leaving = new AbortController()
  const taking = steadily('taking jobs', take, { every: 1_000, log, signal: finishing.signal })
  const noting = steadily('noting how jobs ended', note, { every: 1_000, log, signal: leaving.signal })
  const holding = steadily('saying that jobs are in hand', hold, { every: 10_000, log, signal: leaving.signal })

  async function take(): Promise<void> {
    const { most, notOf } = roomIn(next, running, atOnce)
    if (!ready || most === 0) return
    const found = await boss.fetch<Envelope>(waiting, { batchSize: most, ignoreGroups: notOf, includeMetadata: true })
    next.push(...found.map(takenOf))
    give()
    if (found.length === most) taking.now()
  }

  function give(): void {
    if (!ready) return
    for (const taken of next.slice()) {
      if (!mayStart(taken, running)) return
      next.shift()
      running.set(taken.id, taken)
      tell({ ask: 'run', id: taken.id, name: taken.envelope.job, data: taken.envelope.data })
    }
  }

  function end(outcome: Outcome): void {
    running.delete(outcome.taken.id)
    ended.push(outcome)
    noting.now()
  }

  // What could not be written down (the database is away) is written at the next turn.
  async function note(): Promise<void> {
    const done = ended.filter(({ as }) => as === 'done').map(({ taken }) => taken.id)
    if (done.length > 0) {
      await boss.complete(waiting, done)
      forget(({ as, taken }) => as === 'done' && done.includes(taken.id))
    }
    for (const outcome of ended.filter(({ as }) => as !== 'done')) {
      if (outcome.as === 'failed') await boss.fail(waiting, outcome.taken.id, { code: outcome.code })
      else await giveBack(outcome.taken)
      forget((other) => other === outcome)
      if (outcome.as === 'failed' && outcome.taken.retriesLeft <= 0) onLastFailure()
    }
  }
  const forget = (noted: (outcome: Outcome) => boolean) => {
    for (let at = ended.length - 1; at >= 0; at--) if (noted(ended[at]!)) ended.splice(at, 1)
  }

  // pg-boss counts every start as an attempt. One that ended through no fault of the job's is not to count, so a new job
  // with the attempts that are left takes its place.
  async function giveBack({ id, envelope, key, attempt, retriesLeft }: Taken): Promise<void> {
    const again = insertion({
      job: jobs.get(envelope.job),
      envelope: { ...envelope, tried: envelope.tried + attempt },
      key,
      retries: retriesLeft,
    })
    await transaction(queue, async (client) => {
      const db = executor(client)
      await boss.deleteJob(waiting, id, { db })
      await boss.insert(waiting, [again], { db })
    })
  }

  async function hold(): Promise<void> {
    const ids = [...next, ...running.values(), ...ended.map(({ taken }) => taken)].map(({ id }) => id)
    if (ids.length > 0) await boss.touch(waiting, ids)
  }

  return {
    more: taking.now,

    hears(message) {
      if (message.says === 'ready') ready = true
      if (message.says === 'done' || message.says === 'failed') {
        const taken = running.get(message.id)
        if (taken) end(message.says === 'done' ? { taken, as: 'done' } : { taken, as: 'failed', code: message.code })
      }
      if (message.says !== 'here') {
        give()
        taking.now()
      }
    },

    // Who ended the thread? If one job was running, that one, and it counts as a failed attempt of its. If several were,
    // nobody can tell, so none of them is charged and each is run again with nothing beside it: then it is known.
    died(why) {
      const interrupted = [...running.values()]
      running.clear()
      log.warn({ why, jobs: interrupted.map(({ id, envelope }) => `${envelope.job} ${id}`) }, 'jobs were interrupted')
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
      await until(() => ended.length === 0, 2)
      leaving.abort()
      await Promise.all([noting.ended, holding.ended])
    },
  }
}

function takenOf({ id, data, singletonKey, retryCount, retryLimit }: JobWithMetadata<Envelope>): Taken {
  return { id, envelope: data, key: singletonKey!, attempt: retryCount, retriesLeft: retryLimit - retryCount, alone: false }
}

function mayStart({ alone }: Taken, running: ReadonlyMap<string, Taken>): boolean {
  return running.size === 0 || (!alone && ![...running.values()].some(({ alone }) => alone))
}

// No kind of job may take all hands: a thousand slow mails must not hold up what is quick and urgent. And while some are
// to run alone, no other is taken: it would wait here although another node may have room.
function roomIn(next: readonly Taken[], running: ReadonlyMap<string, Taken>, atOnce: number): { most: number; notOf: string[] } {
  const inHand = [...next, ...running.values()]
  if (inHand.some(({ alone }) => alone)) return { most: 0, notOf: [] }
  const share = Math.ceil(atOnce * 0.75)
  const kinds = [...Map.groupBy(inHand, ({ envelope }) => envelope.job)]
  const notOf = kinds.filter(([, taken]) => taken.length >= share).map(([name]) => name)
  const fullest = Math.max(0, ...kinds.map(([, taken]) => taken.length).filter((count) => count < share))
  return { most: Math.min(atOnce - inHand.length, share - fullest), notOf }
}

async function until(isSo: () => boolean, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1_000
  while (!isSo() && performance.now() < deadline) await pause(20)
}
