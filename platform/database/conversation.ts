import {
  CompiledQuery,
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  type Compilable,
  type DatabaseConnection,
  type QueryResult,
} from 'kysely'
import type { Result, Row, Statement } from './batch.ts'
import type { FunctionsOf, Role, TablesOf } from './roles.ts'

// What a handler talks to. A Reader reads; a Tx also writes, and can put work off until the commit.
export type Reader<R extends Role> = Pick<Kysely<TablesOf[R]>, 'selectFrom' | 'with' | 'fn' | 'getExecutor'> & Asking<FunctionsOf[R]>
export type Tx<R extends Role> = Reader<R> &
  Pick<Kysely<TablesOf[R]>, 'insertInto' | 'updateTable' | 'deleteFrom' | 'mergeInto'> & { later(wish: Wish): void }

export type Wish = Statement

type Asking<Functions> = {
  /** Several queries in one trip. */
  all<const Q extends readonly Compilable<unknown>[]>(
    ...queries: Q
  ): Promise<{ [K in keyof Q]: Q[K] extends Compilable<infer Row> ? Row[] : never }>
  /** One call of a function of the database's own, by the names of its arguments: its value, or its one row. */
  call<N extends Giving<Functions, { returns: unknown }>>(name: N, input: Of<Functions[N], 'input'>): Promise<Of<Functions[N], 'returns'>>
  /** The rows of a function that gives a set of them. */
  rows<N extends Giving<Functions, { rows: unknown }>>(name: N, input: Of<Functions[N], 'input'>): Promise<Of<Functions[N], 'rows'>>
}
type Giving<Functions, Shape> = { [N in keyof Functions & string]: Functions[N] extends Shape ? N : never }[keyof Functions & string]
type Of<F, Key extends string> = F extends Record<Key, infer Value> ? Value : never

export class Conversation extends Kysely<unknown> {
  putOff: Wish[] = []
  #ask: (statements: readonly Statement[]) => Promise<Result[]>

  constructor(ask: (statements: readonly Statement[]) => Promise<Result[]>) {
    const connection: DatabaseConnection = {
      async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
        const [result] = await ask([{ text: sql, values: parameters }])
        return { rows: result!.rows as Row[], numAffectedRows: BigInt(result!.changed) }
      },
      streamQuery() {
        throw new Error('rows are not streamed: read a page at a time')
      },
    }
    const executor = new DefaultQueryExecutor(compiler, adapter, { provideConnection: (consume) => consume(connection) })
    super({ config, dialect: config.dialect, driver, executor })
    this.#ask = ask
  }

  async all(...queries: readonly Compilable<unknown>[]): Promise<unknown[][]> {
    const results = await this.#ask(queries.map((query) => statementOf(query.compile())))
    return results.map(({ rows }) => rows)
  }

  async call(name: string, input: Record<string, unknown>): Promise<unknown> {
    const [row = {}] = await this.rows(name, input)
    const own = name.slice(name.indexOf('.') + 1) // a plain value comes as one column of the function's own name
    return own in row && Object.keys(row).length === 1 ? row[own] : row
  }

  async rows(name: string, input: Record<string, unknown>): Promise<Row[]> {
    const [result] = await this.#ask([callOf(name, input)])
    return result!.rows
  }

  later(wish: Wish): void {
    this.putOff.push(wish)
  }
}

export const statementOf = ({ sql, parameters }: CompiledQuery): Statement => ({ text: sql, values: parameters })

// Names are written in code and checked all the same; values travel apart from the text.
export function callOf(name: string, input: Record<string, unknown> = {}): Statement {
  const keys = Object.keys(input).filter((key) => input[key] !== undefined)
  for (const word of [...name.split('.'), ...keys]) if (!/^[a-z_][a-z0-9_]*$/.test(word)) throw new Error(`not a name in SQL: ${word}`)
  const values = keys.map((key) => input[key])
  return { text: `select * from ${name}(${keys.map((key, at) => `${key} => $${at + 1}`).join(', ')})`, values }
}

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()
const nowhere = () => Promise.reject(new Error('a query goes through a conversation, not through a driver'))
const driver = {
  init: nowhere,
  acquireConnection: nowhere,
  beginTransaction: nowhere,
  commitTransaction: nowhere,
  rollbackTransaction: nowhere,
  releaseConnection: nowhere,
  destroy: nowhere,
}
const config = { dialect: new PostgresDialect({ pool: nowhere }) }
