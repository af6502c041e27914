import type pg from 'pg'
import type { Connections } from './acting.ts'
import { openPool } from './pool.ts'
import type { Role } from './roles.ts'
import { types } from './values.ts'

export type Addresses = { app: string; worker: string; most: number; prepare: boolean; onLost: (code: string) => void }
export type Pools = Connections & { app: pg.Pool; worker: pg.Pool; close(): Promise<void> }

// One pool a login: people come through `vivavoce_app`, the server's own work through `vivavoce_worker`.
export function connect({ app, worker, most, prepare, onLost }: Addresses): Pools {
  const people = openPool({ connectionString: app, max: most, types }, onLost)
  const server = openPool({ connectionString: worker, max: Math.max(2, Math.ceil(most / 2)), types }, onLost)
  return {
    app: people.pool,
    worker: server.pool,
    prepare,
    lend: (role: Role) => (role === 'service_role' ? server : people).pool.connect(),
    close: async () => void (await Promise.all([people.close(), server.close()])),
  }
}
