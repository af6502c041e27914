import { among, type Row, type Rule } from './rule.ts'

// Who may do what, written by hand in the `tests/rules.ts` of the folder whose migration grants it:
//
//   'sample.notes': { authenticated: { select: ['id', 'title'], insert: ['title'], delete: true } },
//   'sample.count_notes()': ['authenticated'],
//   'private.asker()': [],
//
// Never printed from a database: that two hands say the same is the point.
export type Rules = Record<string, ForRows | MayExecute>

/** Of a table, view or sequence: what each role may do. */
export type ForRows = Partial<Record<Role, May>> & {
  /** Columns that a policy or a foreign key uses and no index begins with, each with the reason why that is well. */
  unindexed?: Record<string, string>
}
/** 'every column' is a grant of the table itself, and of whatever is added to it later. */
export type May = { select?: Columns; insert?: Columns; update?: Columns; delete?: true; use?: true }
export type Columns = 'every column' | readonly string[]

/** Of a function: who may call it, beside the owner's own functions. */
export type MayExecute = readonly Role[]
type Role = 'anon' | 'authenticated' | 'service_role' | 'vivavoce_app' | 'vivavoce_worker'

export type Written = Map<string, { rules: ForRows | MayExecute; file: string }>

export const writtenRules: Rule[] = [
  {
    name: 'what is granted is written down, and what is written down is granted',
    looks: among(`
      select kind, name, verb, "column", grantee from (
        select case kind when 'S' then 'sequence' when 'v' then 'view' else 'table' end as kind, name from relations
        where kind in ('r', 'p', 'v', 'S') and not exists (   -- a sequence behind an identity column is not a thing of its own
          select from pg_depend d where d.objid = relations.oid and d.classid = 'pg_class'::regclass and deptype = 'i')
        union all
        select 'function', name from functions
      ) things left join (
        select * from grants where grantee in ('anon', 'authenticated', 'service_role', 'vivavoce_app', 'vivavoce_worker')
          and verb in ('select', 'insert', 'update', 'delete', 'use', 'execute') and kind not in ('schema', 'type')
      ) granted using (kind, name)`),
    finds: (rows, written) => [...Map.groupBy(rows, ({ name }) => name!)].flatMap(([name, rows]) => compared(name, rows, written)),
  },
  {
    name: 'what rules are written for exists',
    looks: among(`select name from relations union all select name from functions`),
    finds: (rows, written) => {
      const names = new Set(rows.map(({ name }) => name))
      return [...written]
        .filter(([name]) => !names.has(name))
        .map(([name, { file }]) => `${file} has rules for ${name}, which does not exist: strike them out`)
    },
  },
]

export function needsNone(written: Written, table: string, columns: string): boolean {
  const rules = written.get(table)?.rules
  return rules !== undefined && 'unindexed' in rules && rules.unindexed?.[columns] !== undefined
}

function compared(name: string, rows: Row[], written: Written): string[] {
  const entry = written.get(name)
  if (!entry) return [`${name} has no written rules: say in the tests/rules.ts of its folder who may do what with it`]
  const granted = new Set(rows.filter(({ grantee }) => grantee).map(({ grantee, verb, column }) => right(grantee!, verb!, name, column)))
  const said = new Set(rights(name, entry.rules))
  return [
    ...[...granted.difference(said)].map((right) => `${right}, which ${entry.file} does not say: revoke it, or write it there`),
    ...[...said.difference(granted)].map((right) => `${entry.file} says that ${right}, which nothing grants: grant it, or strike it out`),
  ]
}

function rights(name: string, rules: ForRows | MayExecute): string[] {
  if (isMayExecute(rules)) return rules.map((role) => right(role, 'execute', name))
  const { unindexed: _, ...roles } = rules
  return Object.entries(roles).flatMap(([role, may]) =>
    Object.entries(may).flatMap(([verb, columns]) =>
      Array.isArray(columns) ? columns.map((column: string) => right(role, verb, name, column)) : right(role, verb, name),
    ),
  )
}

function right(role: string, verb: string, name: string, column?: string | null): string {
  if (column) return `${role} may ${verb} ${name}.${column}`
  return `${role} may ${verb} ${['select', 'insert', 'update'].includes(verb) ? `every column of ${name}` : name}`
}

const isMayExecute = (rules: ForRows | MayExecute): rules is MayExecute => Array.isArray(rules)
