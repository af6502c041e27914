import { importJWK, SignJWT } from 'jose'
import type { VapidKey } from '#platform/configuration/keys.ts'

/** By which a push service knows that it is we (RFC 8292): for itself alone, and for half a day of the whole one it may be. */
export async function authorization(endpoint: string, key: VapidKey, subject: string): Promise<string> {
  const word = await new SignJWT()
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(new URL(endpoint).origin)
    .setSubject(subject)
    .setExpirationTime('12h')
    .sign(await importJWK({ ...key }, 'ES256'))
  return `vapid t=${word}, k=${publicKeyOf(key)}`
}

/** As browsers want it: an uncompressed point, in base64url. */
export const publicKeyOf = ({ x, y }: Pick<VapidKey, 'x' | 'y'>): string =>
  Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url')
