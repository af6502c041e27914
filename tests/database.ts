import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import pg from 'pg'
import { database, type Database } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { connect, type Pools } from '#platform/database/connections.ts'
import { types } from '#platform/database/values.ts'
import { asSuperuser, makeTemplate, startTestCluster, template, type Cluster } from './cluster.ts'

// A database of its own for one test file, gone when the file is through. `npm test` lends one cluster to all files;
// a file that is run by itself starts its own.
export type TestDatabase = {
  cluster: Cluster
  url: (login?: string) => string
  pools: Pools
  database: Database
  /** As the owner, whom no policy holds: to set a scene and to see what really happened. */
  sql: <Row extends pg.QueryResultRow = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>
}

export async function freshDatabase(): Promise<TestDatabase> {
  const lent = process.env['VIVAVOCE_TEST_SOCKET']
  const cluster = lent ? lentCluster(lent) : await ownCluster()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(
    cluster.url(),
    `create database ${name} template ${template} strategy file_copy`,
    `revoke temporary on database ${name} from public`, // as the migrations do: a template does not pass it on
  )
  const url = (login = 'vivavoce') => cluster.url(login, name)
  const pools = connect({ app: url('vivavoce_app'), worker: url('vivavoce_worker'), most: 10, prepare: true, onLost: () => {} })
  const owner = new pg.Pool({ connectionString: url(), max: 4, types })
  owner.on('error', () => {})
  after(async () => {
    await Promise.all([pools.close(), owner.end()])
    await asSuperuser(cluster.url(), `drop database ${name} with (force)`)
    if (!lent) await cluster.stop()
  })
  const sql = async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => (await owner.query<Row>(text, values)).rows
  return { cluster, url, pools, database: database(pools), sql }
}

/** Somebody who has an account, and how the database is told that it is they who ask. */
export async function someone(db: TestDatabase, name = 'somebody'): Promise<{ id: string; acting: Known<'authenticated'> }> {
  const id = randomUUID()
  await db.sql('insert into auth.users (id, aud, role, email, email_confirmed_at) values ($1, $2, $2, $3, now())', [
    id,
    'authenticated',
    `${name}.${id}@example.test`,
  ])
  return { id, acting: actingAs(id) }
}

/** Somebody whose claims a test knows: no browser. */
export type Known<R extends Role = Role> = { role: R; claims: string }

export const actingAs = (id: string): Known<'authenticated'> => ({
  role: 'authenticated',
  claims: JSON.stringify({ sub: id, role: 'authenticated' }),
})
export const aStranger: Known<'anon'> = { role: 'anon', claims: '{"role":"anon"}' }
export const theServer: Known<'service_role'> = { role: 'service_role', claims: '{"role":"service_role"}' }

const lentCluster = (socket: string): Cluster => ({
  socket,
  url: (login = 'vivavoce', name = 'vivavoce') => `postgres://${login}@localhost/${name}?host=${socket}`,
  stop: async () => {},
})

async function ownCluster(): Promise<Cluster> {
  const cluster = await startTestCluster()
  try {
    await makeTemplate(cluster)
    return cluster
  } catch (error) {
    await cluster.stop()
    throw error
  }
}
