import type { ClientBase, DatabaseError } from 'pg'
import { as, type Asker, named, people, person, quoted, type Table, tablesOf, type WrittenCells } from './matrix.ts'

// What the policies do not hold: constraints look at all rows, whoever asks, and the planner may run a filter first. Each probe
// is generated from the catalogue and tried for real, on the rows of the demo world. Inside a transaction that the caller rolls back.

type Key = { table: string; name: string; kind: 'unique' | 'foreign'; columns: string[]; of: string | null; ofColumns: string[] }
type Row = Record<string, unknown>

/**
 * Whether a person who inserts or updates what is theirs can tell a row that exists, and that they do not see, from one that does
 * not: by a foreign key, by a unique index, or by ON CONFLICT. Where that is well, `tells` of the cells gives the reason.
 */
export async function oracles(db: ClientBase, cells: WrittenCells, only?: string): Promise<{ tried: number; findings: string[] }> {
  const tables = (await tablesOf(db)).filter(({ name, view }) => !view && (!only || name === only))
  const keys = await keysOf(db)
  const findings: string[] = []
  let tried = 0
  for (const table of tables) {
    const its = cells.get(table.name)
    if (!its) continue
    const told: { key: string; says: string }[] = []
    for (const attempt of await attemptsOn(db, table, its.cells)) {
      for (const key of keys.filter(({ table: of }) => of === table.name)) {
        const columns = key.columns.filter((column) => attempt.columns.includes(column))
        if (columns.length === 0) continue
        tried++
        const how = key.kind === 'foreign' ? await tellsByForeignKey(db, attempt, key) : await tellsByUnique(db, attempt, key)
        if (how)
          told.push({
            key: key.name,
            says: `${attempt.asker.name} can ${attempt.verb} ${table.name} so that ${key.name} tells ${how} exists that they do not see`,
          })
      }
    }
    const listed = its.cells.tells ?? {}
    for (const { key, says } of told)
      if (!listed[key]) findings.push(`${says}: take the right away, or give the reason in ${its.file}, under tells`)
    for (const name of Object.keys(listed))
      if (!told.some(({ key }) => key === name))
        findings.push(`${its.file} says that ${name} of ${table.name} tells something, and it does not: strike it out`)
  }
  return { tried, findings }
}

/** Something that a person may write, with other values in some columns. Answers what came of it. */
type Attempt = {
  asker: Asker
  verb: 'insert' | 'update'
  columns: string[]
  row: Row
  with: (changes: Row, suffix?: string) => Promise<string>
}

async function attemptsOn(
  db: ClientBase,
  table: Table,
  { person: reach = {} }: NonNullable<ReturnType<WrittenCells['get']>>['cells'],
): Promise<Attempt[]> {
  const { name } = table
  const { insert: mayInsert, update: mayUpdate } = table.may.authenticated
  const bare = name.slice(name.indexOf('.') + 1)
  const attempts: Attempt[] = []

  for (const way of reach.insert ?? []) {
    const asker = person(way.as)
    const made = await as(db, asker, async (asOwner) => {
      await asOwner()
      const { rows: known } = await db.query<{ row: Row }>(`select to_jsonb(${bare}) as row from ${name}`)
      await db.query(`set local role ${asker.role}`)
      await db.query(named(way.sql, asker.id))
      await asOwner()
      const { rows } = await db.query<{ row: Row }>(`select to_jsonb(${bare}) as row from ${name}`)
      const seen = new Set(known.map(({ row }) => JSON.stringify(row)))
      return rows.find(({ row }) => !seen.has(JSON.stringify(row)))?.row
    })
    if (!made || made instanceof Error) continue // the matrix says so
    const given = mayInsert.filter((column) => made[column] !== null && !table.generated.includes(column))
    attempts.push({
      asker,
      verb: 'insert',
      columns: mayInsert,
      row: made,
      with: (changes, suffix = '') => {
        const columns = [...new Set([...given, ...Object.keys(changes)])].map(quoted).join(', ')
        const text = `insert into ${name} (${columns}) select ${columns} from jsonb_populate_record(null::${name}, $1) ${suffix}`
        return outcome(db, asker, text, [JSON.stringify({ ...made, ...changes })])
      },
    })
  }

  if (mayUpdate.length > 0 && (reach.update ?? []).length > 0)
    for (const asker of people) {
      const own = await ownRow(db, table, asker)
      if (!own) continue
      attempts.push({
        asker,
        verb: 'update',
        columns: mayUpdate,
        row: own.row,
        with: (changes) => {
          const set = Object.keys(changes).map((column) => `${quoted(column)} = changed.${quoted(column)}`)
          const text = `update ${name} set ${set.join(', ')} from jsonb_populate_record(null::${name}, $1) changed where ${own.where}`
          return outcome(db, asker, text, [JSON.stringify({ ...own.row, ...changes })])
        },
      })
      break // one of them is enough
    }
  return attempts
}

