export type Call = { name: string; wrapped: boolean; ofTheRow: boolean }

/** The calls in a policy's expression, as PostgreSQL prints it: whether a select holds them, whether they are given a column of the row. */
export function callsIn(expression: string, { table, columns }: { table: string; columns: string[] }): Call[] {
  const text = expression
    .replace(/'(?:[^']|'')*'/g, "''") // a literal may hold anything
    .replace(/::(?:character varying|bit varying|\w+)\(\d+(?:,\d+)?\)/g, '') // and a type a parenthesis
    .replace(/ AS "?\w+"?/g, '')
  const calls: Call[] = []
  const open: { name: string; from: number; selects: boolean }[] = []
  for (const { 0: piece, index } of text.matchAll(/[\w."]*\(|\)/g)) {
    const end = index + piece.length
    if (piece !== ')') {
      open.push({ name: piece.slice(0, -1), from: end, selects: text.startsWith(' SELECT', end) })
      continue
    }
    const { name, from } = open.pop()!
    if (!isCall(name)) continue
    const wrapped = open.some(({ selects }) => selects)
    // Inside a select the columns of the policy's own row come with their table's name.
    const own = new RegExp(`${wrapped ? `\\b${bare(table)}"?\\.` : '(?<![.\\w])'}"?(?:${columns.join('|')})\\b`)
    calls.push({ name, wrapped, ofTheRow: own.test(text.slice(from, index)) })
  }
  return calls
}

// COALESCE(…), ARRAY(…) and such are grammar, and are printed in capitals.
const isCall = (name: string) => name !== '' && name !== name.toUpperCase()

const bare = (table: string) => table.slice(table.lastIndexOf('.') + 1).replaceAll('"', '')
