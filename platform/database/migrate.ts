import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, type ClientBase, DatabaseError } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import { makeLogins, type Passwords } from './logins.ts'
import { reach } from './reach.ts'
import { authIsForeign, shimFolder } from './shim.ts'
import { readSteps, type Step } from './steps.ts'
import { checkVersion } from './version.ts'

// Ours. Tests add folders of their own.
export function migrationFolders(): string[] {
  const cwd = path.join(import.meta.dirname, '../..')
  const files = globSync(['platform/*/migrations/*.sql', 'domains/*/migrations/*.sql'], { cwd })
  return [...new Set(files.map((file) => path.join(cwd, path.dirname(file))))]
}

export type Migration = { url: string; folders: string[]; say: (line: string) => void; passwords?: Passwords | undefined }

// Brings a database to where this version wants it, forward only. Whatever was interrupted goes on where it stopped.
export async function migrate(migration: Migration): Promise<{ applied: number }> {
  return asMigrator(migration, (client) => advance(client, migration))
}

/** The owner's one connection, alone among all that migrate, with logins and record made. */
export async function asMigrator<T>({ url, say, passwords }: Omit<Migration, 'folders'>, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'vivavoce migrate', connectionTimeoutMillis: 10_000 })
  client.on('notice', ({ message }) => say(`the database warns: ${message}`))
  client.on('error', () => {}) // a lost connection fails the query under way as well, and is told there
  await reach(client)
  try {
    await client.query(session)
    await checkVersion(client, say)
    await takeTurn(client, say)
    await makeLogins(client, passwords)
    await makeRecord(client)
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Applies what is pending, or the part of it that is `wanted`. */
export async function advance(
  client: Client,
  { folders, say }: Omit<Migration, 'url'>,
  wanted: (step: Step) => boolean = () => true,
): Promise<{ applied: number }> {
  const { isNew, steps: pending } = await stepsToApply(client, folders)
  const steps = pending.filter(wanted)
  const most = isNew && client.getTransactionStatus() === 'I' ? together : 1
  for (let from = 0; from < steps.length; from += most) {
    if (from + most >= steps.length) await client.query('set synchronous_commit = on') // makes all before it durable too
    await apply(client, steps.slice(from, from + most), say)
  }
  return { applied: steps.length }
}

// Where nothing is of ours yet, nobody waits for what a transaction holds: so many at once take half the time. Within somebody's
// transaction one at a time: once it has failed, none can be tried by itself.
export const together = 10

const session = `
  set search_path = '';                   -- every name is written with its schema: nothing lands in public by accident,
                                          -- and nothing that others put there is ever taken for PostgreSQL's own
  set standard_conforming_strings = on;   -- the quotes that statements.ts knows
  set timezone = 'UTC';
  set statement_timeout = 0;
  set lock_timeout = '3s';                -- whoever waits for a lock makes all later ones wait behind it
  set client_min_messages = warning;
  set synchronous_commit = off;`

// One runner at a time. Asked for again and again, because a wait inside the database would fall to lock_timeout.
async function takeTurn(client: Client, say: Migration['say']): Promise<void> {
  for (let said = false; ; said = true) {
    const { rows } = await client.query<{ ours: boolean }>(`select pg_try_advisory_lock(hashtextextended('vivavoce migrate', 0)) as ours`)
    if (rows[0]?.ours) return
    if (!said) say('another migration of this database is running; waiting for it')
    await pause(100)
  }
}

async function makeRecord(client: Client): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>(`select to_regclass('migrations.steps') is not null as exists`)
  if (!rows[0]?.exists) await client.query(await readFile(path.join(import.meta.dirname, 'record.sql'), 'utf8'))
}

async function stepsToApply(client: Client, folders: string[]): Promise<{ isNew: boolean; steps: Step[] }> {
  const known = await readSteps([shimFolder, ...folders])
  const applied = new Set(await stepsApplied(client, known))
  const foreign = await authIsForeign(client)
  return { isNew: applied.size === 0, steps: known.filter((step) => !applied.has(step) && !(foreign && step.folder === shimFolder)) }
}

