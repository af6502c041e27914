import type { TestContext } from 'node:test'
import pg from 'pg'
import { openPool } from '#platform/database/pool.ts'
import type { Known, TestDatabase } from './database.ts'

// How hard it is tried: a little each time by `npm test`, hard by `npm run test:races`.
export const rounds = Number(process.env['RACE_ROUNDS'] ?? 5)
export const connections = Number(process.env['RACE_CONNECTIONS'] ?? 50)

export type Racer = { as: Known; does: string; with?: unknown[] }
export type Outcome = { won: Record<string, unknown>[][]; refused: Record<string, number> }

/** The connections of one file's races: each racer has one of its own, has begun its transaction, and starts with all the others. */
export async function startingLine(db: TestDatabase): Promise<{ race: (racers: Racer[]) => Promise<Outcome>; close: () => Promise<void> }> {
  const people = manyTo(db.url('vivavoce_app'))
  const server = manyTo(db.url('vivavoce_worker'))

  async function race(racers: Racer[]): Promise<Outcome> {
    const ready = await Promise.all(racers.map((racer) => begun((racer.as.role === 'service_role' ? server : people).pool, racer.as)))
    const ends = await Promise.all(ready.map((client, lane) => run(client, racers[lane]!)))
    const refused: Record<string, number> = {}
    for (const { refusal } of ends) if (refusal) refused[refusal] = (refused[refusal] ?? 0) + 1
    return { won: ends.flatMap(({ rows }) => (rows ? [rows] : [])), refused }
  }

  return { race, close: async () => void (await Promise.all([people.close(), server.close()])) }
}

/** Of the owner, who does what no function of ours does yet. */
export function crowdOf(db: TestDatabase, t: TestContext): pg.Pool {
  const { pool, close } = manyTo(db.url())
  t.after(close)
  return pool
}

const manyTo = (url: string) => openPool({ connectionString: url, max: connections, connectionTimeoutMillis: 0 }, () => {})

/** What came of all rounds, for who reads along. */
export function tell(t: TestContext, outcomes: Outcome[]): void {
  const refused: Record<string, number> = {}
  for (const outcome of outcomes) for (const [name, count] of Object.entries(outcome.refused)) refused[name] = (refused[name] ?? 0) + count
  const named = Object.entries(refused).map(([name, count]) => `, ${count} ${name}`)
  t.diagnostic(
    `race: ${t.name}: ${outcomes.length} rounds: ${outcomes.reduce((sum, { won }) => sum + won.length, 0)} went through${named.join('')}`,
  )
}

async function begun(pool: pg.Pool, { role, claims }: Known): Promise<pg.PoolClient> {
  const client = await pool.connect()
  await client.query('begin')
  await client.query(`select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)`, [role, claims])
  return client
}

// Whatever is no refusal by name (a deadlock, a constraint nobody thought of) ends the test here.
async function run(client: pg.PoolClient, { does, with: values = [] }: Racer) {
  try {
    const { rows } = await client.query<Record<string, unknown>>(does, values)
    await client.query('commit')
    return { rows }
  } catch (error) {
    await client.query('rollback')
    if (error instanceof pg.DatabaseError && error.code === 'VV001') return { refusal: error.constraint! }
    throw error
  } finally {
    client.release()
  }
}
