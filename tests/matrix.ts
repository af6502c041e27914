import { globSync } from 'node:fs'
import path from 'node:path'
import type { ClientBase, DatabaseError, QueryResult } from 'pg'
import { root } from '#platform/configuration/environment.ts'
import { cast } from '#platform/demo/cast.ts'
import type { Cells, Insert, Reach, Relation, TableCells } from './rules/cells.ts'
import type { Columns, Written } from './rules/written.ts'

// Every table × whoever asks × verb × how the row stands to them, against what tests/cells.ts of each folder says. All of it
// in one transaction of the owner, who acts as each in turn and takes back what was done: so a fault can be planted before.

export type Matrix = { cells: number; allowed: number; tables: number; findings: string[] }
export type WrittenCells = Map<string, { cells: TableCells; file: string }>
export type Asker = { name: string; role: Role; id: string | null }
export type Role = 'anon' | 'authenticated' | 'service_role'
type Verb = (typeof verbs)[number]
export type Table = { name: string; view: boolean; columns: string[]; generated: string[]; may: Record<Role, Record<Verb, string[]>> }
type Standing = { at: string; row: string; relation: Relation }

const verbs = ['select', 'insert', 'update', 'delete'] as const
const roles = ['anon', 'authenticated', 'service_role'] as const
const aStranger: Asker = { name: 'a stranger', role: 'anon', id: null }
const theServer: Asker = { name: 'the server', role: 'service_role', id: null }
export const people = Object.entries(cast).map(([name, { id }]): Asker => ({ name, role: 'authenticated', id }))
const askers: readonly Asker[] = [
  aStranger,
  ...people,
  { name: 'somebody whose account is gone', role: 'authenticated', id: '0dec0de0-ffff-4fff-8fff-ffffffffffff' },
  { name: 'a token that names nobody', role: 'authenticated', id: null },
  theServer,
]

export async function readCells(): Promise<WrittenCells> {
  const written: WrittenCells = new Map()
  for (const file of globSync(['{platform,domains}/*/tests/cells.ts', 'tests/sample/cells.ts'], { cwd: root })) {
    const { cells } = (await import(path.join(root, file))) as { cells: Cells }
    for (const [name, its] of cellsIn(file, cells)) {
      const before = written.get(name)
      if (before) throw new Error(`${name} has cells in ${before.file} and in ${file}: one place is enough`)
      written.set(name, its)
    }
  }
  return written
}

export const cellsIn = (file: string, cells: Cells): WrittenCells =>
  new Map(Object.entries(cells).map(([name, cells]) => [name, { cells, file }]))

/** What completes the demo world: once, before the matrix is tried. Answers what cannot be. */
export async function setScenes(db: ClientBase, written: WrittenCells): Promise<string[]> {
  const findings: string[] = []
  for (const [name, { cells, file }] of written)
    if (cells.scene)
      await db.query(named(cells.scene, null)).catch((error: unknown) => {
        findings.push(`the scene of ${name} in ${file} cannot be set: ${(error as Error).message}`)
      })
  return findings
}

/** Inside a transaction of a superuser's, which is for the caller to roll back. */
export async function matrix(db: ClientBase, cells: WrittenCells, rules: Written, only?: string): Promise<Matrix> {
  const result: Matrix = { cells: 0, allowed: 0, tables: 0, findings: [] }
  const find = (...says: string[]) => result.findings.push(...says)
  const tables = (await tablesOf(db)).filter(({ name }) => !only || name === only)

  const names = new Set(tables.map(({ name }) => name))
  for (const [name, { file }] of cells)
    if (!only && !names.has(name)) find(`${file} has cells for ${name}, which does not exist: strike them out`)
  find(...tables.flatMap((table) => columnsAsWritten(table, rules)))
  find(...(await whatIsNotGrantedIsRefused(db, tables)))

  for (const table of tables) {
    const its = cells.get(table.name)
    if (!its) {
      find(`${table.name} has no cells: say in the tests/cells.ts of its folder how its rows stand to people, and who reaches which`)
      continue
    }
    result.tables++
    const { findings, allowed, tried } = await new Trial(db, table, its).run()
    find(...findings)
    result.cells += tried
    result.allowed += allowed
  }
  return result
}

