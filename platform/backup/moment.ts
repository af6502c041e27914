import { isDeepStrictEqual } from 'node:util'
import { Client, DatabaseError } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import { stepsApplied } from '#platform/database/migrate.ts'
import { reach } from '#platform/database/reach.ts'
import { shimFolder } from '#platform/database/shim.ts'
import { readSteps, type Step } from '#platform/database/steps.ts'
import { plainly } from './copy.ts'
import { ourSchemas, tablesIn, type Table } from './tables.ts'
import { hasQueue } from './unfinished.ts'

// What the owner and the worker login both see at one moment, whatever others write meanwhile. Each reads its own tables.
export type Moment = { owner: Client; worker: Client; steps: Step[]; schemas: string[]; tables: Table[]; hasQueue: boolean }
export type Place = { owner: string; worker: string; folders: string[] }

export async function atOneMoment<T>({ owner, worker, folders }: Place, work: (moment: Moment) => Promise<T>): Promise<T> {
  const known = await readSteps([shimFolder, ...folders])
  return connected(owner, reach, (owner) =>
    connected(worker, reachAsWorker, async (worker) => {
      const before = await found(owner, known)
      const queue = await hasQueue(worker)

      // First the locks, then the snapshot, which the first select takes. In the other order a migration could rewrite a
      // table in between, and an older snapshot sees that as empty: https://www.postgresql.org/docs/current/mvcc-caveats.html
      await worker.query(begin)
      if (queue) await worker.query('lock table pgboss.job in access share mode')
      await owner.query(begin)
      await owner.query(before.lock)
      const { rows } = await owner.query<{ id: string }>('select pg_export_snapshot() as id')
      await worker.query(`set transaction snapshot ${worker.escapeLiteral(rows[0]!.id)}`)

      if (!isDeepStrictEqual(await found(owner, known), before))
        throw new CannotStart('the database is being migrated; try again when that is done')
      return await work({ owner, worker, ...before, hasQueue: queue })
    }),
  )
}

const begin = 'begin isolation level repeatable read read only'

async function found(owner: Client, known: Step[]) {
  const { rows } = await owner.query<{ migrated: boolean }>(`select to_regclass('migrations.steps') is not null as migrated`)
  if (!rows[0]?.migrated) throw new CannotStart('this database holds nothing of Vivavoce, so there is nothing to back up')
  const steps = await stepsApplied(owner, known)
  const schemas = ourSchemas(steps)
  const tables = await tablesIn(owner, schemas)
  return { steps, schemas, tables, lock: await lockOf(owner, tables) }
}

async function lockOf(owner: Client, tables: Table[]): Promise<string> {
  const { rows } = await owner.query<{ lock: string }>(
    `select format('lock table %s in access share mode', array_to_string($1::text[]::regclass[], ', ')) as lock`,
    [tables.map(({ table }) => table)],
  )
  return rows[0]!.lock
}

async function connected<T>(url: string, reach: (client: Client) => Promise<void>, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'vivavoce backup', connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // a lost connection fails the query under way as well, and is told there
  await reach(client)
  try {
    await client.query(session)
    return await work(client)
  } finally {
    await client.end()
  }
}

// Its password follows from the keys, and those are where the server is.
async function reachAsWorker(client: Client): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    throw new CannotStart(`${error.message}: back up with the DATA_DIR, SECRETS_KEY and WORKER_DATABASE_URL of the server`)
  }
}

const session = `
  set search_path = ''; set statement_timeout = 0; set lock_timeout = '10s'; set idle_in_transaction_session_timeout = 0;
  set row_security = off;   -- rather an error than a row that is left out without a word
  ${plainly}`
