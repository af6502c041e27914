import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { after } from 'node:test'
import { importJWK, jwtVerify } from 'jose'
import type { WayOut } from '#platform/push/way-out.ts'

// A push service on loopback, as a browser's maker runs one (RFC 8030, RFC 8292). It takes what is rightly asked, and says why not else;
// or misbehaves in one way at a time.
export type PushService = {
  origin: string
  /** The address of one more browser, which subscribed to this key of a server. */
  endpoint(key: string): string
  /** What it took, in order. */
  pokes: Poke[]
  /** What it did not take, and why. */
  refusals: string[]
  /** All it was asked, also what it answered badly, or what followed a redirect. */
  asked: string[]
  misbehave(misdeed?: Misdeed): void
}
export type Poke = { endpoint: string; ttl: number; urgency: string; topic: string | undefined; subject: string; at: number }
export type Misdeed = 404 | 410 | 413 | 429 | 500 | 503 | 'slow' | 'closes early' | 'redirects to loopback' | 'talks without end'

function pem(name: 'cert' | 'key'): string {
  return readFileSync(path.join(import.meta.dirname, '../platform/operations/tests', `localhost.${name}.pem`), 'utf8')
}

/** To reach it at all: loopback, any port, its certificate. */
export const toLoopback: WayOut = {
  mayReach: (address) => ['127.0.0.1', '::1'].includes(address),
  ports: () => true,
  patience: 1_500,
  ca: pem('cert'),
}

/** The same for whoever is about something else than patience: this machine may be busy. */
export const patiently: WayOut = { ...toLoopback, patience: 30_000 }

export async function freshPushService({ retryAfter = '2' }: { retryAfter?: string } = {}): Promise<PushService> {
  const keys = new Map<string, string>()
  const pokes: Poke[] = []
  const refusals: string[] = []
  const asked: string[] = []
  let misdeed: Misdeed | undefined

  const server = createServer({ cert: pem('cert'), key: pem('key') }, (request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`
  after(() => (server.closeAllConnections(), server.close()))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const endpoint = `${origin}${request.url}`
    asked.push(endpoint)
    if (misdeed === 'slow') return
    if (misdeed === 'closes early') return void request.socket.destroy()
    if (misdeed === 'redirects to loopback') return void response.writeHead(307, { location: `${origin}/metadata` }).end()
    if (misdeed === 'talks without end') return talkTo(response.writeHead(201))
    if (misdeed !== undefined)
      return void response.writeHead(misdeed, misdeed === 429 || misdeed === 503 ? { 'retry-after': retryAfter } : {}).end('no')
    const wrong = keys.has(endpoint) ? await whatIsWrong(request, origin, keys.get(endpoint)!) : 'there is no such subscription'
    if (typeof wrong === 'string') {
      refusals.push(wrong)
      return void response.writeHead(keys.has(endpoint) ? 403 : 404).end(wrong)
    }
    pokes.push({ endpoint, at: performance.now(), ...wrong })
    response.writeHead(201, { location: `${origin}/message/${pokes.length}` }).end()
  }

  return {
    origin,
    endpoint(key) {
      const made = `${origin}/push/${keys.size + 1}-${crypto.randomUUID()}`
      keys.set(made, key)
      return made
    },
    pokes,
    refusals,
    asked,
    misbehave: (next) => void (misdeed = next),
  }
}

// In the order of the documents: what RFC 8030 wants of a message, then what RFC 8292 wants of who sends it.
async function whatIsWrong(
  { method, headers }: IncomingMessage,
  origin: string,
  key: string,
): Promise<string | Omit<Poke, 'endpoint' | 'at'>> {
  if (method !== 'POST') return 'a message is sent by POST'
  const { ttl = '', urgency = '', topic } = headers as Record<string, string | undefined>
  if (!/^\d+$/.test(ttl)) return 'TTL is missing'
  if (!['very-low', 'low', 'normal', 'high'].includes(urgency)) return 'Urgency is unknown'
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(topic)) return 'Topic is longer than 32 letters of base64url'
  if (headers['content-length'] !== '0' || headers['content-encoding']) return 'there is a payload'
  const [, word, own] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  if (!word || !own) return 'there is no vapid authorization'
  if (own !== key) return 'the browser subscribed to another key'
  const point = Buffer.from(own, 'base64url')
  if (point.length !== 65 || point[0] !== 4) return 'k is no uncompressed point'
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  try {
    const { payload } = await jwtVerify(word, await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256'), {
      audience: origin,
      algorithms: ['ES256'],
      requiredClaims: ['aud', 'exp', 'sub'],
    })
    if (payload.exp! > Date.now() / 1_000 + 24 * 3_600) return 'exp is more than a day ahead'
    if (!/^(?:mailto:|https:)/.test(payload.sub!)) return 'sub is no address'
    return { ttl: Number(ttl), urgency, topic, subject: payload.sub! }
  } catch (error) {
    return `the word does not hold: ${(error as { code?: string }).code}`
  }
}

function talkTo(response: ServerResponse): void {
  const more = Buffer.alloc(64 * 1024, 'no ')
  const on = () => void (response.destroyed || setImmediate(() => (response.write(more) ? on() : response.once('drain', on))))
  response.on('error', () => {})
  on()
}