// One table.
class Trial {
  readonly findings: string[] = []
  tried = 0
  allowed = 0
  readonly standing = new Map<Asker, Standing[]>()
  readonly db: ClientBase
  readonly table: Table
  readonly cells: TableCells
  readonly file: string

  constructor(db: ClientBase, table: Table, { cells, file }: { cells: TableCells; file: string }) {
    this.db = db
    this.table = table
    this.cells = cells
    this.file = file
  }

  async run(): Promise<this> {
    const { name } = this.table
    this.findings.push(...this.grantsAndCellsAgree())
    try {
      await this.classify()
    } catch (error) {
      this.findings.push(`${this.file} cannot tell how the rows of ${name} stand: ${(error as Error).message}`)
      return this
    }
    this.hasARowOfEach()
    await this.select()
    await this.change('update')
    await this.giveAway()
    await this.change('delete')
    await this.insert()
    this.count()
    return this
  }

  reach(asker: Asker): Reach {
    if (asker.role === 'anon') return this.cells.anon ?? {}
    if (asker.role === 'authenticated') return this.cells.person ?? {}
    const all = ['all'] as unknown as Relation[] // the server's rows have no relation to anybody
    const { service_role } = this.table.may
    const { set, insert } = this.cells.service ?? {}
    return {
      select: service_role.select.length ? all : [],
      update: service_role.update.length ? all : [],
      delete: service_role.delete.length ? all : [],
      ...(set ? { set } : {}),
      insert: insert ? [{ as: 'ruth', makes: all[0]!, sql: insert }] : [],
    }
  }

  get relations(): Relation[] {
    return [...Object.keys(this.cells.stands), 'foreign'] as Relation[]
  }

  *grantsAndCellsAgree(): Generator<string> {
    const { name, may } = this.table
    for (const asker of [aStranger, people[0]!, theServer])
      for (const verb of verbs) {
        const granted = may[asker.role][verb].length > 0
        const said = (this.reach(asker)[verb] ?? []).length > 0
        if (granted && !said)
          yield `${asker.role} is granted ${verb} on ${name}, and ${this.file} does not say ${verb === 'insert' ? 'how a row is made' : 'which rows'}`
        if (!granted && said) yield `${this.file} lets ${asker.role} ${verb} rows of ${name}, which nothing grants`
      }
    for (const condition of Object.values(this.cells.stands))
      if (condition && /\bprivate\./.test(condition))
        yield `${this.file} asks a helper of the policies how rows of ${name} stand: two hands must say the same`
    const known = new Set<string>([...this.relations, 'all'])
    for (const asker of [aStranger, people[0]!])
      for (const relation of [asker].flatMap((a) => {
        const { select = [], update = [], delete: gone = [], insert = [] } = this.reach(a)
        return [...select, ...update, ...gone, ...insert.map(({ makes }) => makes)]
      }))
        if (!known.has(relation)) yield `${this.file} names a relation "${relation}" of ${name} that its stands does not tell`
  }

  async classify(): Promise<void> {
    const { name, view } = this.table
    const { stands, from } = this.cells
    const source = from ? `(${from}) as ${bare(name)}` : name
    const texts = askers.map((asker) => {
      const which = Object.entries(stands).map(([relation, condition]) => `when (${condition}) then '${relation}'`)
      const relation = asker.role === 'service_role' ? `'all'` : which.length ? `case ${which.join(' ')} else 'foreign' end` : `'foreign'`
      return named(
        `select ${view || from ? `''` : 'ctid::text'} as at, ${this.row(asker.role)} as row, ${relation} as relation from ${source}`,
        asker.id,
      )
    })
    const answers = await several<Standing>(this.db, texts)
    askers.forEach((asker, i) => this.standing.set(asker, answers[i]!))
  }

  row(role: Role): string {
    const columns = this.table.may[role].select
    return columns.length ? `md5(row(${columns.map(quoted).join(', ')})::text)` : `''`
  }

  hasARowOfEach(): void {
    const conditions = Object.values(this.cells.stands)
    const found = new Set(people.flatMap((person) => this.standing.get(person)!.map(({ relation }) => relation)))
    for (const relation of this.relations)
      if (!found.has(relation) && !(relation === 'foreign' && conditions.at(-1) === 'true'))
        this.findings.push(
          `${this.table.name}: no row of relation ${relation} to prove it: the demo world needs one, or a scene in ${this.file}`,
        )
  }

