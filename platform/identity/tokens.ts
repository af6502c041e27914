import { importJWK, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import type { SigningKey } from '#platform/configuration/keys.ts'
import type { Account } from './people.ts'

export type Proof = { method: string; timestamp: number }
export type Session = { id: string; aal: 'aal1' | 'aal2' | 'aal3'; amr: Proof[] }
export type AccessToken = { token: string; expiresAt: number }

export const tokenSeconds = 3_600

// GoTrue's access tokens, claim for claim (its tokens/service.go): whatever reads a hosted project's tokens reads ours.
// The first key signs. A key that goes is first put behind a new one, and leaves when its last token has expired.
export function signer([key]: readonly SigningKey[], publicUrl: string) {
  const signing = importJWK({ ...key! }, 'ES256') as Promise<CryptoKey>

  return async (account: Account, { id, aal, amr }: Session): Promise<AccessToken> => {
    const now = Math.floor(Date.now() / 1_000)
    const claims: JWTPayload = {
      iss: `${publicUrl}/auth/v1`,
      sub: account.id,
      aud: 'authenticated',
      exp: now + tokenSeconds,
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
    }
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key!.kid, typ: 'JWT' }).sign(await signing)
    return { token, expiresAt: now + tokenSeconds }
  }
}
export type Sign = ReturnType<typeof signer>
