import { sql, type SelectQueryBuilder } from 'kysely'
import { badInput } from './input.ts'

type Order<Row> = { by: readonly (keyof Row & string)[]; descending?: boolean }
type Asked = { cursor?: string | undefined; limit: number }

/** One page of a query, ordered by columns it selects that together tell rows apart. A cursor names the last row seen. */
export async function page<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { by, descending = false }: Order<Row>,
  asked: Asked,
): Promise<{ items: Row[]; next: string | null }> {
  const columns = sql.join(by.map((name) => sql.ref(name)))
  return pageBy(by, asked, (last, most) => {
    let wanted = query.limit(most)
    for (const name of by) wanted = wanted.orderBy(sql.ref(name), descending ? 'desc' : 'asc')
    if (last)
      wanted = wanted.where(
        descending ? sql<boolean>`(${columns}) < (${sql.join(last)})` : sql<boolean>`(${columns}) > (${sql.join(last)})`,
      )
    return wanted.execute()
  })
}

/** The same of whatever goes on by itself, such as a function: `ask` for so many rows behind the last one seen, if there is one. */
export async function pageBy<Row>(
  by: readonly (keyof Row & string)[],
  { cursor, limit }: Asked,
  ask: (last: (string | number)[] | undefined, most: number) => Promise<Row[]>,
): Promise<{ items: Row[]; next: string | null }> {
  const rows = await ask(cursor === undefined ? undefined : seen(cursor, by.length), limit + 1).catch((error: unknown) => {
    throw cursor !== undefined && isNotThatType(error) ? badCursor() : error
  })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && rows.length > limit ? cursorOf(by.map((name) => last[name])) : null }
}

const cursorOf = (values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

function seen(cursor: string, length: number): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === length && values.every(isKey)) return values
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw badCursor()
}
const isKey = (value: unknown): value is string | number =>
  (typeof value === 'string' && !value.includes('\0')) || Number.isSafeInteger(value)

// A made-up cursor may hold anything; a policy still decides what is seen, so it need not be signed, only understood.
// What it fails to mean are data exceptions, the class 22: no id, no instant, no such day, offset or zone …
const isNotThatType = (error: unknown) => (error as { code?: string }).code?.startsWith('22') ?? false
const badCursor = () => badInput([{ field: 'cursor', says: 'is not a cursor of this list' }])
