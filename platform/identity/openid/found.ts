import * as z from 'zod/mini'
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  ClientError,
  fetchUserInfo,
  ResponseBodyError,
  type Configuration as Client,
} from 'openid-client'
import { addressIn } from '../address.ts'
import type { Secrets } from './journey.ts'

// Whom a provider vouches for, once everything it said has been checked: state, nonce, PKCE, issuer, audience, expiry and
// signature. What does not hold is refused by the name of what was wrong.
export const Found = z.object({
  provider: z.string(),
  issuer: z.string(),
  subject: z.string(),
  email: z.optional(z.string()),
  emailVerified: z.boolean(),
  name: z.optional(z.string()),
})
export type Found = z.output<typeof Found>

export type NotFound =
  | 'access_denied'
  | 'code_not_accepted'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'wrong_nonce'
  | 'id_token_expired'
  | 'id_token_not_signed_by_provider'
  | 'userinfo_of_somebody_else'
  | 'provider_unreachable'
  | 'provider_answer_not_accepted'

export async function find(
  client: Client,
  { provider, address, secrets }: { provider: string; address: URL; secrets: Secrets },
): Promise<Found | NotFound> {
  try {
    const tokens = await authorizationCodeGrant(client, address, {
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      pkceCodeVerifier: secrets.verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()!
    const said =
      claims['email'] === undefined && client.serverMetadata().userinfo_endpoint
        ? await fetchUserInfo(client, tokens.access_token, claims.sub)
        : claims
    return found(provider, claims.iss, said)
  } catch (error) {
    const because = reasonOf(error)
    if (because) return because
    throw error
  }
}

const Said = z.object({
  sub: z.string().check(z.minLength(1), z.maxLength(255)), // OpenID Connect Core, 2
  email: z.optional(z.unknown()),
  email_verified: z.optional(z.unknown()),
  xms_edov: z.optional(z.unknown()), // Microsoft: that the domain's owner has shown the address to be theirs
  name: z.optional(z.unknown()),
})

function found(provider: string, issuer: string, claims: unknown): Found | NotFound {
  const said = z.safeParse(Said, claims)
  if (!said.success) return 'provider_answer_not_accepted'
  const { sub, email, email_verified, xms_edov, name } = said.data
  const isVerified = email_verified === true || (email_verified === undefined && [true, 1, '1'].some((yes) => xms_edov === yes))
  return {
    provider,
    issuer,
    subject: sub,
    email: addressIn(email),
    emailVerified: isVerified,
    name: typeof name === 'string' ? name.replace(/\p{C}/gu, '').trim().slice(0, 100) || undefined : undefined,
  }
}

// By the library's codes. Undefined: not the provider's fault but ours.
function reasonOf(error: unknown): NotFound | undefined {
  if (error instanceof AuthorizationResponseError) return error.error === 'access_denied' ? 'access_denied' : 'provider_answer_not_accepted'
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant' ? 'code_not_accepted' : 'provider_answer_not_accepted'
  if (isUnreachable(error)) return 'provider_unreachable'
  if (!(error instanceof ClientError)) return undefined
  const about = detailOf(error)
  if (error.code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED') return byClaim[String(about['claim'])] ?? 'provider_answer_not_accepted'
  if (error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED' && about['attribute'] === 'sub') return 'userinfo_of_somebody_else'
  if (error.code === 'OAUTH_INVALID_RESPONSE' && ('signature' in about || 'header' in about)) return 'id_token_not_signed_by_provider'
  return (error.code && byCode[error.code]) || 'provider_answer_not_accepted'
}

/** What exactly it was stands two causes down. It holds claims and keys: nothing for a log. */
function detailOf({ cause }: ClientError): Record<string, unknown> {
  const detail: unknown = cause instanceof Error ? cause.cause : undefined
  return typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {}
}

const byClaim: Record<string, NotFound> = { iss: 'wrong_issuer', aud: 'wrong_audience', azp: 'wrong_audience', nonce: 'wrong_nonce' }
const byCode: Record<string, NotFound> = {
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'id_token_expired',
  OAUTH_KEY_SELECTION_FAILED: 'id_token_not_signed_by_provider',
  OAUTH_TIMEOUT: 'provider_unreachable',
  OAUTH_ABORT: 'provider_unreachable',
}

/** fetch() says so by a TypeError with the socket's error as its cause, or by a time-out. */
const isUnreachable = (error: unknown): boolean =>
  (error instanceof TypeError && error.message === 'fetch failed') || (error instanceof DOMException && error.name === 'TimeoutError')
