import { createPrivateKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Configuration } from './environment.ts'
import { CannotStart } from './stop.ts'

// What proves who we are. Whatever the environment does not give is made at first start and kept in DATA_DIR/keys,
// readable by the owner only; it goes into the backup with everything else.
export type Keys = {
  /** The first one signs; all of them verify. */
  jwt: SigningKey[]
  /** Seals what is stored and names what is derived. 32 bytes. */
  secrets: Buffer
  anon: string
  service: string
  /** By which push services know us. Browsers subscribe to it, so another one ends every subscription. */
  vapid: VapidKey
}
export type VapidKey = { kty: 'EC'; crv: 'P-256'; x: string; y: string; d: string }
export type SigningKey = { kid: string; kty: 'EC'; crv: 'P-256'; alg: 'ES256'; use: 'sig'; x: string; y: string; d: string }

export function keysOf({ dataDir, secrets }: Pick<Configuration, 'dataDir' | 'secrets'>): Keys {
  const kept = keeper(path.join(dataDir, 'keys'))
  return {
    jwt: signingKeys(secrets.jwtKeys ?? kept('jwt.json', () => JSON.stringify({ keys: [newSigningKey()] }))),
    secrets: secret(secrets.secretsKey ?? kept('secrets.key', () => randomBytes(32).toString('base64'))),
    anon: longEnough('ANON_KEY', secrets.anonKey ?? kept('anon.key', () => `anon_${randomBytes(32).toString('base64url')}`)),
    service: longEnough('SERVICE_KEY', secrets.serviceKey ?? kept('service.key', () => `service_${randomBytes(32).toString('base64url')}`)),
    vapid: vapidKey(secrets.vapidKey ?? kept('vapid.json', () => JSON.stringify(newKey()))),
  }
}

/** What others may know of our keys: the JWKS. */
export const publicKeysOf = (keys: readonly SigningKey[]) => ({ keys: keys.map(({ d: _secret, ...rest }) => rest) })

function keeper(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return (name: string, make: () => string): string => {
    const file = path.join(folder, name)
    try {
      if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
      return readFileSync(file, 'utf8').trim()
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT')
        throw new CannotStart(`${file} cannot be read (${(error as Error).message}); restore it from a backup`)
    }
    const made = make()
    const unfinished = `${file}.new`
    writeFileSync(unfinished, `${made}\n`, { mode: 0o600, flush: true })
    renameSync(unfinished, file)
    return made
  }
}

export const newSigningKey = (): SigningKey => ({ kid: randomUUID(), alg: 'ES256', use: 'sig', ...newKey() })

function newKey(): VapidKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y, d } = privateKey.export({ format: 'jwk' }) as Pick<VapidKey, 'x' | 'y' | 'd'>
  return { kty: 'EC', crv: 'P-256', x, y, d }
}

function signingKeys(text: string): SigningKey[] {
  const keys = parsed(text)
  if (keys.length === 0) throw badKeys()
  for (const key of keys) if (!key.kid || !isPrivateKey(key)) throw badKeys()
  return keys.map(({ kid, x, y, d }) => ({ kid, kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', x, y, d }))
}

function isPrivateKey(key: Partial<VapidKey>): key is VapidKey {
  if (key.kty !== 'EC' || key.crv !== 'P-256' || !key.d) return false
  try {
    createPrivateKey({ key, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

function parsed(text: string): SigningKey[] {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown }
    return Array.isArray(keys) ? (keys as SigningKey[]) : []
  } catch {
    throw badKeys()
  }
}
const badKeys = () =>
  new CannotStart(
    'JWT_KEYS (or keys/jwt.json in DATA_DIR) must be a JSON Web Key Set of private P-256 keys, each with kid and d; the first one signs',
  )

function vapidKey(text: string): VapidKey {
  const { kty, crv, x, y, d } = objectIn(text)
  const key = { kty, crv, x, y, d } as VapidKey
  if (!isPrivateKey(key)) throw badVapidKey()
  return key
}

function objectIn(text: string): Partial<VapidKey> {
  try {
    return (JSON.parse(text) as Partial<VapidKey> | null) ?? {}
  } catch {
    throw badVapidKey()
  }
}
const badVapidKey = () => new CannotStart('VAPID_KEY (or keys/vapid.json in DATA_DIR) must be a JSON Web Key: a private P-256 key')

function secret(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 32)
    throw new CannotStart('SECRETS_KEY (or keys/secrets.key in DATA_DIR) must be 32 random bytes in base64: openssl rand -base64 32')
  return bytes
}

function longEnough(name: string, text: string): string {
  if (!/^[\x21-\x7e]{32,}$/.test(text)) throw new CannotStart(`${name} must be at least 32 visible characters without spaces`)
  return text
}
