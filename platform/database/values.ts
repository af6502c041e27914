import pg from 'pg'

// How PostgreSQL's values appear in TypeScript. Instants are ISO strings: exact to the microsecond, the same in
// JSON, and nobody's zone. Dates and times without a zone stay the text they are.
const parsers = new Map<number, (text: string) => unknown>([
  [20, wholeNumber], // int8
  [1082, String], // date
  [1114, String], // timestamp
  [1184, instant], // timestamptz
  [1016, (text) => array(text, wholeNumber)],
  [1182, (text) => array(text, String)],
  [1185, (text) => array(text, instant)],
])

export const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
    return (format !== 'binary' && parsers.get(oid)) || (pg.types.getTypeParser(oid, format ?? 'text') as (text: string) => unknown)
  },
}

// '2026-11-20 10:14:37.123456+00' → '2026-11-20T10:14:37.123456Z'. The session's zone is UTC (acting.ts); were it
// not, the text would carry another offset and stay a valid ISO instant.
export function instant(text: string): string {
  if (text.endsWith('+00')) return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
  if (text.endsWith('infinity') || text.endsWith('BC')) return text
  return `${text.slice(0, 10)}T${text.slice(11)}`.replace(/[+-]\d\d$/, (zone) => `${zone}:00`)
}

// Our ids and counts stay far below 2^53; should one ever not, silence would corrupt it.
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('an int8 does not fit a JavaScript number')
  return value
}

const textArray = pg.types.getTypeParser(1009 as number) as (text: string) => (string | null)[]
const array = <T>(text: string, parse: (text: string) => T) => textArray(text).map((item) => (item === null ? null : parse(item)))
