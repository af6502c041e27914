import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { configure, root } from '#platform/configuration/environment.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'
import { openQueue, type Queue } from '#platform/jobs/queue.ts'
import { logger } from '#platform/operations/log.ts'
import { temporaryFolder } from '#tests/processes.ts'
import { backUp } from '../backup.ts'
import { namesIn } from '../files.ts'
import { restore } from '../restore.ts'

export { ask, folderOf, onPostgres, rewrite } from '#platform/database/tests/scene.ts'
export { temporaryFolder } from '#tests/processes.ts'

/** One end of a backup: a database, and the folder beside it. */
export type End = { url: string; worker: string; admin: string; dataDir: string; folders: string[]; said: string[] }

export function endAt({ url, worker, admin }: Pick<End, 'url' | 'worker' | 'admin'>, folders: string[]): End {
  return { url, worker, admin, dataDir: temporaryFolder(), folders, said: [] }
}

/** What a backup itself stands on. All of this version would take a second for each database. */
export const ground = ['database', 'jobs'].map((organ) => path.join(root, 'platform', organ, 'migrations'))
export const everything = migrationFolders()

export const migrated = async (end: End): Promise<End> => {
  await migrate({ url: end.url, folders: end.folders, say: (line) => void end.said.push(line) })
  return end
}

export function backUpTo(file: string, { url: owner, worker, dataDir, folders, said }: End) {
  return backUp({ owner, worker, dataDir, file, folders, say: (line) => void said.push(line) })
}

export function restoreFrom(file: string, { url: databaseUrl, dataDir, folders, said }: End, { overwrite = false, secretsKey = '' } = {}) {
  const { secrets } = configure({ SECRETS_KEY: secretsKey })
  return restore({ here: { dataDir, databaseUrl, secrets }, file, folders, overwrite, say: (line) => void said.push(line) })
}

/** What a database holds: for each table its rows and their checksum, for each sequence where it stands. */
export async function contents(url: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`set search_path = ''; set timezone = 'UTC'`)
    const { rows: looks } = await client.query<{ look: string }>(looking)
    const found: [string, string][] = []
    for (const { look } of looks) {
      const { rows } = await client.query<{ name: string; holds: string }>(look)
      found.push(...rows.map(({ name, holds }): [string, string] => [name, holds]))
    }
    return Object.fromEntries(found)
  } finally {
    await client.end()
  }
}

// A restored database is of another epoch (platform/live): commands.test.ts.
const looking = `
  select case when c.oid::regclass::text = 'live.epochs' then 'select ''live.epochs'' as name, count(*) || '' rows'' as holds from live.epochs' else case relkind
    when 'r' then format('select %L as name, count(*) || '' rows '' || md5(coalesce(string_agg(md5(t::text), '''' order by md5(t::text)), '''')) as holds from %s t', c.oid::regclass, c.oid::regclass)
    else format('select %L as name, concat_ws('' '', last_value, is_called) as holds from %s', c.oid::regclass, c.oid::regclass) end end as look
  from pg_class c join pg_namespace n on n.oid = relnamespace
  where relkind in ('r', 'S') and nspname !~ '^pg_' and nspname not in ('information_schema', 'migrations', 'pgboss') order by c.oid::regclass::text`

export async function writeFiles(dataDir: string, files: Record<string, string | Buffer>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dataDir, name)), { recursive: true })
    await writeFile(path.join(dataDir, name), content, { mode: 0o600 })
  }
}

export async function filesIn(dataDir: string, ...folders: string[]): Promise<Record<string, Buffer>> {
  const names = (await Promise.all(folders.map((folder) => namesIn(dataDir, folder)))).flat()
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(dataDir, name))]))
}

/** pg-boss on a database, as a server opens it. */
export async function withQueue(worker: string, work: (queue: Queue) => Promise<unknown>): Promise<void> {
  const queue = await openQueue({ url: worker, log: logger('silent'), cronSeconds: 30 })
  try {
    await work(queue)
  } finally {
    await queue.close()
  }
}