/** A row that somebody can update, and how they name it. */
async function ownRow(db: ClientBase, { name, may }: Table, asker: Asker): Promise<{ row: Row; where: string } | undefined> {
  const bare = name.slice(name.indexOf('.') + 1)
  const columns = may.authenticated.select.map((column) => `${bare}.${quoted(column)}`)
  if (columns.length === 0) return undefined
  const it = `md5(row(${columns.join(', ')})::text)`
  const found = await as(db, asker, async (asOwner) => {
    const { rows } = await db.query<{ it: string }>(`select ${it} as it from ${name}`)
    for (const { it: value } of rows) {
      await db.query('savepoint one')
      const column = quoted(may.authenticated.update[0]!)
      const done = await db.query(`update ${name} set ${column} = ${column} where ${it} = '${value}'`).catch(() => ({ rowCount: 0 }))
      await db.query('rollback to one')
      if (done.rowCount === 1) {
        await asOwner()
        const whole = await db.query<{ row: Row }>(`select to_jsonb(${bare}) as row from ${name} where ${it} = '${value}'`)
        return { row: whole.rows[0]!.row, where: `${it} = '${value}'` }
      }
    }
    return undefined
  })
  return found instanceof Error ? undefined : found
}

// A row that is there and one that is not must end alike: whatever they end in.
async function tellsByForeignKey(db: ClientBase, attempt: Attempt, key: Key): Promise<string | null> {
  const hidden = await hiddenFrom(db, attempt.asker, key.of!, key.ofColumns)
  if (hidden.length === 0) return null
  const changed = (values: unknown[]) =>
    Object.fromEntries(key.columns.map((column, i) => [column, values[i]] as const).filter(([column]) => attempt.columns.includes(column)))
  const absent = await attempt.with(changed(hidden[0]!.map(nowhere)))
  for (const values of hidden) if ((await attempt.with(changed(values))) !== absent) return `whether a row of ${key.of}`
  return null
}

async function tellsByUnique(db: ClientBase, attempt: Attempt, key: Key): Promise<string | null> {
  const quiet = 'on conflict do nothing'
  for (const values of await hiddenFrom(db, attempt.asker, key.table, key.columns)) {
    const changes = Object.fromEntries(
      key.columns.map((column, i) => [column, values[i]] as const).filter(([column]) => attempt.columns.includes(column)),
    )
    const plain = await attempt.with(changes)
    const violation = plain.endsWith(` ${key.name}`)
    const upsert =
      attempt.verb === 'insert' &&
      (violation || !plain.startsWith('23505')) &&
      (await attempt.with(changes, quiet)) === '0 rows' &&
      (await attempt.with({}, quiet)) !== '0 rows'
    const ways = [violation && 'by a violation', upsert && 'by ON CONFLICT'].filter(Boolean)
    if (ways.length > 0) return `${ways.join(' and ')} whether a row of ${key.table}`
  }
  return null
}

/** A few rows that are there and that somebody does not see, by these columns. */
async function hiddenFrom(db: ClientBase, asker: Asker, table: string, columns: string[]): Promise<unknown[][]> {
  const text = `select distinct ${columns.map((column) => `${quoted(column)}::text`).join(', ')} from ${table}`
  const ask = async () => (await db.query<unknown[]>({ text, rowMode: 'array' })).rows.filter((row) => !row.includes(null))
  const all = await ask()
  const seen = await as(db, asker, ask)
  const visible = new Set(seen instanceof Error ? [] : seen.map((row) => JSON.stringify(row)))
  return all.filter((row) => !visible.has(JSON.stringify(row)) && !row.includes(asker.id)).slice(0, 4)
}

