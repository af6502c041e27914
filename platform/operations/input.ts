import * as z from 'zod/mini'
import type { AnyOperation } from './operation.ts'
import { placesIn, takesBody } from './places.ts'
import { ProblemError, type Problem } from './problem.ts'

export type Sent = { params: Fields; query: Fields; body: unknown }
type Fields = Record<string, unknown>

// Path and query arrive as text; the input's own schema says what each of them is. Decided once per operation.
export function inputOf(op: AnyOperation): (sent: Sent) => Fields {
  const { properties = {} } = z.toJSONSchema(op.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, JsonSchema>
  }
  const readers = new Map(Object.entries(properties).map(([name, schema]) => [name, readerOf(schema)]))
  const places = new Set(placesIn(op.path))
  const bodied = takesBody(op)

  return ({ params, query, body }) => {
    const input: Fields = {}
    const sent = bodied ? objectIn(body) : query
    if (bodied) refuseStrays(Object.keys(query))
    refuseStrays(Object.keys(sent).filter((name) => !readers.has(name) || places.has(name)))
    for (const [name, value] of Object.entries(sent)) input[name] = bodied ? value : readers.get(name)!(storable(name, value))
    for (const [name, value] of Object.entries(params)) input[name] = readers.get(name)!(storable(name, value))
    return input
  }
}

// PostgreSQL's text cannot hold NUL (bodies are checked in json.ts).
function storable(field: string, value: unknown): unknown {
  if (String(value).includes('\0')) throw badInput([{ field, says: 'may not hold the character NUL' }])
  return value
}

function objectIn(body: unknown): Fields {
  if (body === undefined) return {}
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw badInput([{ field: '', says: 'must be an object' }])
  return body as Fields
}

// A field that nobody asked for is refused, not dropped: a slip of the pen must not change what a request means.
function refuseStrays(names: string[]): void {
  if (names.length > 0) throw badInput(names.map((field) => ({ field, says: 'is not a field of this operation' })))
}

export const badInput = (errors: NonNullable<Problem['errors']>) =>
  new ProblemError('invalid_input', { errors: errors.slice(0, 20).map(shortened) })
const shortened = ({ field, says }: { field: string; says: string }) => ({ field: field.slice(0, 100), says })

type JsonSchema = { type?: string; items?: JsonSchema; anyOf?: JsonSchema[] }

function readerOf(schema: JsonSchema): (value: unknown) => unknown {
  if (schema.type === 'array') {
    const one = readerOf(schema.items ?? {})
    return (value) => (Array.isArray(value) ? value : [value]).map(one)
  }
  const kinds = (schema.anyOf ?? [schema]).map(({ type }) => type)
  if (kinds.includes('integer') || kinds.includes('number'))
    return (value) => (typeof value === 'string' && /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : value)
  if (kinds.includes('boolean')) return (value) => (value === 'true' ? true : value === 'false' ? false : value)
  return (value) => value
}
