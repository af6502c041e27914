import pg from 'pg'
import type { Statement } from '#platform/database/batch.ts'
import type { Known } from '#tests/database.ts'

// How the database went about a query: every plan of every statement in it, also those inside functions, as auto_explain tells
// them to whoever may load it (a superuser, before taking on the role of the person who asks).
export type Plan = { text: string; root: Node }
export type Node = {
  type: string
  relation?: string
  index?: string
  conditions: string[]
  rows: number
  looked: number
  loops: number
  below: Node[]
}
export type Seen = { plans: Plan[]; calls: Map<string, number>; answered: number }

/** Asks inside a transaction that is rolled back; `first` may break something in it. */
export async function explained(
  url: string,
  { role, claims }: Known,
  statements: Statement[],
  first: string[] = [],
  generic = false,
): Promise<Seen> {
  const client = new pg.Client({ connectionString: url })
  const plans: Plan[] = []
  client.on('notice', ({ message = '' }) => {
    const at = message.indexOf('plan:\n')
    if (message.startsWith('duration: ') && at > 0) plans.push(planOf(message.slice(at + 6)))
  })
  await client.connect()
  try {
    await client.query(`load 'auto_explain'`)
    await client.query('begin')
    for (const statement of first) await client.query(statement)
    await client.query(`select set_config('auto_explain.' || name, value, true) from (values ('log_min_duration', '0'), ('log_analyze', 'on'),
      ('log_timing', 'off'), ('log_nested_statements', 'on'), ('log_format', 'json'), ('log_level', 'notice')) s (name, value)`)
    if (generic) await client.query('set local plan_cache_mode = force_generic_plan')
    await client.query(`set local track_functions = 'all'`)
    await client.query(
      `select set_config('TimeZone', 'UTC', true), set_config('request.jwt.claims', $2, true), set_config('role', $1, true)`,
      [role, claims],
    )
    let answered = 0
    for (const { text, values = [] } of statements) answered += (await client.query(text, [...values])).rows.length
    await client.query('reset role') // and the last plan is told
    const seen = plans.filter(({ text }) => !text.includes('set_config'))
    const { rows } = await client.query<{ name: string; calls: number }>(
      `select schemaname || '.' || funcname as name, calls::int from pg_stat_xact_user_functions order by calls desc`,
    )
    return { plans: seen, calls: new Map(rows.map(({ name, calls }) => [name, calls])), answered }
  } finally {
    await client.query('rollback')
    await client.end()
  }
}

type Told = Record<string, unknown> & { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Told[] }
function planOf(json: string): Plan {
  const told = JSON.parse(json) as { 'Query Text': string; Plan: Told }
  return { text: told['Query Text'], root: nodeOf(told.Plan) }
}

const conditions = ['Filter', 'Join Filter', 'Index Cond', 'Recheck Cond', 'Hash Cond', 'Merge Cond', 'Order By']
function nodeOf(told: Told): Node {
  const number = (name: string) => Number(told[name] ?? 0)
  const loops = number('Actual Loops')
  const passedBy = number('Rows Removed by Filter') + number('Rows Removed by Index Recheck')
  return {
    type: told['Node Type'],
    ...(told['Relation Name'] ? { relation: told['Relation Name'] } : {}),
    ...(told['Index Name'] ? { index: told['Index Name'] } : {}),
    conditions: conditions.filter((name) => told[name]).map((name) => `${name}: ${String(told[name])}`),
    rows: number('Actual Rows') * loops,
    looked: (number('Actual Rows') + passedBy) * loops,
    loops,
    below: (told.Plans ?? []).map(nodeOf),
  }
}

export function* nodes(node: Node): Generator<Node> {
  yield node
  for (const below of node.below) yield* nodes(below)
}

/** For who wants to read it. */
export function drawn(node: Node, depth = 0): string {
  const line = `${'  '.repeat(depth)}${node.type} ${node.relation ?? ''} ${node.index ?? ''} rows ${node.rows} looked ${node.looked} loops ${node.loops} ${node.conditions.join(' | ')}`
  return [line, ...node.below.map((below) => drawn(below, depth + 1))].join('\n')
}

// Where nobody reads from end to end: the tables, and by which column each of their indexes begins.
export type Large = { tables: Set<string>; indexes: Map<string, string> }

export async function largeOnes(owner: pg.Client, rows: number): Promise<Large> {
  const { rows: found } = await owner.query<{ relation: string; index: string; first: string }>(
    `select t.relname as relation, c.relname as index, a.attname as first
     from pg_class t join pg_index i on i.indrelid = t.oid join pg_class c on c.oid = i.indexrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
     where t.relkind = 'r' and t.reltuples >= $1`,
    [rows],
  )
  return { tables: new Set(found.map(({ relation }) => relation)), indexes: new Map(found.map(({ index, first }) => [index, first])) }
}

/** What is wrong with how a query was answered; nothing, if nothing is. */
export function faults({ plans, calls }: Seen, large: Large, looks = 1_000): string[] {
  const all = plans.flatMap(({ root }) => [...nodes(root)])
  const scanned = all.filter(({ type, relation = '' }) => type === 'Seq Scan' && large.tables.has(relation))
  const walked = all.filter(({ index = '', conditions }) => {
    const asked = conditions.find((condition) => condition.startsWith('Index Cond'))
    return asked !== undefined && large.indexes.has(index) && !new RegExp(`\\b${large.indexes.get(index)!}\\b`).test(asked)
  })
  const asking = all.filter(
    ({ conditions, looked }) => looked > 3 && conditions.some((condition) => /\b(?:auth\.uid|current_setting)\(/.test(condition)),
  )
  const looked = all.filter(({ relation = '' }) => large.tables.has(relation)).reduce((sum, node) => sum + node.looked, 0)
  return [
    ...scanned.map(({ relation }) => `reads all of ${relation}`),
    ...walked.map(({ index }) => `walks all of ${index}`),
    ...asking.map(({ relation = 'a join' }) => `reckons who asks for each row of ${relation}`),
    ...[...calls].filter(([, times]) => times > 3).map(([name, times]) => `calls ${name} ${times} times`),
    ...(looked > looks ? [`looks at ${Math.round(looked)} rows`] : []),
  ]
}

/** As a statement: this index is gone, and what rests on it. */
export function without(index: string): string {
  return `do $$ declare c record; begin
    select conrelid::regclass as of, conname as name into c from pg_constraint where conindid = '${index}'::regclass and contype in ('p', 'u', 'x');
    if found then execute format('alter table %s drop constraint %I cascade', c.of, c.name); else drop index ${index}; end if;
  end $$`
}
