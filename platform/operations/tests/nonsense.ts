import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import fc from 'fast-check'
import { freshServer, type TestServer } from '#tests/server.ts'
import { problems } from '../problem.ts'
import { person } from './asking.ts'
import { operationsOf, valueFor, type Described } from './described.ts'

export type Sent = {
  method: string
  path: string
  headers?: Record<string, string>
  body?: string | Buffer
  chunked?: boolean
  unfinished?: boolean
}
export type Heard = { status: number; headers: http.IncomingHttpHeaders; text: string }
export type Who = 'stranger' | 'person' | 'operator'
type Expect = (heard: Heard, who: Who, operation: Described) => void

// A kind of nonsense is tried so often in all, shared out among the operations however many there will be.
const usually = 150

/** A server of its own, its operations as it tells them to the world, and everybody who may send them something. */
export async function sillySeason() {
  const server = await freshServer({ TRUSTED_PROXIES: '127.0.0.1' })
  const operations = await operationsOf(server)
  const people = await Promise.all(Array.from({ length: 40 }, (_, n) => person(server, `person${n}`)))
  const send = sendingTo(server)

  // Everybody calls from another address and as another person, lest the limits answer in the operation's place.
  let calls = 0
  const from = () => ({ 'x-forwarded-for': `2001:db8:${(++calls >> 16).toString(16)}:${(calls & 0xffff).toString(16)}::1` })
  const credentials: Record<Who, () => Record<string, string>> = {
    stranger: () => ({}),
    person: () => ({ authorization: `Bearer ${people[calls % people.length]!.token}` }),
    operator: () => ({ authorization: `Bearer ${server.keys.service}` }),
  }

  const secrets = [server.keys.service, server.keys.anon, 'hunter2', 'eyJ']
  const everyOperation = async (work: (operation: Described) => Promise<void>) => void (await Promise.all(operations.map(work)))

  /** Sends what `nonsense` makes of each operation, as everybody. */
  async function toAll(nonsense: (operation: Described) => fc.Arbitrary<Sent> | undefined, expect: Expect = () => {}, inAll = usually) {
    await everyOperation(async (operation) => {
      const arbitrary = nonsense(operation)
      if (!arbitrary) return
      const asEverybody = fc.asyncProperty(arbitrary, async (sent) => {
        await Promise.all(
          Object.entries(credentials).map(async ([who, credential]) => {
            const heard = await send({ ...sent, headers: { ...from(), ...credential(), ...sent.headers } })
            decent(heard, operation, secrets)
            expect(heard, who as Who, operation)
          }),
        )
      })
      await fc.assert(asEverybody, { numRuns: Math.ceil(inAll / operations.length) })
    })
  }

  return { server, operations, people, send, from, toAll, everyOperation }
}

function sendingTo({ address }: TestServer) {
  const keptAlive = new http.Agent({ keepAlive: true, maxSockets: 12 })
  const { hostname, port } = new URL(address)

  return async ({ method, path, headers = {}, body, chunked, unfinished }: Sent): Promise<Heard> => {
    const size = body === undefined || chunked || 'content-length' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const agent = unfinished ? false : keptAlive
    const request = http.request({ hostname, port, method, path, headers: { ...size, ...headers }, agent })
    if (body === undefined) request.flushHeaders()
    else request.write(body)
    if (!unfinished) request.end()
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage]
    const text = Buffer.concat((await answer.toArray()) as Buffer[]).toString()
    if (unfinished) request.destroy()
    return { status: answer.statusCode ?? 0, headers: answer.headers, text }
  }
}

const telltale =
  /\n +at |node_modules|\.ts\b|\/work\/|\bselect .+ from |\binsert into |pg_|SQLSTATE|relation "|column "|syntax error|violates|\[object /i

/** An answer that is no fault of ours, can be named, and gives nothing away. */
export function decent({ status, headers, text }: Heard, operation?: Described, secrets: string[] = ['hunter2']): void {
  const said = `${status} ${text.slice(0, 500)}`
  assert.ok(status >= 200 && status < 500, said)
  assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/, said)
  if (status < 400) return
  assert.match(String(headers['content-type']), /^application\/problem\+json/, said)
  const problem = JSON.parse(text) as { status: number; code: string; request: string }
  assert.equal(problem.status, status, said)
  assert.ok(Object.hasOwn(problems, problem.code) || Object.hasOwn(operation?.['x-refusals'] ?? {}, problem.code), said)
  assert.equal(problem.request, headers['x-request-id'], said)
  assert.doesNotMatch(text, telltale)
  for (const secret of secrets) assert.ok(!text.includes(secret), said)
}

/** Whoever may ask at all hears one of these codes. */
export const refusedWith =
  (...codes: string[]): Expect =>
  ({ text }, who, operation) => {
    if (mayAsk(who, operation)) assert.ok(codes.includes((JSON.parse(text) as { code?: string }).code ?? ''), text)
  }

export const mayAsk = (who: Who, { 'x-who': forWhom }: Described) =>
  forWhom === 'anyone' || (forWhom === 'person' && who === 'person') || (forWhom === 'service' && who === 'operator')

/** A right request, from which each kind of nonsense departs. */
export const right = (operation: Described): fc.Arbitrary<Right> =>
  fc.record({ places: valueFor(operation.places), query: valueFor(operation.query).map(fromTheStart), body: valueFor(operation.body) })
export type Right = { places: Record<string, unknown>; query: Record<string, unknown>; body: Record<string, unknown> }
const fromTheStart = ({ cursor: _cursor, ...query }: Record<string, unknown>) => query // a cursor is handed back, never made up

export const sentFor = (operation: Described, { places, query, body }: Right): Sent => ({
  method: operation.method,
  path: pathOf(operation, places, queryOf(query)),
  ...(operation.hasBody ? { headers: json, body: JSON.stringify(body) } : {}),
})
export const json = { 'content-type': 'application/json' }

const pathOf = ({ path }: Described, places: Record<string, unknown>, query: string) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(places[name])).replaceAll('.', '%2E')) + (query && `?${query}`)
const queryOf = (query: Record<string, unknown>) =>
  Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(one))}`))
    .join('&')
const textOf = (value: unknown) => (typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value) ?? ''))

export const withBody = (operation: Described, bodies: fc.Arbitrary<string | Buffer>, headers: fc.Arbitrary<Headers> = fc.constant(json)) =>
  fc
    .record({ right: right(operation), body: bodies, headers })
    .map(({ right, body, headers }) => ({ ...sentFor(operation, right), headers, body }))
type Headers = Record<string, string>

export const withQuery = (operation: Described, query: (right: string) => fc.Arbitrary<string>) =>
  right(operation).chain((made) =>
    query(queryOf(made.query)).map((text) => ({ ...sentFor(operation, made), path: pathOf(operation, made.places, text) })),
  )

export const withHeaders = (operation: Described, headers: fc.Arbitrary<Headers>) =>
  fc.record({ right: right(operation), headers }).map(({ right, headers }) => {
    const sent = sentFor(operation, right)
    return { ...sent, headers: { ...sent.headers, ...headers } }
  })
