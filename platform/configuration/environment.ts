import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import { parseEnv } from 'node:util'
import { providersIn, type Provider } from './providers.ts'
import { CannotStart } from './stop.ts'

// Everything the outside may set, read once. Each wrong value is one line that says what to do.
export type Configuration = {
  port: number
  host: string
  publicUrl: string
  trustedProxies: string[]
  tls: { cert: Buffer; key: Buffer } | undefined
  logLevel: string
  production: boolean
  dataDir: string
  databaseUrl: string | undefined
  appDatabaseUrl: string | undefined
  workerDatabaseUrl: string | undefined
  databasePool: number
  prepare: boolean
  migrate: boolean
  /** Whether an installation of one's own begins with the demo world, and shows it. */
  demo: boolean
  /** Which domains are shown; all are migrated. */
  domains: Domain[]
  /** Who may sign up: anyone, those with an invitation, nobody. */
  registration: Registration
  /** A hosted project's address: then identity is its business. */
  supabaseUrl: string | undefined
  /** Where else than to PUBLIC_URL a link may lead back. */
  redirectOrigins: string[]
  /** Who else may vouch for people who sign in. */
  providers: Provider[]
  smtpUrl: string | undefined
  mailFrom: Sender
  /** Whom a push service may write to about us: an address of https or of mail. */
  vapidSubject: string
  /** The operator's own STUN and TURN servers, for calls where a network lets nothing through directly. */
  relays: Relays
  secrets: Secrets
}
export type Relays = { urls: string[]; secret: string | undefined }
type Secrets = Record<'jwtKeys' | 'secretsKey' | 'anonKey' | 'serviceKey' | 'vapidKey', string | undefined>

const domains = ['practice', 'care', 'speaking', 'mentoring', 'interviews'] as const
export type Domain = (typeof domains)[number]
export const isDomain = (name: string): name is Domain => domains.some((domain) => domain === name)
export const switchedOff = (on: readonly Domain[]): Domain[] => domains.filter((domain) => !on.includes(domain))
export type Registration = 'open' | 'invite' | 'closed'
export type Sender = { name: string; address: string }

export const root = path.resolve(import.meta.dirname, '../..')

/** The environment, and beneath it what `.env` says. */
export function environment(): Environment {
  return { ...dotEnv(path.join(root, '.env')), ...process.env }
}
type Environment = Record<string, string | undefined>