/** Those of the known steps that the database has. It may have no others; what else to do then but upgrade, the caller knows. */
export async function stepsApplied(client: ClientBase, known: Step[], orElse = ''): Promise<Step[]> {
  const { rows } = await client.query<Applied>('select file, step, checksum from migrations.steps order by file, step')
  return among(known, rows, 'this database', orElse)
}

export type Applied = Pick<Step, 'file' | 'step' | 'checksum'>

/** The steps as this version knows them; whatever holds others is newer, or was tampered with. */
export function among(known: Step[], applied: Applied[], holder: string, orElse = ''): Step[] {
  const checksums = new Map(applied.map((step) => [nameOf(step), step.checksum]))
  for (const step of known)
    if ((checksums.get(nameOf(step)) ?? step.checksum) !== step.checksum)
      throw new CannotStart(
        `${nameOf(step)} (line ${step.line}) differs from what was applied; migrations are forward-only: write a new one`,
      )
  const names = new Set(known.map(nameOf))
  for (const name of checksums.keys())
    if (!names.has(name))
      throw new CannotStart(`${holder} is newer than this version of Vivavoce (it holds ${name}): upgrade Vivavoce${orElse}`)
  return known.filter((step) => checksums.has(nameOf(step)))
}

export const nameOf = ({ file, step }: Pick<Step, 'file' | 'step'>) => `${file}, step ${step}`

// Statements sent together are one transaction, and end with it: the steps and their record, or nothing. What does not go together
// goes one by one, and is named if it does not go at all.
async function apply(client: Client, steps: Step[], say: Migration['say']): Promise<void> {
  try {
    if (steps.length > 1) return void (await client.query(steps.map((step) => recorded(client, step)).join('\n')))
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
  }
  for (const step of steps) await applyOne(client, step, say)
}

async function applyOne(client: Client, step: Step, say: Migration['say']): Promise<void> {
  const { file, line } = step
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(recorded(client, step))
      return
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      if (!busy.has(error.code ?? '') || attempt === 10) throw new Error(`${file}, line ${line}: ${error.message}`, { cause: error })
      if (attempt === 1) say(`${file}, line ${line}: somebody is using what this changes; trying again`)
      await pause(attempt * 200) // lets those pass who queued behind us
    }
  }
}

function recorded(client: Client, { file, step, sql, checksum }: Step): string {
  const values = [file, `${step}`, checksum].map((value) => client.escapeLiteral(value)).join(', ')
  return `${sql}\ninsert into migrations.steps (file, step, checksum) values (${values});`
}

const busy = new Set(['55P03', '40P01']) // lock timeout, deadlock

// How many steps this version knows and the database has not seen; /readyz asks it often. The shim's count where any of
// them was applied: on a hosted project none ever is.
export async function pending(client: ClientBase, folders: string[]): Promise<number> {
  const known = await remembered(folders)
  try {
    const { rows } = await client.query<{ pending: number }>(
      `with known as (select * from unnest($1::text[], $2::int[], $3::boolean[]) as known (file, step, shim))
       select count(*)::int as pending from known left join migrations.steps using (file, step)
       where applied_at is null and (not shim or exists (select from known join migrations.steps using (file) where shim))`,
      [known.map(({ file }) => file), known.map(({ step }) => step), known.map(({ folder }) => folder === shimFolder)],
    )
    return rows[0]?.pending ?? known.length
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '42P01') return known.length // no record: nothing was ever applied
    throw error
  }
}

// The files do not change while a server runs.
const memory = new Map<string, Promise<Step[]>>()
function remembered(folders: string[]): Promise<Step[]> {
  const key = folders.join('\n')
  const known = memory.get(key) ?? readSteps([shimFolder, ...folders])
  memory.set(key, known)
  return known
}
