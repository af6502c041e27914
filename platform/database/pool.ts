import { once } from 'node:events'
import pg from 'pg'

export type OpenPool = { pool: pg.Pool; close(): Promise<void> }

/** Connections to one login. Closing waits until the database has let go of each of them, so that it may be stopped next. */
export function openPool(config: pg.PoolConfig, onLost: (code: string) => void): OpenPool {
  const pool = new pg.Pool({ connectionTimeoutMillis: 5_000, idleTimeoutMillis: 60_000, keepAlive: true, ...config })
  const open = new Set<pg.PoolClient>()
  // A connection may die while nobody waits on it; unheard, an 'error' event ends the process. Whoever does wait gets the error too.
  const lost = (error: Error) => onLost((error as { code?: string }).code ?? error.name)
  pool.on('error', lost)
  pool.on('connect', (client) => {
    open.add(client)
    client.on('error', lost).once('end', () => open.delete(client))
  })
  return {
    pool,
    async close() {
      await pool.end() // which says goodbye, and does not wait for it to be heard
      await Promise.all([...open].map((client) => once(client, 'end')))
    },
  }
}
