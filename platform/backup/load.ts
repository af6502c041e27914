import type { Client } from 'pg'
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
  const applied = await stepsApplied(client, known)
  await refuseWithoutAccounts(client, backup)
  if (!overwrite) await refuseToOverwrite(client, applied)

  const its = new Set(backup.steps.map(nameOf))
  const toItsSteps = () => advance(client, { folders, say }, (step) => its.has(nameOf(step)))
  const isPastThem = applied.some((step) => !its.has(nameOf(step)))
  // Before the transaction if it can be, each step in its own as ever: no data changes by it, and a step may use what an
  // earlier one must have committed (a value added to an enum, before PostgreSQL 17).
  if (!isPastThem) await toItsSteps()
  await client.query('begin')
  if (isPastThem) {
    await dropAll(client, applied)
    await toItsSteps()
  }
  const left = await fill(client, placing, backup, await stepsApplied(client, known))
  await client.query('set local synchronous_commit = on')
  await client.query('commit')
  return left
}

async function refuseWithoutAccounts(client: Client, { steps }: Backup): Promise<void> {
  if (!ourSchemas(steps).includes('auth') && !(await authIsForeign(client)))
    throw new CannotStart('this backup is of a hosted project, whose accounts no backup of ours holds: restore it on one that has them')
}

async function refuseToOverwrite(client: Client, applied: Step[]): Promise<void> {
  const filled = tablesFilledBy(applied)
  const tables = (await tablesIn(client, ourSchemas(applied))).map(({ table }) => table).filter((table) => !filled.includes(table))
  const { rows } = await client.query<{ look: string | null }>(
    `select string_agg(format('select %L as table where exists (select from %s)', name, name::regclass), ' union all ') as look from unnest($1::text[]) name`,
    [tables],
  )
  const used = rows[0]?.look ? (await client.query<{ table: string }>(rows[0].look)).rows.map(({ table }) => table) : []
  if (used.length > 0)
    throw new CannotStart(
      `this database holds data already (${used.slice(0, 5).join(', ')}${used.length > 5 ? ' …' : ''}); restore into an empty one, or add --overwrite to replace it all`,
    )
}

// The tables have outgrown the backup: they are made anew as they were then.
async function dropAll(client: Client, applied: Step[]): Promise<void> {
  await perform(client, `select format('drop schema if exists %I cascade', name) as statement from unnest($1::text[]) name`, [
    [...ourSchemas(applied), 'pgboss'],
  ])
  await client.query('delete from migrations.steps')
}
