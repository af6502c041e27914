import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from, to } from 'pg-copy-streams'
import type { Bytes } from './archive.ts'
import type { Table } from './tables.ts'

// Rows travel as PostgreSQL's own text, which each version since 15 reads as each other one wrote it.
// https://www.postgresql.org/docs/current/sql-copy.html

/** How values are written must not hang on what somebody set for a login or a database. */
export const plainly = `
  set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = 'hex';`

export async function* rowsOf(client: ClientBase, table: Table): AsyncGenerator<Buffer> {
  yield* selected(client, await statement(client, table, 'to stdout'))
}

/** What a COPY … TO STDOUT gives. */
export async function* selected(client: ClientBase, copy: string): AsyncGenerator<Buffer> {
  yield* client.query(to(copy)) as AsyncIterable<Buffer>
}

/** A row ends in a line break; one within a value is written as a backslash and an n. */
export function rowsIn(bytes: Buffer): number {
  let rows = 0
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) rows++
  return rows
}

/** How many rows it became. */
export async function writeRows(client: ClientBase, table: Table, bytes: Bytes): Promise<number> {
  const copy = client.query(from(await statement(client, table, 'from stdin')))
  await pipeline(bytes, copy)
  return copy.rowCount
}

async function statement(client: ClientBase, { table, columns }: Table, direction: string): Promise<string> {
  const { rows } = await client.query<{ copy: string }>(
    `select format('copy %s (%s) %s', $1::text::regclass, string_agg(quote_ident(name), ', ' order by place), $3::text) as copy
     from unnest($2::text[]) with ordinality as columns (name, place)`,
    [table, columns, direction],
  )
  return rows[0]!.copy
}
