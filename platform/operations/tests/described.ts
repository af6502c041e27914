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
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const either = schema.anyOf ?? schema.oneOf
  if (either) return fc.oneof(...either.map(right))
  switch (schema.type) {
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, right(property)])), {
        requiredKeys: schema.required ?? [],
      })
    case 'array':
      return fc.array(right(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, 3) })
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? -1_000, -(2 ** 31)), max: Math.min(schema.maximum ?? 1_000, 2 ** 31) })
    case 'number':
      return fc.integer({ min: Math.ceil(schema.minimum ?? -1_000), max: Math.floor(schema.maximum ?? 1_000) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return text(schema)
    default:
      return fc.constant({})
  }
}

function text({ format, pattern, minLength = 0, maxLength = 30 }: JsonSchema): fc.Arbitrary<string> {
  const instant = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString())
  switch (format) {
    case 'uuid':
      return fc.uuid({ version: 4 })
    case 'date-time':
      return instant
    case 'date':
      return instant.map((date) => date.slice(0, 10))
    case 'time':
      return instant.map((date) => date.slice(11, 19))
    case 'email':
      return fc.integer({ min: 1 }).map((n) => `somebody${n}@example.test`)
    case 'uri':
      return fc.webUrl()
    default:
      if (pattern) return fc.stringMatching(new RegExp(pattern))
      return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 30)) })
  }
}
