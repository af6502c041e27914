import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod/mini'
import { database as databaseOf, type Acting, type Database } from '#platform/database/acting.ts'
import { connect } from '#platform/database/connections.ts'
import { logger, type Logger } from '#platform/operations/log.ts'
import { byName, type Job, type JobDatabase } from './job.ts'
import { waking } from './later.ts'
import type { FromThread, Settings, ToThread } from './messages.ts'
import { reasonOf, TookTooLong, UnknownJob } from './reasons.ts'

export type Working = { database: JobDatabase; log: Logger }

/** Runs jobs for the supervisor, in its thread. What is returned serves work that goes on beside the jobs. */
export function work(jobs: readonly Job[]): Working {
  if (!parentPort) throw new Error('jobs run in the thread that supervise.ts starts')
  const port = parentPort
  const say = (message: FromThread) => port.postMessage(message)
  const { url, atOnce, configuration } = workerData as Settings
  const known = byName(jobs)
  const log = logger(configuration.logLevel)
  const pools = connect({
    app: url,
    worker: url,
    most: 2 * atOnce,
    prepare: configuration.prepare,
    onLost: (code) => log.warn({ code }, 'a database connection was lost'),
  })
  const database = waking(databaseOf(pools), () => say({ says: 'queued' }))

  port.on('message', (message: ToThread) => {
    if (message.ask === 'run') void run(message)
    else say({ says: 'here' })
  })
  say({ says: 'ready' })
  return { database: serving(database), log }

  async function run({ id, name, data }: ToThread & { ask: 'run' }): Promise<void> {
    const own = log.child({ job: name, id })
    try {
      const job = known.get(name)
      if (!job) throw new UnknownJob()
      await inTime(job.timeoutSeconds, (signal) =>
        job.run({ data: z.parse(job.data, data), database: serving(database, signal), configuration, signal, log: own }),
      )
      say({ says: 'done', id })
    } catch (error) {
      own.warn({ err: error instanceof Error ? error : undefined }, 'a job failed')
      say({ says: 'failed', id, code: reasonOf(error) })
    }
  }
}

// A job that hangs is left behind where it hangs, and the others go on.
async function inTime(seconds: number, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const ending = new AbortController()
  const timer = setTimeout(() => {
    const reason = new TookTooLong(seconds)
    ending.abort(reason)
    late.reject(reason)
  }, seconds * 1_000)
  try {
    await Promise.race([run(ending.signal), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

// One that hung and wakes up again finds that it cannot write: by then another attempt may be on its way.
function serving({ read, write }: Database, signal?: AbortSignal): JobDatabase {
  return {
    async read(run) {
      signal?.throwIfAborted()
      return read(theServer, run)
    },
    async write(run) {
      signal?.throwIfAborted()
      return write(theServer, async (db) => {
        const result = await run(db)
        signal?.throwIfAborted()
        return result
      })
    },
  }
}
const theServer: Acting<'service_role'> = { role: 'service_role', claims: '{"role":"service_role"}' }
