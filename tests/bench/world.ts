import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { claimDataDir } from '#platform/configuration/data.ts'
import { root } from '#platform/configuration/environment.ts'
import { CannotStart } from '#platform/configuration/stop.ts'
import { startPostgres, type Embedded } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'
import { shimFolder } from '#platform/database/shim.ts'
import { readSteps } from '#platform/database/steps.ts'
import { careless, sampleFolder } from '#tests/cluster.ts'
import { fill, full, type Size } from './data.ts'

// The world of data.ts, kept between runs: it is made anew when a migration, its recipe or the month is another one.
const cache = path.join(root, 'node_modules/.cache')

export type World = { url: (login?: string) => string; stop: () => Promise<void> }

export async function openWorld(say: (line: string) => void, size: Size = full): Promise<World> {
  const folder = path.join(cache, `bench-${await recipe(size)}`)
  const fresh = !existsSync(clusterIn(folder))
  if (fresh) await removeOthers(folder)
  const claim = await claimDataDir(folder)
  try {
    if (fresh) await make(folder, size, say)
    // Else most of what a query costs here would be the disk's wait, which says more of the disk than of the query.
    const postgres = await startPostgres(clusterIn(folder), {
      settings: { synchronous_commit: 'off', autovacuum: 'off', shared_buffers: '1GB' },
    })
    return { url: (login) => postgres.url(login), stop: () => postgres.stop().finally(() => claim.release()) }
  } catch (error) {
    claim.release()
    throw error
  }
}

// Under another name until it is whole, for it takes minutes and may be interrupted.
async function make(folder: string, size: Size, say: (line: string) => void): Promise<void> {
  const began = performance.now()
  const unfinished = path.join(folder, 'unfinished')
  rmSync(unfinished, { recursive: true, force: true })
  const postgres = await startPostgres(unfinished, { settings: { ...careless, shared_buffers: '1GB', max_wal_size: '8GB' } })
  try {
    await migrate({ url: postgres.url(), folders: [...migrationFolders(), sampleFolder], say: () => {} })
    await fillIn(postgres, size, say)
  } finally {
    await postgres.stop()
  }
  renameSync(unfinished, clusterIn(folder))
  say(`made in ${((performance.now() - began) / 1_000).toFixed(0)} s; kept in ${path.relative(root, folder)}`)
}

async function fillIn(postgres: Embedded, size: Size, say: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url() })
  await client.connect()
  try {
    await fill(client, size, (what, seconds) => say(`${seconds.toFixed(1).padStart(8)} s  ${what}`))
    await client.query('checkpoint')
    const { rows } = await client.query<{ size: string }>('select pg_size_pretty(pg_database_size(current_database())) as size')
    say(`${rows[0]?.size}`)
  } finally {
    await client.end()
  }
}

// Comments of migrations are no part of it.
async function recipe(size: Size): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(size)).update(new Date().toISOString().slice(0, 7))
  for (const { checksum } of await readSteps([shimFolder, ...migrationFolders(), sampleFolder])) hash.update(checksum)
  hash.update(readFileSync(path.join(import.meta.dirname, 'data.ts')))
  return hash.digest('hex').slice(0, 12)
}

// Gigabytes each. One that somebody is using cannot be claimed, and stays.
async function removeOthers(folder: string): Promise<void> {
  for (const other of globSync(path.join(cache, 'bench-*')).filter((one) => one !== folder)) {
    try {
      const claim = await claimDataDir(other)
      rmSync(other, { recursive: true, force: true })
      claim.release()
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error
    }
  }
}