const nowhere = (value: unknown): string => {
  const text = String(value)
  if (/^[0-9a-f]{8}-/.test(text)) return '0dec0de0-0000-4000-8000-00000000dead'
  if (/^\d+$/.test(text)) return '2000000000'
  return 'nowhere'
}

async function outcome(db: ClientBase, asker: Asker, text: string, values: unknown[]): Promise<string> {
  const done = await as(db, asker, async () => {
    const { rowCount } = await db.query(text, values)
    await db.query('set constraints all immediate')
    return rowCount === 1 ? '1 row' : `${rowCount} rows`
  })
  if (!(done instanceof Error)) return done
  const { code, constraint } = done as DatabaseError
  return [code, constraint].filter(Boolean).join(' ')
}

async function keysOf(db: ClientBase): Promise<Key[]> {
  const names = (table: string, attributes: string) =>
    `array(select attname::text from unnest(${attributes}) with ordinality u (n, o) join pg_attribute on attrelid = ${table} and attnum = n order by o)`
  const { rows } = await db.query<Key>(`
    select nspname || '.' || c.relname as "table", conname as name, 'foreign' as kind, ${names('conrelid', 'conkey')} as columns,
      confrelid::regclass::text as of, ${names('confrelid', 'confkey')} as "ofColumns"
    from pg_constraint k join pg_class c on c.oid = conrelid join pg_namespace n on n.oid = relnamespace where contype = 'f'
    union all
    select nspname || '.' || c.relname, i.relname, 'unique', ${names('indrelid', '(indkey::smallint[])[0:indnkeyatts - 1]')}, null, '{}'
    from pg_index join pg_class c on c.oid = indrelid join pg_class i on i.oid = indexrelid join pg_namespace n on n.oid = c.relnamespace
    where (indisunique or indisexclusion) and not 0 = any (indkey::smallint[])`)
  return rows
}

type Index = { index: string; table: string; lead: string; type: string; where: string | null }

/**
 * Indexes that a person's filter cannot use: a policy goes first, and an operator that could tell of a row it has seen (enum,
 * range, array, jsonb, full text) may not be asked before it. Each index by itself, so that the planner has no other choice.
 */
