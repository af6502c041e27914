import fc from 'fast-check'
import type { TestServer } from '#tests/server.ts'

export type JsonSchema = {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
}

// An operation as the server's own document describes it to the world.
export type Described = {
  operationId: string
  method: string
  path: string
  'x-who': 'anyone' | 'person' | 'service'
  'x-refusals': Record<string, number>
  places: JsonSchema
  query: JsonSchema
  hasBody: boolean
  'x-largest'?: number
  body: JsonSchema
}

type Parameter = { name: string; in: string; required: boolean; schema: JsonSchema }
type Written = Omit<Described, 'places' | 'query' | 'hasBody' | 'body'> & {
  parameters: Parameter[]
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } }
}

export async function operationsOf({ address }: TestServer): Promise<Described[]> {
  const { paths } = (await (await fetch(`${address}/api/openapi.json`)).json()) as { paths: Record<string, Record<string, Written>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, written]) => ({
      ...written,
      method: method.toUpperCase(),
      path,
      places: fieldsIn('path', written.parameters),
      query: fieldsIn('query', written.parameters),
      hasBody: written.requestBody !== undefined,
      body: written.requestBody?.content['application/json'].schema ?? fieldsIn('body', []),
    })),
  )
}

function fieldsIn(at: string, parameters: Parameter[]): JsonSchema {
  const here = parameters.filter((parameter) => parameter.in === at)
  return {
    type: 'object',
    properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
    required: here.filter(({ required }) => required).map(({ name }) => name),
  }
}

/** Values that are as the schema wants them. */
export function valueFor(schema: JsonSchema): fc.Arbitrary<Record<string, unknown>> {
  return right(schema) as fc.Arbitrary<Record<string, unknown>>
}

function right(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, properties = {}, required = [], items = {}, minItems = 0, maxItems = 3, minimum = -1_000, maximum = 1_000 } = schema
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const either = schema.anyOf ?? schema.oneOf
  if (either) return fc.oneof(...either.map(right))
  if (type === 'object') {
    const fields = Object.entries(properties).map(([name, property]) => [name, right(property)] as const)
    return fc.record(Object.fromEntries(fields), { requiredKeys: required })
  }
  if (type === 'array') return fc.array(right(items), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) })
  if (type === 'integer' || type === 'number')
    return fc.integer({ min: Math.max(Math.ceil(minimum), -(2 ** 31)), max: Math.min(Math.floor(maximum), 2 ** 31 - 1) })
  if (type === 'boolean') return fc.boolean()
  if (type === 'string') return text(schema)
  return fc.constant(type === 'null' ? null : {})
}

function text({ format, pattern, minLength = 0, maxLength = 30 }: JsonSchema): fc.Arbitrary<string> {
  const known = format === undefined ? undefined : formats[format]
  if (known) return known
  // A schema cannot say that a text is trimmed before it is measured.
  const stays = (made: string) => made.trim().length >= minLength
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter((made) => made.length <= maxLength && stays(made))
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 30)) }).filter(stays)
}

const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((date) => date.toISOString())
const formats: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid({ version: 4 }),
  'date-time': instant,
  date: instant.map((date) => date.slice(0, 10)),
  time: instant.map((date) => date.slice(11, 19)),
  email: fc.nat().map((n) => `somebody${n}@example.test`),
  uri: fc.webUrl(),
}
