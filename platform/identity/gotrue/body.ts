import type { FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { addressIn } from '../address.ts'
import type { Challenge } from '../flows.ts'
import { weaknessOf, type Context } from '../known-passwords.ts'
import { longestPassword } from '../passwords.ts'
import { AuthError } from './errors.ts'

// What programs send. Fields that we do not know are passed over, as GoTrue does; none of them reaches the database.
export const text = z.optional(z.nullable(z.string().check(z.maxLength(2_000))))
export const metadata = z.optional(
  z.nullable(
    z
      .record(z.string(), z.unknown())
      .check(z.refine((data) => JSON.stringify(data).length <= 8_000, { error: 'must be at most 8,000 characters' })),
  ),
)
export const pkce = { code_challenge: text, code_challenge_method: text }

export function bodyOf<S extends z.ZodMiniObject>(schema: S, { body }: Pick<FastifyRequest, 'body'>): z.output<S> {
  const parsed = z.safeParse(schema, body ?? {})
  if (parsed.success) return parsed.data
  const [{ path, message } = { path: [], message: 'is not as it must be' }] = parsed.error.issues
  throw invalid(`${path.join('.') || 'The body'}: ${message}`)
}

export const invalid = (message: string) => new AuthError(400, 'validation_failed', message)

export function addressOf(given: unknown): string {
  const address = addressIn(given)
  if (!address) throw invalid('Unable to validate email address: invalid format')
  return address
}

export function passwordOf(given: string | null | undefined, context: Context): string {
  if (!given) throw new AuthError(400, 'validation_failed', 'Signup requires a valid password')
  if (given.length > longestPassword)
    throw new AuthError(422, 'validation_failed', `Password cannot be longer than ${longestPassword} characters`)
  const reasons = weaknessOf(given, context)
  if (reasons.length > 0) throw new AuthError(422, 'weak_password', weak[reasons[0]!], { weak_password: { reasons } })
  return given
}
const weak = {
  length: 'Password should be at least 8 characters.',
  pwned: 'Password is known to be weak and easy to guess, please choose a different one.',
  characters: 'Password is made of words that are easy to guess, please choose a different one.',
}

/** A page that keeps a secret of its own for the way back, if this is one. */
export function challengeOf({
  code_challenge,
  code_challenge_method,
}: {
  code_challenge?: string | null | undefined
  code_challenge_method?: string | null | undefined
}): Challenge | undefined {
  if (!code_challenge && !code_challenge_method) return undefined
  const method = code_challenge_method?.toLowerCase()
  if (!code_challenge || (method !== 's256' && method !== 'plain'))
    throw invalid('PKCE flow requires code_challenge_method and code_challenge')
  if (!/^[\w.~-]{43,128}$/.test(code_challenge)) throw invalid('code challenge has to be between 43 and 128 characters and valid')
  return { challenge: code_challenge, method }
}

export const nameIn = (data: Record<string, unknown>): string =>
  [data['name'], data['full_name'], data['first_name'], data['last_name']].filter((word) => typeof word === 'string').join(' ')