export function configure(env: Environment): Configuration {
  const read = reader(env)
  const port = read('PORT', '3000', wholeNumber(0, 65_535))
  const host = read('HOST', '127.0.0.1', oneWord)
  const tls = certificate(read('TLS_CERT', '', file), read('TLS_KEY', '', file))
  const publicUrl = read('PUBLIC_URL', `${tls ? 'https' : 'http'}://localhost:${port}`, origin)
  const databaseUrl = read('DATABASE_URL', '', postgresUrl)
  const production = read('NODE_ENV', 'development', oneOf('development', 'production', 'test')) === 'production'
  const secrets = {
    jwtKeys: env['JWT_KEYS'] || undefined,
    secretsKey: env['SECRETS_KEY'] || undefined,
    anonKey: env['ANON_KEY'] || undefined,
    serviceKey: env['SERVICE_KEY'] || undefined,
    vapidKey: env['VAPID_KEY'] || undefined,
  }
  // Made keys live in DATA_DIR; beside a database that outlives this machine they would be lost with it.
  if (production && databaseUrl && !(secrets.jwtKeys && secrets.secretsKey))
    throw wrong('JWT_KEYS and SECRETS_KEY', 'are required with DATABASE_URL in production: see docs/operating.md, "Keys"')

  const mailFrom = read('MAIL_FROM', `Vivavoce <no-reply@${new URL(publicUrl).hostname}>`, sender)

  read('ROOM_PROVIDER', 'builtin', builtin)

  return {
    port,
    host,
    publicUrl,
    trustedProxies: read('TRUSTED_PROXIES', '', networks),
    tls,
    logLevel: read('LOG_LEVEL', 'info', oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent')),
    production,
    dataDir: path.resolve(root, read('DATA_DIR', './data', oneWord)),
    databaseUrl,
    appDatabaseUrl: read('APP_DATABASE_URL', '', postgresUrl),
    workerDatabaseUrl: read('WORKER_DATABASE_URL', '', postgresUrl),
    databasePool: read('DATABASE_POOL', '10', wholeNumber(1, 500)),
    prepare: read('DATABASE_PREPARE', 'on', onOff),
    migrate: read('MIGRATE', '1', onOff),
    demo: read('DEMO', 'on', onOff),
    domains: read('DOMAINS', domains.join(), someOf(...domains)),
    registration: read('REGISTRATION', 'open', oneOf('open', 'invite', 'closed')),
    supabaseUrl: read('SUPABASE_URL', '', optional(origin)),
    redirectOrigins: read('REDIRECT_ORIGINS', '', origins),
    providers: providersIn(env),
    smtpUrl: read('SMTP_URL', '', smtpUrl),
    mailFrom,
    vapidSubject: read('VAPID_SUBJECT', publicUrl.startsWith('https:') ? publicUrl : `mailto:${mailFrom.address}`, subject),
    relays: relays(read('TURN_URLS', '', turnUrls), env['TURN_SECRET']?.trim() || undefined),
    secrets,
  }
}

// Credentials are made of the secret (coturn: static-auth-secret), so a relay without one would be open to nobody. STUN asks for none.
function relays(urls: string[], secret: string | undefined): Relays {
  const turn = urls.some((url) => url.startsWith('turn'))
  if (turn && !secret)
    throw wrong('TURN_SECRET', 'is required with TURN_URLS: the secret that the relay shares with us (coturn: static-auth-secret)')
  if (!turn && secret) throw wrong('TURN_URLS', 'must name a relay for TURN_SECRET, such as turn:turn.vivavoce.example:3478')
  return { urls, secret }
}

function certificate(cert: Buffer | undefined, key: Buffer | undefined): Configuration['tls'] {
  if (!cert !== !key) throw wrong('TLS_CERT and TLS_KEY', 'must be set together, or neither')
  if (!cert || !key) return undefined
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw wrong(
      'TLS_CERT and TLS_KEY',
      `must be a certificate and its key in PEM (${(error as { reason?: string }).reason ?? 'they could not be read'})`,
    )
  }
  return { cert, key }
}

function dotEnv(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return {}
    throw new CannotStart(`${file} cannot be read (${(error as Error).message}); mend it or remove it`)
  }
}

// A parser returns what the text means, or throws a Not with what was expected instead.
type Parser<T> = (text: string) => T
class Not extends Error {}

// What holds a password is not repeated in the line.
class NotShown extends Not {}

function reader(env: Environment) {
  return <T>(name: string, otherwise: string, parse: Parser<T>): T => {
    const text = env[name]?.trim() || otherwise
    try {
      return parse(text)
    } catch (error) {
      if (error instanceof NotShown) throw wrong(name, error.message)
      if (error instanceof Not) throw wrong(name, `${error.message}, but is "${text}"`)
      throw error
    }
  }
}

const wrong = (name: string, says: string) => new CannotStart(`${name} ${says}`)

const oneWord: Parser<string> = (text) => {
  if (/[\0\r\n]/.test(text)) throw new Not('must be one line')
  return text
}

const wholeNumber =
  (least: number, most: number): Parser<number> =>
  (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) throw new Not(`must be a whole number from ${least} to ${most}`)
    return value
  }

const oneOf =
  <const T extends string>(...words: T[]): Parser<T> =>
  (text) => {
    const word = words.find((word) => word === text)
    if (!word) throw new Not(`must be one of ${words.join(', ')}`)
    return word
  }

