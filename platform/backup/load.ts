import { type Client, DatabaseError } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import { advance, nameOf, stepsApplied } from '#platform/database/migrate.ts'
import { authIsForeign } from '#platform/database/shim.ts'
import type { Step } from '#platform/database/steps.ts'
import type { Backup } from './check.ts'
import { fill } from './fill.ts'
import { perform } from './perform.ts'
import type { Placing } from './place.ts'
import { ourSchemas, tablesFilledBy, tablesIn } from './tables.ts'

export type Loading = { backup: Backup; known: Step[]; folders: string[]; overwrite: boolean; say: (line: string) => void }

/** All of a backup's data or nothing: whatever ends it before its commit, the data here stays as it was. Names the tables that nothing here takes. */
export async function load(client: Client, placing: Placing, { backup, known, folders, overwrite, say }: Loading): Promise<string[]> {
  await refuseWithoutAccounts(client, backup)
  const applied = await stepsApplied(client, known, orEmptyOne)
  const used = await tablesInUse(client, applied)
  if (used.length > 0 && !overwrite) throw holdsData(used)

  const its = new Set(backup.steps.map(nameOf))
  const arePast = applied.some((step) => !its.has(nameOf(step)))
  const makeTables = async () => {
    if (arePast) await dropAll(client, applied)
    await advance(client, { folders, say }, (step) => its.has(nameOf(step)))
  }
  try {
    // If no data goes with it, then before the transaction, each step in its own as ever: a step may use what an earlier
    // one must have committed (a value added to an enum, before PostgreSQL 17).
    const losesData = arePast && used.length > 0
    if (!losesData) await makeTables()
    await client.query('begin')
    if (losesData) await makeTables()
    const left = await fill(client, placing, backup, await stepsApplied(client, known))
    await perform(client, wasRestored)
    await client.query('set local synchronous_commit = on')
    await client.query('commit')
    return left
  } catch (error) {
    throw reasons[codeOf(error)] ?? error
  }
}

// What counts on since when, or belongs to one running database, has a function that says so by its name.
const wasRestored = `select string_agg(format('select %s()', p.oid::regproc), '; ' order by proname) as statement
  from pg_proc p join pg_namespace n on n.oid = pronamespace
  where nspname = 'private' and proname ~ '_was_restored$' having count(*) > 0`

const orEmptyOne = ', or restore into an empty database (of the built-in one, move DATA_DIR/postgres away)'
const reasons: Record<string, CannotStart> = {
  '55P03': new CannotStart('somebody is using tables of this database: end their connections, then try again'),
  '55P04': new CannotStart(
    'PostgreSQL 15 and 16 cannot put the tables of this older backup in the place of newer ones: restore into an empty database',
  ),
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof DatabaseError ? error.cause : error
  return (cause instanceof DatabaseError && cause.code) || ''
}

async function refuseWithoutAccounts(client: Client, { steps }: Backup): Promise<void> {
  if (!ourSchemas(steps).includes('auth') && !(await authIsForeign(client)))
    throw new CannotStart('this backup is of a hosted project, whose accounts no backup of ours holds: restore it on one that has them')
}

async function tablesInUse(client: Client, applied: Step[]): Promise<string[]> {
  const filled = tablesFilledBy(applied)
  const tables = (await tablesIn(client, ourSchemas(applied))).map(({ table }) => table).filter((table) => !filled.includes(table))
  const { rows } = await client.query<{ look: string | null }>(
    `select string_agg(format('select %L as table where exists (select from %s)', name, name::regclass), ' union all ' order by name) as look
     from unnest($1::text[]) name`,
    [tables],
  )
  const look = rows[0]?.look
  return look ? (await client.query<{ table: string }>(look)).rows.map(({ table }) => table) : []
}

function holdsData(used: string[]): CannotStart {
  const some = used.slice(0, 5).join(', ') + (used.length > 5 ? ' …' : '')
  return new CannotStart(`this database holds data already (${some}); restore into an empty one, or add --overwrite to replace it all`)
}

// The tables have outgrown the backup: they are made anew as they were then. All at once or not at all.
async function dropAll(client: Client, applied: Step[]): Promise<void> {
  await perform(
    client,
    `select string_agg(format('drop schema if exists %I cascade;', name), ' ') || ' delete from migrations.steps' as statement from unnest($1::text[]) name`,
    [[...ourSchemas(applied), 'pgboss']],
  )
}
