import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Statement, statements } from './statements.ts'

// What is applied in one transaction: a statement, and those that close what it opened. How files are cut and summed up is
// remembered by every database there is (record.sql): to change it would make them all refuse the files they know.
export type Step = {
  folder: string
  file: string
  step: number
  line: number
  sql: string
  bare: string // all that PostgreSQL acts on: without comments and line breaks
  checksum: string // of that, so the comments of an old migration may still be made better
}

// Whichever folder they lie in, files have one order: by name, which begins with the date and the number on that day.
export async function readSteps(folders: string[]): Promise<Step[]> {
  const files = (await Promise.all(folders.map(migrationsIn))).flat().sort((a, b) => (a.file < b.file ? -1 : 1))
  files.forEach(({ folder, file }, index) => {
    if (!/^\d{4}-\d{2}-\d{2}-\d{2}-[a-z0-9-]+\.sql$/.test(file))
      throw new Error(
        `${folder}/${file} should be named after its date, its number on that day and what it does: 2026-11-20-01-refusals.sql`,
      )
    if (file === files[index + 1]?.file) throw new Error(`${file} exists twice, and a migration is known by its name alone`)
  })
  const steps = files.map(async ({ folder, file }) => cut(await readFile(path.join(folder, file), 'utf8'), folder, file))
  return (await Promise.all(steps)).flat()
}

async function migrationsIn(folder: string): Promise<{ folder: string; file: string }[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql'))
  if (files.length === 0) throw new Error(`${folder} holds no migrations`)
  return files.map((file) => ({ folder, file }))
}

function cut(sql: string, folder: string, file: string): Step[] {
  const steps: Statement[][] = []
  for (const statement of statements(sql, file)) {
    if (ends.test(statement.bare)) throw new Error(`${file}, line ${statement.line}: each step is a transaction of its own already`)
    const open = steps.at(-1)
    if (open && closes.test(statement.bare)) open.push(statement)
    else steps.push([statement])
  }
  return steps.map((parts, index) => {
    const bare = parts.map(({ bare }) => bare).join(';')
    const checksum = createHash('sha256').update(bare).digest('hex')
    return { folder, file, step: index + 1, line: parts[0]?.line ?? 1, sql: parts.map(({ text }) => text).join('\n'), bare, checksum }
  })
}

const ends = /^(?:begin|start transaction|commit|end|rollback|abort|savepoint|release|prepare transaction)\b/i

// PUBLIC may execute a new function. Between two transactions somebody could, so the revoke belongs to the same one.
const closes = /^(?:revoke|comment on|alter table \S+ enable row level security)\b/i
