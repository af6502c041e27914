import type { Logger } from '#platform/operations/log.ts'
import type { Job } from './job.ts'
import { executor, insertion, transaction, waiting, type Queue } from './queue.ts'
import { steadily } from './steadily.ts'
import type { Taken } from './turns.ts'

export type Outcome = { taken: Taken; as: 'done' | 'given_back' } | { taken: Taken; as: 'failed'; code: string }
export type Noting = { queue: Queue; jobs: ReadonlyMap<string, Job>; onLastFailure: () => void; log: Logger; signal: AbortSignal }

/** Writes down how jobs ended. What cannot be written now (the database is away) is written at a later turn. */
export function noteOutcomes({ queue, jobs, onLastFailure, log, signal }: Noting) {
  const { boss } = queue
  const unwritten = new Set<Outcome>()
  const writing = steadily('noting how jobs ended', write, { every: 1_000, log, signal })

  async function write(): Promise<void> {
    const now = [...unwritten]
    const done = now.filter(({ as }) => as === 'done')
    if (done.length > 0)
      await boss.complete(
        waiting,
        done.map(({ taken }) => taken.id),
      )
    done.forEach((outcome) => unwritten.delete(outcome))
    for (const outcome of now) {
      if (outcome.as === 'failed') await boss.fail(waiting, outcome.taken.id, { code: outcome.code })
      if (outcome.as === 'given_back') await giveBack(outcome.taken)
      unwritten.delete(outcome)
      if (outcome.as === 'failed' && outcome.taken.retriesLeft <= 0) onLastFailure()
    }
  }

  // pg-boss counts every start as an attempt. One that ended through no fault of the job's is not to count, so a new job
  // with the attempts that are left takes its place.
  async function giveBack({ id, envelope, key, attempt, retriesLeft }: Taken): Promise<void> {
    const tried = envelope.tried + attempt
    const again = insertion({ job: jobs.get(envelope.job), envelope: { ...envelope, tried }, key, retries: retriesLeft })
    await transaction(queue, async (client) => {
      const db = executor(client)
      await boss.deleteJob(waiting, id, { db })
      await boss.insert(waiting, [again], { db })
    })
  }

  return {
    unwritten: unwritten as ReadonlySet<Outcome>,
    ended: writing.ended,
    note(outcome: Outcome): void {
      unwritten.add(outcome)
      writing.now()
    },
  }
}
