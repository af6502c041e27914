import * as z from 'zod/mini'
import type { Database } from '#platform/database/acting.ts'
import { callOf, type Wish } from '#platform/database/conversation.ts'
import type { Job } from './job.ts'

type Writing = { later(wish: Wish): void }

export type When = {
  /** Not before this. */
  after?: Date | string
  /** While a job with this word still waits to start, another one adds nothing: the one that waits will see this write too. */
  once?: string
}

/** Queues a job that rides with COMMIT: no commit, no job. */
export async function later<D extends z.ZodMiniType>(
  db: Writing,
  job: Pick<Job<D>, 'name' | 'data'>,
  data: z.input<D>,
  { after, once }: When = {},
): Promise<void> {
  z.parse(job.data, data) // and sent as it was given: the job parses it again, perhaps in a newer version
  const start_after = after instanceof Date ? after.toISOString() : after
  db.later(callOf('private.enqueue', { name: job.name, data, start_after, once }))
  queuing.add(db)
}

const queuing = new WeakSet<object>()

/** The same database, which says so after each commit that queued a job: the relay need not wait for its next look. */
export function waking(database: Database, wake: () => void): Database {
  return {
    read: database.read,
    async write(acting, run, wishes) {
      let talk: object = {}
      const result = await database.write(acting, (db) => run((talk = db)), wishes)
      if (queuing.has(talk)) wake()
      return result
    },
  }
}
