import type { Pool, PoolClient } from 'pg'
import { PgBoss, type Db, type JobInsert, type QueueOptions, type QueuePolicy, type UpdateQueueOptions } from 'pg-boss'
import { send, type Row } from '#platform/database/batch.ts'
import { openPool } from '#platform/database/pool.ts'
import type { Logger } from '#platform/operations/log.ts'
import type { Job } from './job.ts'

// pg-boss as we use it: one queue for all jobs, so that one look finds whatever is next, and one where it puts what
// failed for good (bury.ts).
export type Queue = { boss: PgBoss; pool: Pool; close(): Promise<void> }
export type Opening = { url: string; log: Logger; cronSeconds: number }

export const waiting = 'waiting'
export const dead = 'dead'

/** What pg-boss keeps of a job. */
export type Envelope = { job: string; data: object; tried: number }

export async function openQueue({ url, log, cronSeconds }: Opening): Promise<Queue> {
  const { pool, close: closePool } = openPool({ connectionString: url, max: 4, application_name: 'vivavoce jobs' }, (code) =>
    log.warn({ code }, 'a database connection was lost'),
  )
  const boss = new PgBoss({ db: executor(pool), schema: 'pgboss', createSchema: false, ...pace, cronMonitorIntervalSeconds: cronSeconds })
  boss.on('error', (error) => log.error({ err: error }, 'pg-boss failed'))
  boss.on('warning', ({ message }) => log.warn({ says: message }, 'pg-boss warns'))
  await boss.start()
  await keepQueue(boss, dead, 'standard', { retentionSeconds: forGood })
  await keepQueue(boss, waiting, 'short', { ...attempts, deadLetter: dead }) // short: at most one of a key waits (`once`)
  const close = async () => {
    await boss.stop({ graceful: false })
    await closePool()
  }
  return { boss, pool, close }
}

// A node says every few seconds that it still has its jobs (hands.ts); the jobs of one that stopped saying so are tried
// elsewhere within a minute.
const pace = { superviseIntervalSeconds: 15, monitorIntervalSeconds: 15, maintenanceIntervalSeconds: 600, cronWorkerIntervalSeconds: 1 }
const forGood = 10 * 365 * 24 * 60 * 60 // pg-boss drops, without a word, what waited longer than this
const attempts = {
  retryDelay: 1,
  retryBackoff: true, // 1 to 2 s, 2 to 4 s, 4 to 8 s …
  retryDelayMax: 3_600,
  heartbeatSeconds: 30,
  expireInSeconds: 24 * 60 * 60, // never reached: we end a job after its own time, and do not count how long it waited for its turn
  retentionSeconds: forGood,
  deleteAfterSeconds: 3_600, // of a job that is done
}

async function keepQueue(boss: PgBoss, name: string, policy: QueuePolicy, options: UpdateQueueOptions): Promise<void> {
  await boss.createQueue(name, { ...(options as QueueOptions), policy }) // does nothing if it is there
  await boss.updateQueue(name, options)
}

export type Put = { job: Job | undefined; envelope: Envelope; key: string; retries?: number; startAfter?: string | null }

// A job that this version does not know may come from a newer one: it is tried for a quarter of an hour, while nodes are
// upgraded one after the other, and then shows among the dead letters.
const retriesOfUnknown = 10

export function insertion({ job, envelope, key, retries, startAfter }: Put): JobInsert<Envelope> {
  return {
    data: envelope,
    singletonKey: key,
    retryLimit: retries ?? job?.retries ?? retriesOfUnknown,
    group: { id: envelope.job },
    ...(startAfter ? { startAfter } : {}),
  }
}

/** For pg-boss, within a transaction of ours. */
export const executor = (client: Pool | PoolClient): Db => ({ executeSql: (text, values) => client.query(text, values) })

/** Of the worker login. One that fails takes its connection with it, and so rolls back. */
export async function transaction<T>({ pool }: Queue, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('begin')
    const result = await run(client)
    await client.query('commit')
    broken = false
    return result
  } finally {
    client.release(broken)
  }
}

// pg-boss's tables are the login's own, ours can be reached by service_role only: within one transaction the login is
// one and the other in turn.
export async function asService(client: PoolClient, text: string, values: readonly unknown[]): Promise<Row[]> {
  const [, result] = await send(client, 'vivavoce_worker', [become('service_role'), { text, values }, become('none')], false)
  return result!.rows
}
const become = (role: string) => ({ text: `select set_config('role', $1, true)`, values: [role] })