  async select(): Promise<void> {
    const { name, may } = this.table
    const able = askers.filter(({ role }) => may[role].select.length > 0)
    for (const asker of able) {
      const seen = await as(this.db, asker, async () => {
        const { rows } = await this.db.query<{ row: string }>(`select ${this.row(asker.role)} as row from ${name}`)
        return rows.map(({ row }) => row)
      })
      if (seen instanceof Error) this.findings.push(`${asker.name} cannot select from ${name}: ${seen.message}`)
      else this.compare(asker, 'select', 'sees', tally(seen))
    }
  }

  async change(verb: 'update' | 'delete'): Promise<void> {
    const { name, may, view } = this.table
    for (const asker of askers) {
      if (may[asker.role][verb].length === 0 || view) continue
      const statements = verb === 'delete' ? [`delete from ${name}`] : (await this.sets(asker)).map((set) => `update ${name} set ${set}`)
      const reached = (await this.touches(asker, statements)) ?? (await this.rowByRow(asker, statements.at(-1)!))
      this.compare(
        asker,
        verb,
        `can ${verb}`,
        tally(
          this.standing
            .get(asker)!
            .filter(({ at }) => reached.has(at))
            .map(({ row }) => row),
        ),
      )
    }
  }

  // Blindly first: of a statement that reads no column only the policy for its own verb is asked, and not the one for select.
  async sets(asker: Asker): Promise<string[]> {
    const { name, may } = this.table
    const columns = may[asker.role].update.map(quoted)
    const { set } = this.reach(asker)
    if (set) return [named(set, asker.id), `${columns[0]!} = ${columns[0]!}`]
    const { rows } = await this.db.query<Record<string, string | null>>(
      `select ${columns.map((column) => `(select ${column}::text from ${name} where ${column} is not null limit 1) as ${column}`).join(', ')}`,
    )
    const blind = Object.entries(rows[0]!).flatMap(([column, value]) => (value === null ? [] : `${quoted(column)} = ${literal(value)}`))
    return [...blind, `${columns[0]!} = ${columns[0]!}`]
  }

  /** The rows that the first of these statements reaches which no constraint or trigger stops as a whole. */
  async touches(asker: Asker, statements: string[]): Promise<Set<string> | null> {
    for (const text of statements) {
      const touched = await as(this.db, asker, async (asOwner) => {
        await this.db.query(text)
        await asOwner()
        const { rows } = await this.db.query<{ at: string }>(`select ctid::text as at from ${this.table.name}`)
        return new Set(rows.map(({ at }) => at))
      })
      if (touched instanceof Error) continue
      return new Set(
        this.standing
          .get(asker)!
          .filter(({ at }) => !touched.has(at))
          .map(({ at }) => at),
      )
    }
    return null
  }

  // A row of theirs that names them is not made to name somebody else: it would be written in that other name.
  async giveAway(): Promise<void> {
    const { name, may } = this.table
    const allowed: readonly Relation[] = this.cells.person?.update ?? []
    if (may.authenticated.update.length === 0) return
    const { rows } = await this.db.query<{ at: string; whole: Record<string, unknown> }>(
      `select ctid::text as at, to_jsonb(${bare(name)}) as whole from ${name}`,
    )
    const wholes = new Map(rows.map(({ at, whole }) => [at, whole]))
    for (const column of may.authenticated.update) {
      const asker = people.find((person) => this.theirs(person, allowed).some(({ at }) => wholes.get(at)?.[column] === person.id))
      if (!asker) continue
      const { at, row } = this.theirs(asker, allowed).find(({ at }) => wholes.get(at)?.[column] === asker.id)!
      const other = people.find(({ id }) => !Object.values(wholes.get(at)!).includes(id))!
      const done = await as(this.db, asker, () =>
        this.db.query(`update ${name} set ${quoted(column)} = '${other.id}' where ${this.row('authenticated')} = '${row}'`),
      )
      if (!(done instanceof Error))
        this.findings.push(`${asker.name} can give a row of ${name} that is theirs to ${other.name} (${column})`)
      else if (!refused(done))
        this.findings.push(`${asker.name} is kept from giving a row of ${name} to ${other.name} (${column}) by "${done.message}" alone`)
    }
  }

