import pg from 'pg'
import type { Connections } from './acting.ts'
import type { Role } from './roles.ts'
import { types } from './values.ts'

export type Addresses = { app: string; worker: string; most: number; prepare: boolean; onLost: (code: string) => void }
export type Pools = Connections & { app: pg.Pool; worker: pg.Pool; close(): Promise<void> }

// One pool a login: people come through `vivavoce_app`, the server's own work through `vivavoce_worker`.
export function connect({ app, worker, most, prepare, onLost }: Addresses): Pools {
  const pools = { app: poolOf(app, most, onLost), worker: poolOf(worker, Math.max(2, Math.ceil(most / 2)), onLost) }
  return {
    ...pools,
    prepare,
    lend: (role: Role) => (role === 'service_role' ? pools.worker : pools.app).connect(),
    close: async () => void (await Promise.all([pools.app.end(), pools.worker.end()])),
  }
}

function poolOf(connectionString: string, max: number, onLost: (code: string) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    types,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  })
  // A connection may die while nobody waits on it; unheard, an 'error' event ends the process. Whoever does wait gets the error too.
  const lost = (error: Error) => onLost((error as { code?: string }).code ?? error.name)
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}
