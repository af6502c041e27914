import { createLocalJWKSet, errors, importJWK, jwtVerify, SignJWT, type JSONWebKeySet, type JWTPayload } from 'jose'
import type { SigningKey } from '#platform/configuration/keys.ts'
import type { Account } from './people.ts'

export type Proof = { method: string; timestamp: number }
export type Session = {
  id: string
  aal: 'aal1' | 'aal2' | 'aal3'
  amr: Proof[]
  /** The person has a second factor, and this session has not seen it yet. */
  unproved?: boolean
  /** In seconds since 1970: no token of it lasts beyond that. */
  ends?: number | undefined
}
export type AccessToken = { token: string; lasts: number; expiresAt: number }

export const tokenSeconds = 3_600

// GoTrue's access tokens, claim for claim (its tokens/service.go): whatever reads a hosted project's tokens reads ours.
// The first key signs. A key that goes is first put behind a new one, and leaves when its last token has expired.
export function signer([key]: readonly SigningKey[], publicUrl: string) {
  const signing = importJWK({ ...key! }, 'ES256')

  return async (account: Account, { id, aal, amr, unproved, ends }: Session): Promise<AccessToken> => {
    const now = Math.floor(Date.now() / 1_000)
    const lasts = Math.min(tokenSeconds, (ends ?? Infinity) - now)
    const claims: JWTPayload = {
      iss: `${publicUrl}/auth/v1`,
      sub: account.id,
      aud: 'authenticated',
      exp: now + lasts,
      iat: now,
      email: account.email ?? '',
      phone: account.phone ?? '',
      app_metadata: account.raw_app_meta_data,
      user_metadata: account.raw_user_meta_data,
      role: 'authenticated',
      aal,
      amr,
      session_id: id,
      is_anonymous: false,
      // Ours: until then the token opens nothing but the way to prove it (askers.ts).
      ...(unproved && aal === 'aal1' ? { second_factor: 'needed' } : {}),
    }
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key!.kid, typ: 'JWT' }).sign(await signing)
    return { token, lasts, expiresAt: now + lasts }
  }
}
export type Sign = ReturnType<typeof signer>

/** Whose token this is and of which session; throws jose's errors. Whether the session is still there is the caller's to ask. */
export function reader(publicKeys: JSONWebKeySet) {
  const keys = createLocalJWKSet(publicKeys)
  return async (token: string): Promise<{ person: string; session: string | undefined }> => {
    const { payload } = await jwtVerify(token, keys, { algorithms: ['ES256'], audience: 'authenticated', requiredClaims: ['exp', 'sub'] })
    if (!isUuid(payload.sub)) throw new errors.JWTClaimValidationFailed('sub is nobody of ours', payload, 'sub')
    return { person: payload.sub, session: isUuid(payload['session_id']) ? payload['session_id'] : undefined }
  }
}
export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
export type Read = ReturnType<typeof reader>