const someOf =
  <const T extends string>(...words: T[]): Parser<T[]> =>
  (text) => {
    const said = text.split(',').map((item) => item.trim())
    if (said.some((item) => !words.some((word) => word === item))) throw new Not(`must be some of ${words.join(', ')}, separated by commas`)
    return words.filter((word) => said.includes(word))
  }

const onOff: Parser<boolean> = (text) => {
  if (['on', '1', 'true', 'yes'].includes(text)) return true
  if (['off', '0', 'false', 'no'].includes(text)) return false
  throw new Not('must be on or off')
}

const origin: Parser<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash)
    throw new Not('must be an address such as https://vivavoce.example, without a path')
  return url.origin
}

const optional =
  <T>(parse: Parser<T>): Parser<T | undefined> =>
  (text) =>
    text === '' ? undefined : parse(text)

const origins: Parser<string[]> = (text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
    .map(origin)

const postgresUrl: Parser<string | undefined> = (text) => {
  if (text === '') return undefined
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new NotShown('must be an address such as postgres://owner:password@host:5432/vivavoce')
  return text
}

// No query: nodemailer would take it for options of its own, and one of those logs every word.
const smtpUrl: Parser<string | undefined> = (text) => {
  if (text === '') return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url?.hostname || !/^smtps?:$/.test(url.protocol) || !/^\/?$/.test(url.pathname) || url.search || url.hash)
    throw new NotShown('must be an address such as smtps://user:password@mail.example:465')
  return text
}

const sender: Parser<Sender> = (text) => {
  const [, name = '', address = text] = /^"?([^"<>\p{Cc}]*?)"?\s*<([^<>]+)>$/u.exec(text) ?? []
  if (!/^[^\s\p{Cc}<>()[\],;:"\\@]+@[^\s\p{Cc}<>(),;"\\@]+$/u.test(address))
    throw new Not('must be an address such as Vivavoce <no-reply@vivavoce.example>')
  return { name, address }
}

// RFC 8292, 2.1. Apple's push service refuses one with a space, or one that is neither.
const subject: Parser<string> = (text) => {
  const ofMail = /^mailto:[^\s\p{Cc}<>(),;:"\\@]+@[^\s\p{Cc}<>(),;"\\@]+$/u.test(text)
  if (!ofMail && !(/^https:\/\/\S+$/.test(text) && URL.canParse(text)))
    throw new Not('must be an address such as mailto:operator@vivavoce.example or https://vivavoce.example')
  return text
}

// RFC 7064 and 7065.
const turnUrls: Parser<string[]> = (text) => {
  const list = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
  for (const item of list)
    if (
      !/^(stuns?:([^\s:/?#@]+|\[[0-9a-f:]+\])(:\d{1,5})?|turns?:([^\s:/?#@]+|\[[0-9a-f:]+\])(:\d{1,5})?(\?transport=(udp|tcp))?)$/i.test(
        item,
      )
    )
      throw new Not('must be addresses such as turn:turn.vivavoce.example:3478, separated by commas')
  return list
}

// What would carry more than four is a decision of its own (docs/decisions/0018-rooms-are-a-mesh-of-four.md).
const builtin: Parser<void> = (text) => {
  if (text !== 'builtin') throw new Not('must be builtin, which is the only one there is today')
}

const networks: Parser<string[]> = (text) => {
  const list = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
  for (const item of list) if (!isNetwork(item)) throw new Not('must be addresses or networks such as 10.0.0.0/8, separated by commas')
  return list
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return false
  return bits === undefined || Number(bits) <= (family === 4 ? 32 : 128)
}

const file: Parser<Buffer | undefined> = (text) => {
  if (text === '') return undefined
  try {
    return readFileSync(path.resolve(root, text))
  } catch (error) {
    throw new Not(`must name a file that can be read (${(error as { code?: string }).code ?? 'error'})`)
  }
}
