import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, type QueryResultRow } from 'pg'
import { type Cluster, startTestCluster } from '#tests/cluster.ts'
import { clear, databaseOf, type Owner } from '#tests/owners.ts'

export const majors = [18, 15] as const

// Databases of any owner, of one kind at a time, on a cluster of this version.
export function onPostgres(major: 18 | 15) {
  let cluster: Cluster | undefined
  let present: Owner | undefined
  after(() => cluster?.stop())
  return async (owner: Owner) => {
    cluster ??= await startTestCluster(major)
    if (present !== owner) await clear(cluster)
    present = owner
    const database = await databaseOf(owner, cluster)
    return { ...database, admin: cluster.url('vivavoce', new URL(database.url).pathname.slice(1)), cluster }
  }
}

export async function ask<Row extends QueryResultRow = Record<string, unknown>>(
  url: string,
  sql: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const patience = AbortSignal.timeout(60_000)
  while (!(await isSo())) await pause(5, undefined, { signal: patience })
}

// A folder of migrations, gone with the test file.
export function folderOf(files: Record<string, string>): string {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-migrations-'))
  after(() => rmSync(parent, { recursive: true, force: true }))
  const folder = path.join(parent, 'migrations')
  mkdirSync(folder)
  rewrite(folder, files)
  return folder
}

export function rewrite(folder: string, files: Record<string, string>): void {
  for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(folder, name), sql)
}