  theirs(asker: Asker, allowed: readonly Relation[]): Standing[] {
    return this.standing.get(asker)!.filter(({ relation }) => allowed.includes(relation))
  }

  // A row that something else than a policy keeps as it is was reached: constraints are tried after policies.
  async rowByRow(asker: Asker, text: string): Promise<Set<string>> {
    const reached = new Set<string>()
    for (const { at, row } of this.standing.get(asker)!) {
      const done = await as(this.db, asker, async () => (await this.db.query(`${text} where ${this.row(asker.role)} = '${row}'`)).rowCount!)
      const denied = done instanceof Error ? (done as DatabaseError).code === '42501' : done === 0
      if (!denied) reached.add(at)
    }
    return reached
  }

  compare(asker: Asker, verb: 'select' | 'update' | 'delete', does: string, reached: Map<string, number>): void {
    const allowed: readonly Relation[] = this.reach(asker)[verb] ?? []
    const left = new Map(reached)
    const missed = new Map<Relation, number>()
    const beyond = new Map<Relation, number>()
    const standing = this.standing.get(asker)!
    const take = (row: string) => {
      const n = left.get(row) ?? 0
      if (n > 0) left.set(row, n - 1)
      return n > 0
    }
    for (const { row, relation } of standing) if (allowed.includes(relation) && !take(row)) add(missed, relation)
    for (const { row, relation } of standing) if (!allowed.includes(relation) && take(row)) add(beyond, relation)
    const unknown = [...left.values()].reduce((sum, n) => sum + n, 0)
    for (const [relation, n] of beyond)
      this.findings.push(
        `${asker.name} ${does} ${n} ${rows(n)} of ${this.table.name} that ${stands(n)} "${relation}" to them: ${this.file} allows none`,
      )
    for (const [relation, n] of missed)
      this.findings.push(
        `${asker.name} ${does.replace(/^sees/, 'sees not').replace(/^can/, 'cannot')} ${n} ${rows(n)} of ${this.table.name} that ${stands(n)} "${relation}" to them: ${this.file} allows all`,
      )
    if (unknown > 0)
      this.findings.push(`${asker.name} ${does} ${unknown} ${rows(unknown)} of ${this.table.name} that the owner does not know`)
  }

  async insert(): Promise<void> {
    for (const asker of [aStranger, people[0]!, theServer]) {
      const ways = this.reach(asker).insert ?? []
      const made = new Set<string>(ways.map(({ makes }) => makes))
      for (const way of ways) await this.insertOne(asker.role === 'authenticated' ? person(way.as) : asker, way, made)
    }
  }

  async insertOne(asker: Asker, way: Insert, makes: Set<string>): Promise<void> {
    const { name } = this.table
    const { db } = this
    const say = (says: string) => this.findings.push(`${name}: ${says} (${this.file})`)
    const newRows = async (): Promise<(Standing & { whole: Record<string, unknown> })[]> => {
      const before = new Set(this.standing.get(asker)!.map(({ at }) => at))
      const conditions = Object.entries(this.cells.stands).map(([relation, condition]) => `when (${condition}) then '${relation}'`)
      const relation =
        asker.role === 'service_role' ? `'all'` : conditions.length ? `case ${conditions.join(' ')} else 'foreign' end` : `'foreign'`
      const { rows } = await db.query<Standing & { whole: Record<string, unknown> }>(
        named(`select ctid::text as at, to_jsonb(${bare(name)}) as whole, ${relation} as relation from ${name}`, asker.id),
      )
      return rows.filter(({ at }) => !before.has(at))
    }
    const made = await as(db, asker, async (asOwner) => {
      await db.query(named(way.sql, asker.id))
      await asOwner()
      return newRows()
    })
    if (made instanceof Error) return void say(`${asker.name} cannot insert with "${way.sql}": ${made.message}`)
    if (made.length !== 1) return void say(`"${way.sql}" makes ${made.length} rows, not one`)
    const [row] = made
    if (row!.relation !== way.makes) say(`"${way.sql}" makes a row that stands "${row!.relation}" to ${asker.name}, not "${way.makes}"`)

    if (asker.role !== 'service_role')
      for (const column of this.table.columns.filter((column) => row!.whole[column] === asker.id)) {
        const other = people.find(({ id }) => id !== asker.id && !Object.values(row!.whole).includes(id))!
        const given = this.table.may[asker.role].insert.filter(
          (c) => row!.whole[c] !== null && c !== column && !this.table.generated.includes(c),
        )
        const columns = [...given, column].map(quoted).join(', ')
        const again = await as(db, asker, async (asOwner) => {
          await db.query(`insert into ${name} (${columns}) select ${columns} from jsonb_populate_record(null::${name}, $1)`, [
            JSON.stringify({ ...row!.whole, [column]: other.id }),
          ])
          await asOwner()
          return newRows()
        })
        if (again instanceof Error) {
          if (!refused(again))
            say(`${asker.name} is not refused a row in the name of ${other.name} (${column}), but stopped by "${again.message}"`)
        } else if (!again.every(({ relation }) => makes.has(relation)))
          say(
            `${asker.name} can insert a row in the name of ${other.name} (${column}), which stands "${again[0]?.relation ?? 'nowhere'}" to them`,
          )
      }

    for (const never of way.never ?? []) {
      const { sql, refusal } = typeof never === 'string' ? { sql: never, refusal: undefined } : never
      const done = await as(db, asker, () => db.query(named(sql, asker.id)))
      if (!(done instanceof Error)) say(`${asker.name} is not refused "${sql}"`)
      else if (refusal ? (done as DatabaseError).constraint !== refusal : !refused(done))
        say(`"${sql}" is stopped by "${done.message}", not refused`)
    }
  }

