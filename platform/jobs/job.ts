import * as z from 'zod/mini'
import type { Configuration } from '#platform/configuration/environment.ts'
import type { Reader, Tx } from '#platform/database/conversation.ts'
import type { Logger } from '#platform/operations/log.ts'

// A job is a value: what is queued names it, and whoever runs it finds it by that name. It may run more than once (a node
// can die between the work and the note that it was done), so running it again must change nothing.
export type Job<D extends z.ZodMiniType = z.ZodMiniType> = {
  /** `<part>.<what>` */
  name: string
  /** Ids, never content: a job reads anew what it is about. */
  data: D
  /** How often it is tried again after a failure, with growing pauses, before it is a dead letter. */
  retries: number
  timeoutSeconds: number
  /** Five fields, in UTC. Such a job runs with no data. */
  cron?: string
  run(running: Running<D>): Promise<void>
}

export type Running<D extends z.ZodMiniType = z.ZodMiniType> = {
  data: z.output<D>
  database: JobDatabase
  configuration: JobConfiguration
  /** Aborted when the time is up. */
  signal: AbortSignal
  log: Logger
}

/** Without the certificate: its Buffers would not reach the thread as Buffers, and no job has a use for it. */
export type JobConfiguration = Omit<Configuration, 'tls'>

/** Acts as service_role. Once the job's time is up it writes nothing any more. */
export type JobDatabase = {
  read<T>(run: (db: Reader<'service_role'>) => Promise<T>): Promise<T>
  write<T>(run: (db: Tx<'service_role'>) => Promise<T>): Promise<T>
}

export function job<D extends z.ZodMiniType>(written: Job<D>): Job<D> {
  const { name, data, retries, timeoutSeconds, cron } = written
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`the job ${name} ${what}`)
  }
  must(/^[a-z]+\.[a-z0-9-]+$/.test(name), 'must be named <part>.<what>')
  must(Number.isInteger(retries) && retries >= 0, 'must say how often it is tried again')
  must(timeoutSeconds > 0 && timeoutSeconds <= longestSeconds, `must end within ${longestSeconds} seconds`)
  must(cron === undefined || z.safeParse(data, {}).success, 'runs by the clock, so it must do without data')
  return written
}

const longestSeconds = 6 * 60 * 60

export function byName(jobs: readonly Job[]): Map<string, Job> {
  const named = new Map<string, Job>()
  for (const job of jobs) {
    if (named.has(job.name)) throw new Error(`two jobs are named ${job.name}`)
    named.set(job.name, job)
  }
  return named
}
