import type { ClientBase } from 'pg'
import type { Step } from '#platform/database/steps.ts'

/** A name as SQL writes it, and the columns that can be written. */
export type Table = { table: string; columns: string[] }

// Ours is what our migrations made: others may keep schemas of their own in the same database, and a hosted project does. What
// is made only if it is not there is theirs.
// The schema of pg-boss we make but do not fill (unfinished.ts).
export const ourSchemas = (steps: Step[]): string[] =>
  steps.flatMap(({ bare }) => /^create schema (?!if\b)(\w+)/i.exec(bare)?.[1] ?? []).filter((schema) => schema !== 'pgboss')

/** Rows in such a table are no sign that somebody has used the database. */
export const tablesFilledBy = (steps: Step[]): string[] =>
  steps.filter(({ bare }) => /^(?:insert|with|do)\b/i.test(bare)).flatMap(({ bare }) => inserts(bare))
const inserts = (bare: string) => [...bare.matchAll(/\binsert into (\w+\.\w+)/gi)].map(([, table]) => table!)

export async function tablesIn(client: ClientBase, schemas: string[]): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.oid::regclass::text as table, array_agg(attname::text order by attnum) as columns
     from pg_class c join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
     where relkind = 'r' and relnamespace = any ($1::text[]::regnamespace[])
     group by c.oid order by 1`,
    [schemas],
  )
  return rows
}

export async function sequencesIn(client: ClientBase, schemas: string[]): Promise<Sequence[]> {
  const { rows } = await client.query<{ look: string | null }>(
    `select string_agg(format('select %L as name, last_value::text, is_called from %s', oid::regclass, oid::regclass), ' union all ' order by oid) as look
     from pg_class where relkind = 'S' and relnamespace = any ($1::text[]::regnamespace[])`,
    [schemas],
  )
  const look = rows[0]?.look
  return look ? (await client.query<Sequence>(look)).rows : []
}
export type Sequence = { name: string; last_value: string; is_called: boolean }

/** Schemas with tables that no migration of ours made, and nobody knows by heart. */
export async function otherSchemas(client: ClientBase, ours: string[]): Promise<string[]> {
  const { rows } = await client.query<{ schema: string }>(
    `select distinct nspname::text as schema from pg_class join pg_namespace n on n.oid = relnamespace
     where relkind in ('r', 'p', 'm') and nspname !~ '^pg_' and nspname not in ('information_schema', 'migrations', 'pgboss')
       and nspname <> all ($1) order by 1`,
    [ours],
  )
  return rows.map(({ schema }) => schema)
}
