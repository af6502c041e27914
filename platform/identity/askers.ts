import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet } from 'jose'
import type { Acting } from '#platform/database/acting.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Person } from '#platform/operations/handle.ts'
import type { Cookies } from './cookies.ts'
import type { Ended, Token } from './ended.ts'
import { isUuid } from './tokens.ts'

// Who is asking, as far as the request itself proves it.
export type Asker = { acting: Acting; person: Person | null }
export type AskerKeys = { publicKeys: JSONWebKeySet; serviceKey: string; anonKey: string }
export type Asking = { method: string; headers: IncomingHttpHeaders }

// A signature costs five times what the rest of a request does, so a token is checked once and remembered by its hash
// until it expires. The bound holds a flood of tokens off; the oldest goes first.
const mostRemembered = 20_000

export type Ask = (request: Asking) => Asker | Promise<Asker>

export function askers({ publicKeys, serviceKey, anonKey }: AskerKeys, cookies?: Cookies, ended?: Ended): Ask {
  const keys = createLocalJWKSet(publicKeys)
  const service = digest(serviceKey)
  const anon = digest(anonKey)
  const remembered = new Map<string, { asker: Asker; token: Token; until: number }>()

  async function verified(token: string, known: string): Promise<Asker> {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['ES256'],
      audience: 'authenticated',
      requiredClaims: ['exp', 'sub'],
    }).catch(notAccepted)
    const { sub, role, email, aal, session_id, second_factor } = payload
    if (role !== 'authenticated' || !isUuid(sub)) throw new ProblemError('token_not_accepted')
    if (second_factor === 'needed') throw new ProblemError('second_factor_needed')
    const acting = { role: 'authenticated', claims: JSON.stringify({ sub, role, email, aal, session_id }) } as const
    const asker = { acting, person: { id: sub } }
    const proved = { session: session_id, person: sub }
    remembered.set(known, { asker, token: proved, until: payload.exp! * 1_000 })
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!)
    return admit(proved, asker)
  }
  const admit = (token: Token, asker: Asker) => ended?.admit(token, asker) ?? asker

  function ofCookie(request: Asking): Asker | Promise<Asker> {
    const word = cookies?.wordOf(request)
    if (word === undefined) return stranger
    const asker = cookies!.asker(word)
    return asker instanceof Promise ? asker.then((known) => known ?? stranger) : asker
  }

  return (request) => {
    const { authorization } = request.headers
    if (authorization === undefined) return request.headers.cookie === undefined ? stranger : ofCookie(request)
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    if (!token) throw new ProblemError('token_not_accepted')
    const known = hash('sha256', token, 'base64url')
    const before = remembered.get(known)
    if (before && before.until > Date.now()) return admit(before.token, before.asker)
    remembered.delete(known)
    const proof = digest(token)
    if (timingSafeEqual(proof, service)) return theOperator
    if (timingSafeEqual(proof, anon)) return stranger
    return verified(token, known)
  }
}

const stranger: Asker = { acting: { role: 'anon', claims: '{"role":"anon"}' }, person: null }
const theOperator: Asker = { acting: { role: 'service_role', claims: '{"role":"service_role"}' }, person: null }

const digest = (text: string) => hash('sha256', text, 'buffer')

function notAccepted(error: unknown): never {
  if (error instanceof errors.JOSEError) throw new ProblemError('token_not_accepted')
  throw error
}