  count(): void {
    for (const asker of askers) {
      const reach = this.reach(asker)
      for (const verb of verbs)
        for (const relation of asker.role === 'service_role' ? (['all'] as unknown as Relation[]) : this.relations) {
          this.tried++
          const allowed = verb === 'insert' ? (reach.insert ?? []).map(({ makes }) => makes) : (reach[verb] ?? [])
          if (allowed.includes(relation)) this.allowed++
        }
    }
  }
}

/** The columns that each role may use are those written in tests/rules.ts: whatever way the right has come to it. */
function columnsAsWritten({ name, columns, may }: Table, rules: Written): string[] {
  const entry = rules.get(name)
  if (!entry || Array.isArray(entry.rules)) return [`${name} has no written rules`]
  const said = entry.rules as Partial<Record<Role, Partial<Record<Verb, Columns | true>>>>
  return roles.flatMap((role) =>
    verbs.flatMap((verb) => {
      const all = said[role]?.[verb]
      const written = new Set(all === 'every column' ? columns : all === true ? ['*'] : (all ?? []))
      const has = new Set(may[role][verb])
      return [
        ...[...has.difference(written)].map((column) => `${role} can ${verb} ${name}.${column}, which ${entry.file} does not say`),
        ...[...written.difference(has)].map((column) => `${role} cannot ${verb} ${name}.${column}, as ${entry.file} says`),
      ]
    }),
  )
}

/** Every right that is not there, tried: a column that is not granted, a verb that is not, TRUNCATE. One trip for each role. */
async function whatIsNotGrantedIsRefused(db: ClientBase, tables: Table[]): Promise<string[]> {
  const findings: string[] = []
  for (const role of roles) {
    const tries = tables.flatMap(({ name, columns, generated, may, view }) => {
      const without = (verb: Verb) => columns.filter((column) => !may[role][verb].includes(column))
      return [
        ...without('select').map((column) => `select ${quoted(column)} from ${name} limit 0`),
        ...(view ? [] : [`truncate ${name}`]),
        ...(view || may[role].delete.length ? [] : [`delete from ${name} where false`]),
        ...(view || may[role].insert.length ? [] : [`insert into ${name} default values`]),
        ...(view
          ? []
          : without('insert')
              .filter((column) => !generated.includes(column))
              .map((column) => `insert into ${name} (${quoted(column)}) overriding system value select null where false`)),
        ...(view ? [] : without('update').map((column) => `update ${name} set ${quoted(column)} = default where false`)),
      ]
    })
    const done = await as(db, { name: role, role, id: people[0]!.id }, async () => {
      await db.query(`set local plan_cache_mode = auto; select set_config('matrix.tries', $m$${JSON.stringify(tries)}$m$, true)`)
      await db.query(`do $do$
        declare
          tried text;
        begin
          perform set_config('matrix.went', '[]', true);
          for tried in select value from jsonb_array_elements_text(current_setting('matrix.tries')::jsonb) loop
            begin
              execute tried;
              perform set_config('matrix.went', (current_setting('matrix.went')::jsonb || to_jsonb(tried))::text, true);
            exception
              when insufficient_privilege then null;
              when others then
                perform set_config('matrix.went', (current_setting('matrix.went')::jsonb || to_jsonb(tried || ' (' || sqlerrm || ')'))::text, true);
            end;
          end loop;
        end $do$`)
      const { rows } = await db.query<{ went: string }>(`select current_setting('matrix.went') as went`)
      return JSON.parse(rows[0]!.went) as string[]
    })
    if (done instanceof Error) throw done
    findings.push(...done.map((statement) => `${role} is not refused "${statement}"`))
  }
  return findings
}

