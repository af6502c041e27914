import { globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { TestDatabase } from '#tests/database.ts'

/** Where in the whole database one of these words stands: every row of every table there is, as text, and bytes as they would be written in it. */
export async function tracesInTables(db: TestDatabase, words: readonly string[]): Promise<string[]> {
  const patterns = words.flatMap((word) => [`%${word}%`, `%${Buffer.from(word).toString('hex')}%`])
  const tables = await db.sql<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await db.sql<{ row: string }>(`select t::text as row from ${name} t where t::text ilike any ($1)`, [patterns])
    found.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  return found
}

export const tracesInFiles = (folder: string, words: readonly string[]): string[] =>
  globSync('**/*', { cwd: folder }).filter((name) => {
    const file = path.join(folder, name)
    if (!statSync(file).isFile()) return false
    const bytes = readFileSync(file)
    return words.some((word) => name.includes(word) || bytes.includes(word))
  })

export const tracesInLines = (lines: readonly string[], words: readonly string[]): string[] =>
  lines.filter((line) => words.some((word) => line.toLowerCase().includes(word.toLowerCase())))
