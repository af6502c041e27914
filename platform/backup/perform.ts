import type { ClientBase } from 'pg'

/** Runs the statements that a query writes: PostgreSQL knows best how its own names are quoted. */
export async function perform(client: ClientBase, writing: string, values: unknown[] = []): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(writing, values)
  for (const { statement } of rows) await client.query(statement)
}
