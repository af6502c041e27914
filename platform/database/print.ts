import type { Client } from 'pg'

// Prints, from the database and its privileges, what each role may read, write and call (roles.ts). A column a role may
// not see does not exist for it, in TypeScript as in PostgreSQL.

const roles = { anon: 'Anon', authenticated: 'Authenticated', service_role: 'Service' } as const
type Role = keyof typeof roles

type Column = {
  schema: string
  relation: string
  name: string
  type: string
  generated: boolean
  optional: boolean
  nullable: boolean
  words: string[] | null
} & Record<`${Role}_${Verb}`, boolean>
type Verb = 'select' | 'insert' | 'update'
type Routine = { schema: string; name: string; set: boolean; returns: string; args: Arg[] } & Record<Role, boolean>
type Arg = { name: string; type: string; mode: string; optional: boolean }

/** The text of `tables.gen.ts` for each schema that any of the roles can reach. */
export async function printTypes(client: Client): Promise<Map<string, string>> {
  const { rows: columns } = await client.query<Column>(columnsSql)
  const { rows: routines } = await client.query<Routine>(routinesSql)
  const schemas = [...new Set([...columns, ...routines].map(({ schema }) => schema))].sort()
  return new Map(
    schemas.flatMap((schema) => {
      const here = <T extends { schema: string }>(list: T[]) => list.filter((item) => item.schema === schema)
      const blocks = Object.keys(roles).flatMap((role) => [
        ...tablesFor(role as Role, here(columns)),
        ...functionsFor(role as Role, here(routines)),
      ])
      return blocks.length === 0 ? [] : [[schema, page(blocks)] as const]
    }),
  )
}

const page = (blocks: string[]) => `// Printed from the database and its privileges by \`npm run types\`. Not to be edited.
${blocks.some((block) => block.includes('Column<')) ? "import type { Column } from '#platform/database/roles.ts'" : 'export {}'}

declare module '#platform/database/roles.ts' {
${blocks.join('\n')}
}
`

function tablesFor(role: Role, columns: Column[]): string[] {
  const tables = Map.groupBy(columns, ({ schema, relation }) => `${schema}.${relation}`)
  const printed = [...tables].flatMap(([table, columns]) => {
    const lines = columns.flatMap((column) => columnFor(role, column))
    return lines.length === 0 ? [] : [`    '${table}': {\n${lines.map((line) => `      ${line}\n`).join('')}    }`]
  })
  return printed.length === 0 ? [] : [`  interface ${roles[role]}Tables {\n${printed.join('\n')}\n  }`]
}

function columnFor(role: Role, column: Column): string[] {
  const may = (verb: Verb) => column[`${role}_${verb}`] && (verb === 'select' || !column.generated)
  if (!may('select') && !may('insert') && !may('update')) return []
  const type = typed(column.type, column.words) + (column.nullable ? ' | null' : '')
  const inserted = column.optional || column.nullable ? `${type} | undefined` : type
  const parts = [may('select') ? type : 'never', may('insert') ? inserted : 'never', may('update') ? type : 'never']
  while (parts.length > 1 && parts.at(-1) === 'never') parts.pop()
  return [`${column.name}: Column<${parts.join(', ')}>`]
}

function functionsFor(role: Role, routines: Routine[]): string[] {
  const printed = routines
    .filter((routine) => routine[role])
    .map((routine) => `    '${routine.schema}.${routine.name}': { input: ${inputOf(routine)}; ${returnOf(routine)} }`)
  return printed.length === 0 ? [] : [`  interface ${roles[role]}Functions {\n${printed.join('\n')}\n  }`]
}

function inputOf({ args }: Routine): string {
  const given = args
    .filter(({ mode }) => mode === 'i')
    .map(({ name, type, optional }) => `${name}${optional ? '?' : ''}: ${typed(type, null)}${optional ? ' | undefined' : ' | null'}`)
  return given.length === 0 ? 'Record<never, never>' : `{ ${given.join('; ')} }`
}

function returnOf({ args, returns, set, name }: Routine): string {
  const row = args.filter(({ mode }) => mode === 't' || mode === 'o').map(({ name, type }) => `${name}: ${typed(type, null)} | null`)
  if (row.length > 0) return set ? `rows: { ${row.join('; ')} }[]` : `returns: { ${row.join('; ')} }`
  if (set) return `rows: { ${name}: ${typed(returns, null)} }[]`
  return `returns: ${returns === 'void' ? 'void' : typed(returns, null)}`
}

// As values.ts parses them.
function typed(type: string, words: string[] | null): string {
  if (words) return words.map((word) => JSON.stringify(word).replaceAll('"', "'")).join(' | ')
  if (type.endsWith('[]')) return `(${typed(type.slice(0, -2), null)})[]`
  if (['int2', 'int4', 'int8', 'float4', 'float8', 'oid'].includes(type)) return 'number'
  if (type === 'bool') return 'boolean'
  if (type === 'bytea') return 'Buffer'
  if (type === 'json' || type === 'jsonb') return 'unknown'
  return 'string'
}

const inPeoplesReach = `n.nspname !~ '^(pg_|information_schema$)' and n.nspname not in ('public', 'extensions', 'storage', 'realtime', 'pgboss', 'migrations')`
const typeName = (of: string) =>
  `case when ${of}.typelem <> 0 and ${of}.typcategory = 'A' then (select e.typname from pg_type e where e.oid = ${of}.typelem) || '[]' else ${of}.typname end`
const privileges = Object.keys(roles)
  .flatMap((role) =>
    ['select', 'insert', 'update'].map((verb) => `has_column_privilege('${role}', c.oid, a.attnum, '${verb}') as ${role}_${verb}`),
  )
  .join(', ')

const columnsSql = `
select n.nspname as schema, c.relname as relation, a.attname as name, ${typeName('t')} as type, not a.attnotnull as nullable,
  a.atthasdef or a.attidentity <> '' as optional, a.attgenerated <> '' or a.attidentity = 'a' as generated, ${privileges},
  coalesce(
    (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
    -- CHECK (kind = ANY (ARRAY['a'::text, 'b'::text])): the words a text column may hold
    (select (select array_agg(m[1]) from regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''::', 'g') m)
     from pg_constraint k
     where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
       and pg_get_constraintdef(k.oid) ~ ('^CHECK \\(\\((\\()?' || a.attname || '(\\)::text)? = ANY \\(+ARRAY\\[')
     order by k.conname limit 1)) as words
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and ${inPeoplesReach}
order by 1, 2, a.attnum`

const routinesSql = `
select n.nspname as schema, p.proname as name, p.proretset as set, ${typeName('t')} as returns,
  ${Object.keys(roles)
    .map((role) => `has_function_privilege('${role}', p.oid, 'execute') as ${role}`)
    .join(', ')},
  coalesce((select json_agg(json_build_object(
      'name', p.proargnames[i], 'type', (select ${typeName('at')} from pg_type at where at.oid = x.type), 'mode', coalesce(p.proargmodes[i]::text, 'i'),
      'optional', i > p.pronargs - p.pronargdefaults) order by i)
    from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as x(type, i)), '[]') as args
from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_type t on t.oid = p.prorettype
where p.prokind = 'f' and t.typname <> 'trigger' and (p.pronargs = 0 or p.proargnames is not null) and ${inPeoplesReach}
order by 1, 2, p.oid`
