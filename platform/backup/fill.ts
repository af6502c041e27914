import { type Client, DatabaseError } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import type { Step } from '#platform/database/steps.ts'
import type { Backup } from './check.ts'
import { plainly, writeRows } from './copy.ts'
import { perform } from './perform.ts'
import type { Placing } from './place.ts'
import { readArchive } from './read.ts'
import { ourSchemas, tablesIn, type Sequence } from './tables.ts'

/** Within a transaction: empties all tables, and fills them from the backup; unpacks keys and files on the way. Names what nothing here takes. */
export async function fill(client: Client, placing: Placing, backup: Backup, applied: Step[]): Promise<string[]> {
  const schemas = ourSchemas(applied)
  const tables = (await tablesIn(client, schemas)).map(({ table }) => table)
  const links = await putAway(client, schemas)
  await perform(client, withAll, ['truncate', tables])
  await emptyQueue(client, applied)
  await setSequences(client, backup.label.sequences)
  await client.query(plainly)

  const left: string[] = []
  const awaited = new Map(backup.label.rows.map((content) => [content.section, content]))
  for await (const { name, bytes } of readArchive(backup.file)) {
    if (/^(?:keys|files)\//.test(name)) await placing.unpack(name, bytes, backup.totals.shortened[name])
    const content = awaited.get(name)
    if (!content) continue
    awaited.delete(name)
    if (!tables.includes(content.table)) left.push(content.table)
    else if ((await writeRows(client, content, bytes)) !== backup.totals.rows[name]) throw new Error(`not every row of ${name} arrived`)
  }
  if (awaited.size > 0) throw new Error(`the backup holds no rows of ${[...awaited.keys()].join(', ')}, not even none`)
  await putBack(client, links)
  await perform(client, withAll, ['analyze', tables]) // else PostgreSQL plans as if they were empty
  return left
}

const withAll = `select $1::text || ' ' || array_to_string($2::text[]::regclass[], ', ') as statement`

// Foreign keys would ask for an order that rows referring to each other in a circle do not have; triggers have done their
// work in the data already. No server needs a superuser for this. What is put back is checked anew, in one go.
type Link = { away: string; back: string }
async function putAway(client: Client, schemas: string[]): Promise<Link[]> {
  const { rows } = await client.query<Link>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as away,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(k.oid)) as back
     from pg_constraint k join pg_class c on c.oid = conrelid
     where contype = 'f' and conparentid = 0 and relnamespace = any ($1::text[]::regnamespace[])
     union all
     select format('alter table %s disable trigger %I', tgrelid::regclass, tgname),
       format('alter table %s enable %s trigger %I', tgrelid::regclass, case tgenabled when 'A' then 'always' when 'R' then 'replica' end, tgname)
     from pg_trigger t join pg_class c on c.oid = tgrelid
     where not tgisinternal and tgparentid = 0 and tgenabled <> 'D' and relnamespace = any ($1::text[]::regnamespace[])`,
    [schemas],
  )
  for (const { away } of rows) await client.query(away)
  return rows
}

async function putBack(client: Client, links: Link[]): Promise<void> {
  try {
    for (const { back } of links) await client.query(back)
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === foreignKeyViolation)) throw error
    const { schema, table, constraint } = error
    throw new CannotStart(
      `rows of ${schema}.${table} refer to others that are not here (${constraint}); if it is accounts of a hosted project, bring those over first`,
    )
  }
}
const foreignKeyViolation = '23503'

// The queue of what was here before. Its tables are the worker login's, but the schema is ours, and made by these steps.
async function emptyQueue(client: Client, applied: Step[]): Promise<void> {
  await client.query('drop schema if exists pgboss cascade')
  for (const { sql } of applied.filter(({ bare }) => /\bschema pgboss\b/.test(bare))) await client.query(sql)
}

// RESTART gives a sequence a new file that comes and goes with the transaction; setval alone would outlive a rollback.
async function setSequences(client: Client, sequences: Sequence[]): Promise<void> {
  for (const { name, last_value, is_called } of sequences) {
    await perform(client, `select format('alter sequence %s restart', to_regclass($1)) as statement where to_regclass($1) is not null`, [
      name,
    ])
    await client.query('select setval(to_regclass($1), $2, $3)', [name, last_value, is_called])
  }
}
