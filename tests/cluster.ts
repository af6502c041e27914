import { chmodSync, globSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { alive } from '#platform/configuration/parent.ts'
import { startPostgres } from '#platform/database/embedded.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'

// One PostgreSQL for all tests, without the care for durability that a test's data does not need, and in it a template
// that every test file copies (46 ms) instead of migrating (a second).
export const careless = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  autovacuum: 'off',
  max_connections: '300',
}
export const template = 'vivavoce_template'
export const sampleFolder = path.join(import.meta.dirname, 'sample/migrations')

export type Cluster = { socket: string; url: (login?: string, database?: string) => string; stop: () => Promise<void> }

export async function startTestCluster(major: 18 | 15 = 18): Promise<Cluster> {
  const folder = temporaryRoot()
  const postgres = await startPostgres(path.join(folder, 'postgres'), { major, settings: careless })
  const stop = async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { socket: postgres.socket, url: (login, name) => postgres.url(login, name), stop }
}

/** A folder of this process for what need not last, in memory where there is room: the template alone is a thousand files, and browsers write all the time. */
export function temporaryRoot(): string {
  for (const folder of globSync(path.join(memory, 'vivavoce-test-*-*')))
    if (!alive(Number(/test-(\d+)-/.exec(folder)?.[1]))) rmSync(folder, { recursive: true, force: true }) // of tests that were killed: a gigabyte each
  const folder = mkdtempSync(path.join(roomy(memory) ? memory : os.tmpdir(), `vivavoce-test-${process.pid}-`))
  chmodSync(folder, 0o1777) // as /tmp is: where root runs the tests, PostgreSQL is somebody else
  return folder
}

// Containers often have 64 MB of it.
const memory = '/dev/shm'
function roomy(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > 8 * 2 ** 30
  } catch {
    return false // not on Linux
  }
}

export async function makeTemplate(cluster: Cluster): Promise<void> {
  await asSuperuser(cluster.url(), `create database ${template}`)
  await migrate({ url: cluster.url('vivavoce', template), folders: [...migrationFolders(), sampleFolder], say: () => {} })
}

export async function asSuperuser(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