export async function tablesOf(db: ClientBase): Promise<Table[]> {
  const { rows } = await db.query<{ name: string; view: boolean; columns: string[]; generated: string[]; may: [Role, Verb, string[]][] }>(`
    with relations as (
      select c.oid, n.nspname || '.' || c.relname as name, relkind = 'v' as view from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind in ('r', 'p', 'v') and nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'auth', 'storage', 'realtime', 'extensions', 'pgboss')
    )
    select name, view,
      array(select attname::text from pg_attribute where attrelid = oid and attnum > 0 and not attisdropped order by attnum) as columns,
      array(select attname::text from pg_attribute where attrelid = oid and attnum > 0 and attgenerated <> '') as generated,
      (select jsonb_agg(jsonb_build_array(role, verb, case
         when verb = 'delete' then case when has_schema_privilege(role, split_part(name, '.', 1), 'usage') and has_table_privilege(role, oid, verb) then '["*"]'::jsonb else '[]' end
         else (select coalesce(jsonb_agg(attname order by attnum), '[]') from pg_attribute
               where attrelid = oid and attnum > 0 and not attisdropped
                 and has_schema_privilege(role, split_part(name, '.', 1), 'usage') and has_column_privilege(role, oid, attnum, verb)) end))
       from unnest('{anon,authenticated,service_role}'::text[]) role, unnest('{select,insert,update,delete}'::text[]) verb) as may
    from relations order by name`)
  return rows.map(({ may, ...table }) => {
    const by = Object.fromEntries(roles.map((role) => [role, {}])) as Table['may']
    for (const [role, verb, columns] of may) by[role][verb] = columns
    return { ...table, may: by }
  })
}

/** What somebody does, taken back; or the error it ended in. */
export async function as<T>(
  db: ClientBase,
  { role, id }: Asker,
  work: (asOwner: () => Promise<unknown>) => Promise<T>,
): Promise<T | Error> {
  const claims = JSON.stringify(id ? { sub: id, role } : { role })
  await db.query(`savepoint asked; select set_config('request.jwt.claims', '${claims}', true); set local role ${role}`)
  try {
    return await work(() => db.query('reset role'))
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error
    throw error
  } finally {
    await db.query('rollback to asked; release asked')
  }
}

async function several<Row extends object>(db: ClientBase, texts: string[]): Promise<Row[][]> {
  const answers: unknown = await db.query(texts.join(';\n'))
  return (answers as QueryResult<Row>[]).map(({ rows }) => rows)
}

/** With the ids of `:me` and of the cast. */
export const named = (text: string, me: string | null): string =>
  text.replace(/(?<!:):([a-z]+)\b/g, (word, name: string) => {
    if (name === 'me') return me ? `'${me}'::uuid` : 'null::uuid'
    return name in cast ? `'${cast[name as keyof typeof cast].id}'::uuid` : word
  })

const refused = (error: Error): boolean => ['42501', 'VV001'].includes((error as DatabaseError).code ?? '')
export const person = (name: string): Asker => people.find((p) => p.name === name)!
export const quoted = (column: string) => `"${column}"`
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
const bare = (name: string) => name.slice(name.indexOf('.') + 1)
const rows = (n: number) => (n === 1 ? 'row' : 'rows')
const stands = (n: number) => (n === 1 ? 'stands' : 'stand')
const add = <K>(to: Map<K, number>, key: K) => to.set(key, (to.get(key) ?? 0) + 1)

function tally(rows: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) add(counts, row)
  return counts
}
