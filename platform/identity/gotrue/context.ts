import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JSONWebKeySet } from 'jose'
import type { Configuration } from '#platform/configuration/environment.ts'
import type { Database } from '#platform/database/acting.ts'
import { placeOf, type Limits } from '#platform/operations/limits.ts'
import type { Ask } from '../askers.ts'
import type { Cookies } from '../cookies.ts'
import type { Allowances, Attempts } from '../attempts.ts'
import type { Read, Sign } from '../tokens.ts'
import { answersTo } from './cors.ts'
import { AuthError, sendError } from './errors.ts'

// What every ability of the protocol works with.
export type GoTrue = {
  configuration: Configuration
  database: Database
  ask: Ask
  cookies: Cookies
  rules: Rules
  publicKeys: JSONWebKeySet
  secrets: Buffer
  apiKeys: string[]
  sign: Sign
  read: Read
  attempts: Attempts
  limits: Limits
}
export type Rules = {
  /** An address must be confirmed before its person signs in. Without it sign-up tells whether an address is known. */
  confirmation: boolean
  allowances: Allowances
  /** Of one place, to all of this protocol. */
  callsAMinute: number
}

/** What is the same for all of it. */
export function beGoTrue(app: FastifyInstance, { apiKeys, limits, rules }: GoTrue): void {
  answersTo(app)
  app.addHook('onRequest', (request, _reply, done) => {
    const key = request.headers['apikey']
    if (key !== undefined && !apiKeys.includes(String(key))) return done(new AuthError(401, 'no_authorization', 'Invalid API key'))
    const wait = limits.wait(`auth ${placeOf(request.ip)}`, rules.callsAMinute)
    done(wait > 0 ? tooMany(wait) : undefined)
  })
  app.setErrorHandler((error, request, reply) => sendError(request, reply, error))
  app.setNotFoundHandler((request, reply) => sendError(request, reply, new AuthError(404, 'not_found', 'There is nothing here')))
}

export const tooMany = (wait: number) =>
  new AuthError(429, 'over_request_rate_limit', `For security purposes, you can only request this after ${wait} seconds.`, { wait })

/** Mails are asked for at one place, and arrive at one address: neither may be used to flood the other. */
export async function mayMail({ attempts }: GoTrue, request: FastifyRequest, address: string): Promise<void> {
  const wait = (await attempts.take('mail-place', placeOf(request.ip))) || (await attempts.take('mail', address))
  if (wait > 0)
    throw new AuthError(429, 'over_email_send_rate_limit', `For security purposes, you can only request this after ${wait} seconds.`, {
      wait,
    })
}
