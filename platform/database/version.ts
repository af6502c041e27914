import type { ClientBase } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'

// The row-level security of older ones can be read around through the planner's statistics (CVE-2025-8713, and some before it).
const safe: Record<number, number> = { 15: 14, 16: 10, 17: 6, 18: 0 }
const newest: Record<number, number> = { 15: 18, 16: 14, 17: 10, 18: 4 } // in November 2026

export async function checkVersion(client: ClientBase, say: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
  const word = judge(Number(rows[0]?.server_version_num))
  if (word) say(word)
}

// Throws what stops us, answers what the operator should hear.
export function judge(version: number): string | undefined {
  const major = Math.floor(version / 10_000)
  const minor = version % 10_000
  const name = `PostgreSQL ${major}.${minor}`
  if (major < 15)
    throw new CannotStart(
      `this database is ${name}; Vivavoce needs PostgreSQL 15 or later: upgrade the server, or unset DATABASE_URL to use the built-in one`,
    )
  const floor = safe[major]
  const latest = newest[major]
  if (floor === undefined || latest === undefined)
    return `this database is ${name}; this version of Vivavoce was tried with PostgreSQL 15 to 18`
  if (minor < floor)
    throw new CannotStart(
      `this database is ${name}, which can leak rows that a person may not see (CVE-2025-8713): update the server to ${major}.${latest} or later`,
    )
  if (minor < latest) return `this database is ${name}; update the server to ${major}.${latest} or later, which closes known security holes`
  return undefined
}
