import { globSync } from 'node:fs'
import path from 'node:path'
import type { ClientBase, QueryResult } from 'pg'
import { root } from '#platform/configuration/environment.ts'
import { functionRules } from './rules/functions.ts'
import { grantRules } from './rules/grants.ts'
import { loginRules } from './rules/logins.ts'
import { policyRules } from './rules/policies.ts'
import type { Row } from './rules/rule.ts'
import { tableRules } from './rules/tables.ts'
import { type Rules, type Written, writtenRules } from './rules/written.ts'

// Section 3 of the design, "Policies and grants", asked of every table, view, sequence and function there is.
export const rules = [...tableRules, ...policyRules, ...grantRules, ...functionRules, ...loginRules, ...writtenRules]

export type Finding = { rule: string; says: string }

/** What the rules find in a database, asked as the owner who migrated it; all in one trip. */
export async function findings(client: ClientBase, written: Written): Promise<Finding[]> {
  const empty = `set search_path = ''` // so that every name is printed with its schema
  const answers: unknown = await client.query([empty, ...rules.map(({ looks }) => looks)].join(';\n'))
  const [, ...looked] = answers as QueryResult<Row>[]
  return rules.flatMap(({ name, finds }, at) => finds(looked[at]!.rows, written).map((says) => ({ rule: name, says })))
}

/** The rules written beside the migrations of this version, and the sample's. */
export async function readWritten(): Promise<Written> {
  const written: Written = new Map()
  for (const file of globSync(['{platform,domains}/*/tests/rules.ts', 'tests/sample/rules.ts'], { cwd: root })) {
    const { rules } = (await import(path.join(root, file))) as { rules: Rules }
    for (const [name, its] of writtenIn(file, rules)) {
      const before = written.get(name)
      if (before) throw new Error(`${name} has rules in ${before.file} and in ${file}: one place is enough`)
      written.set(name, its)
    }
  }
  return written
}

export const writtenIn = (file: string, rules: Rules): Written =>
  new Map(Object.entries(rules).map(([name, rules]) => [name, { rules, file }]))
