import { Agent, request } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import type { TestServer } from '#tests/server.ts'

// A stranger with a keyboard: whatever HTTP can say, nothing that a library would put right.
export type Said = { status: number; headers: Headers; text: string; code: string | undefined; body: Record<string, unknown> }
export type Sending = { method?: string; body?: unknown; headers?: Record<string, string>; token?: string }

export async function say({ address }: TestServer, path: string, sending: Sending = {}): Promise<Said> {
  const { body, token, method = body === undefined ? 'GET' : 'POST', headers = {} } = sending
  const answer = await fetch(`${address}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      'x-supabase-api-version': '2024-01-01',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const parsed = objectIn(text)
  return { status: answer.status, headers: answer.headers, text, code: parsed['code'] as string | undefined, body: parsed }
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The headers a browser sends from our own pages, and from somebody else's. */
export const ours = { 'sec-fetch-site': 'same-origin' }
export const theirs = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

export type Browser = { cookie: string; said: Said }

/** Signs in as our own pages do: what comes back is a cookie. */
export async function signInByCookie(
  server: TestServer,
  credentials: { email: string; password: string },
  headers: Record<string, string> = {},
): Promise<Browser> {
  const said = await say(server, '/auth/v1/token?grant_type=password', {
    body: credentials,
    headers: { ...ours, 'x-session': 'cookie', ...headers },
  })
  return { cookie: cookieIn(said), said }
}

export const cookieIn = ({ headers }: Said): string => headers.get('set-cookie')?.split(';')[0] ?? ''

/** Whether this cookie or token still makes somebody of its bearer. */
export const isSomebody = async (server: TestServer, by: { cookie: string } | { token: string }): Promise<boolean> =>
  (await say(server, '/api/sample/count', 'cookie' in by ? { headers: { ...ours, cookie: by.cookie } } : by)).status === 200

export type Timed = { ms: number; status: number; headers: Record<string, unknown>; text: string }

/** A connection that is kept, so that nothing but the answer takes time. */
export function keptConnection({ address }: TestServer) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (path: string, body: object, { method = 'POST', token }: { method?: string; token?: string | undefined } = {}) =>
    new Promise<Timed>((resolve, reject) => {
      const sent = JSON.stringify(body)
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(sent),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      }
      const began = performance.now()
      const asking = request(`${address}${path}`, { agent, method, headers }, (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => (text += chunk))
        answer.on('end', () => resolve({ ms: performance.now() - began, status: answer.statusCode!, headers: answer.headers, text }))
      })
      asking.on('error', reject)
      asking.end(sent)
    })
  return { ask, close: () => agent.destroy() }
}

/** What differs from one answer to the next anyway (ids, instants, the address that was asked for) is left out. */
export function shapeOf({ status, headers, text }: Timed, address: string): object {
  const { date: _date, 'x-request-id': _id, 'content-length': _length, ...steady } = headers
  const body = text
    .replaceAll(address, 'ADDRESS')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'THEN')
  return { status, headers: steady, body }
}

export const distinct = (shapes: object[]): object[] =>
  shapes.filter((shape, at) => shapes.findIndex((other) => isDeepStrictEqual(other, shape)) === at)