export async function indexesLost(db: ClientBase, cells: WrittenCells, only?: string): Promise<{ tried: number; findings: string[] }> {
  const findings: string[] = []
  let tried = 0
  const { rows } = await db.query<Index>(
    `
    select i.relname as index, nspname || '.' || c.relname as "table", pg_get_indexdef(indexrelid, 1, true) as lead,
      (select format_type(atttypid, atttypmod) from pg_attribute where (attrelid, attnum) = (case indkey[0] when 0 then indexrelid else indrelid end, greatest(indkey[0], 1))) as type,
      pg_get_expr(indpred, indrelid) as where
    from pg_index join pg_class c on c.oid = indrelid join pg_class i on i.oid = indexrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relrowsecurity and indisvalid and not indisexclusion and has_any_column_privilege('authenticated', c.oid, 'select')
      and exists (select from pg_policy p where polrelid = c.oid and 'authenticated'::regrole = any (polroles) and pg_get_expr(polqual, polrelid) <> 'true')
      and ($1::text is null or nspname || '.' || c.relname = $1)
    order by 2, 1`,
    [only ?? null],
  )
  const lost = new Set<string>()
  for (const { index, table, lead, type, where } of rows) {
    await db.query('savepoint one')
    try {
      await db.query(
        `update pg_index set indisvalid = false where indrelid = '${table}'::regclass and indexrelid <> '${table.slice(0, table.indexOf('.'))}.${quoted(index)}'::regclass`,
      )
      await db.query(
        `set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan;
         prepare leak (${type}) as select from ${table} where ${lead} = $1 ${where ? `and ${where}` : ''};
         set local role authenticated; select set_config('request.jwt.claims', '{"sub":"${people[0]!.id}"}', true)`,
      )
      const plan = await db.query<{ 'QUERY PLAN': string }>('explain (costs off) execute leak (null)') // refused where people do not see the column
      const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
      const own = text.split('\n').filter((line) => /^\s+Index Cond:/.test(line) && / = \(?\$1\b/.test(line))
      if (own.length === 0) lost.add(`${table} ${index}`)
      tried++
      const its = cells.get(table)
      if (own.length === 0 && !its?.cells.unused?.[index])
        findings.push(
          `${index} of ${table} is of no use to a person who filters by ${lead} (${type}): filter by text, or through a definer function, and give the reason in ${its?.file ?? 'its cells'}, under unused`,
        )
    } catch (error) {
      if ((error as DatabaseError).code !== '42501') throw error // a column that people do not see, and so do not filter by
    } finally {
      await db.query('rollback to one; release one; deallocate all')
    }
  }
  for (const [table, { cells: its, file }] of cells)
    if (!only || table === only)
      for (const index of Object.keys(its.unused ?? {}))
        if (!lost.has(`${table} ${index}`)) findings.push(`${file} says that ${index} of ${table} is of no use, and it is: strike it out`)
  return { tried, findings }
}

/**
 * Policies whose plan works for every row: a function that is called, a subquery that is asked again. Each table as if it held
 * a million rows, where the planner would rather ask once, if it only could.
 */
export async function worksPerRow(db: ClientBase, cells: WrittenCells, only?: string): Promise<{ tried: number; findings: string[] }> {
  const findings: string[] = []
  let tried = 0
  const asks = new Set<string>()
  await db.query(
    `update pg_class set reltuples = 1e6, relpages = 1 where relkind = 'r' and relrowsecurity; set local jit = off;
     select set_config('request.jwt.claims', '{"sub":"${people[0]!.id}"}', true)`,
  )
  for (const { name, may, view } of await tablesOf(db)) {
    if (view || (only && name !== only)) continue
    const lines: string[] = []
    for (const role of ['anon', 'authenticated'] as const) {
      const [column] = may[role].select
      if (!column) continue
      tried++
      await db.query(`set local role ${role}`)
      const { rows } = await db.query<{ 'QUERY PLAN': string }>(`explain (verbose, costs off) select ${quoted(column)} from ${name}`)
      lines.push(...rows.map((row) => row['QUERY PLAN'].trim()))
      await db.query('reset role')
    }
    for (const line of lines.filter((line) => /^(?:Index Cond|Recheck Cond|(?:Join |One-Time )?Filter):/.test(line))) {
      const call = /\b(?:private|auth|practice|care|speaking|mentoring|interviews|sample)\.\w+\(/.exec(line)
      if (call) findings.push(`a policy of ${name} calls ${call[0]}) for every row: wrap it in a select`)
      if (/(?<!hashed )\bSubPlan \d/.test(line)) asks.add(name)
    }
    const its = cells.get(name)
    if (asks.has(name) && !its?.cells.asks)
      findings.push(
        `a policy of ${name} asks a subquery for every row: let a definer function without arguments answer once, or give the reason in ${its?.file ?? 'its cells'}, under asks`,
      )
    if (!asks.has(name) && its?.cells.asks)
      findings.push(`${its.file} says that a policy of ${name} asks a subquery for every row, and none does: strike it out`)
  }
  return { tried, findings: [...new Set(findings)] }
}

/** What is left to whoever gives up their role: the login, which holds nothing, on every table. */
export async function loginsHoldNothing(db: ClientBase): Promise<string[]> {
  const tables = await tablesOf(db)
  const findings: string[] = []
  for (const role of ['vivavoce_app', 'vivavoce_worker']) {
    const tries = tables.flatMap(({ name, view }) => [
      `select from ${name} limit 0`,
      ...(view ? [] : [`insert into ${name} default values`, `delete from ${name} where false`, `truncate ${name}`]),
    ])
    await db.query(`savepoint login; set local role ${role}`)
    for (const text of tries) {
      await db.query('savepoint one')
      try {
        await db.query(text)
        findings.push(`the login ${role} is not refused "${text}"`)
      } catch (error) {
        if ((error as DatabaseError).code !== '42501')
          findings.push(`the login ${role} is stopped at "${text}" by "${(error as Error).message}", not refused`)
      }
      await db.query('rollback to one; release one')
    }
    await db.query('rollback to login; release login')
  }
  return findings
}
