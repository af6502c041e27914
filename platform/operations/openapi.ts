import * as z from 'zod/mini'
import type { Handler } from './handle.ts'
import { largestBody, type AnyOperation } from './operation.ts'
import { placesIn, takesBody } from './places.ts'
import { problems, words } from './problem.ts'

export type Named = { name: string; op: AnyOperation }
type JsonSchema = { properties?: Record<string, JsonSchema>; required?: string[]; [key: string]: unknown }

/** An operation's name is the one under which its `api.ts` exports it. */
export function namesOf(handlers: readonly Handler[], apis: readonly Record<string, unknown>[]): Named[] {
  const names = new Map(apis.flatMap((api) => Object.entries(api).map(([name, value]) => [value, name] as const)))
  return handlers.map(({ op }) => {
    const name = names.get(op)
    if (!name) throw new Error(`${op.method} ${op.path} has a handler, but no api.ts exports it`)
    return { name, op }
  })
}

/** The OpenAPI 3.1 document of every operation. */
export function openApi(operations: readonly Named[], { version }: { version: string }): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { name, op } of operations) {
    const path = `/api${op.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [op.method.toLowerCase()]: describe(name, op) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vivavoce',
      version,
      description: 'Every operation of this installation. Refusals are RFC 9457 problems; act on their `code`.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ op }) => tagOf(op)))].sort().map((tag) => ({ name: tag })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An access token, or SERVICE_KEY' } },
      schemas: { Problem: problemSchema },
    },
  }
}

const tagOf = ({ path }: AnyOperation) => path.split('/')[1]!

function describe(name: string, op: AnyOperation): Record<string, unknown> {
  const input = schemaOf(op.input, 'input')
  const places = placesIn(op.path)
  const bodied = takesBody(op)
  const fields = Object.entries(input.properties ?? {})
  const parameter =
    (at: 'path' | 'query') =>
    ([field, schema]: [string, JsonSchema]) => ({
      name: field,
      in: at,
      required: at === 'path' || (input.required ?? []).includes(field),
      schema,
    })
  const body = omit(input, places)
  return {
    operationId: name,
    summary: op.summary,
    tags: [tagOf(op)],
    'x-who': op.who,
    'x-refusals': op.refusals,
    ...(op.who === 'anyone' ? {} : { security: [{ bearer: [] }] }),
    parameters: [
      ...fields.filter(([field]) => places.includes(field)).map(parameter('path')),
      ...(bodied ? [] : fields.filter(([field]) => !places.includes(field)).map(parameter('query'))),
      ...(op.method === 'GET' ? [] : [idempotencyKey]),
    ],
    ...(bodied
      ? {
          'x-largest': op.largest ?? largestBody,
          requestBody: { required: (body.required ?? []).length > 0, content: { 'application/json': { schema: body } } },
        }
      : {}),
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: schemaOf(op.output, 'output') } } },
      ...refusals(op),
    },
  }
}

// A whole input, or only what the path does not already say. Fields nobody asked for are refused (input.ts).
function omit(input: JsonSchema, places: string[]): JsonSchema {
  const properties = Object.fromEntries(Object.entries(input.properties ?? {}).filter(([field]) => !places.includes(field)))
  const required = (input.required ?? []).filter((field) => !places.includes(field))
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false }
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema
  return rest
}

function refusals(op: AnyOperation): Record<string, unknown> {
  const byStatus = new Map<number, string[]>([[problems.invalid_input[0], ['invalid_input', 'malformed']]])
  for (const [name, status] of Object.entries(op.refusals)) byStatus.set(status, [...(byStatus.get(status) ?? []), name])
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  const answers = [...byStatus].map(([status, names]): [string, unknown] => [
    `${status}`,
    { description: names.map((name) => `\`${name}\` ${words(name)}`).join('; '), content },
  ])
  return { ...Object.fromEntries(answers), default: { description: 'Any other problem', content } }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Sent again with the same key within a day, the request gets the first answer and nothing happens twice.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'A stable name to act on' },
    detail: { type: 'string' },
    request: { type: 'string', description: 'Quote this id when you ask for help' },
    errors: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, says: { type: 'string' } } } },
    alternatives: { type: 'array', description: 'What could be done instead, where the refusal knows', items: { type: 'object' } },
  },
}
