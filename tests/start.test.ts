import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, test } from 'node:test'
import { startProgram, temporaryFolder } from './processes.ts'
import { tinyServer } from './tinypg.ts'

const node = process.execPath

// Each of these is a mistake an operator makes at some time. The server must not start, and say in one line what to do.
async function refusal(env: Record<string, string>): Promise<string> {
  const { code, out, err } = await startProgram(node, ['app/main.ts'], { DATA_DIR: temporaryFolder(), PORT: '0', ...env }).ended
  assert.equal(code, 1, err)
  assert.equal(out, '', 'nothing but the address belongs on stdout')
  assert.match(err, /^vivavoce: [^\n]+\n$/, 'one clear line')
  return err
}

describe('A wrong setting stops the start with one clear line', { concurrency: 2 }, () => {
  const cases: [what: string, env: () => Record<string, string>, says: RegExp][] = [
    ['a PORT that is no number', () => ({ PORT: 'http' }), /PORT must be a whole number from 0 to 65535, but is "http"/],
    ['a PORT out of range', () => ({ PORT: '70000' }), /PORT must be a whole number/],
    ['a PUBLIC_URL with a path', () => ({ PUBLIC_URL: 'https://x.example/app' }), /PUBLIC_URL must be an address/],
    ['a TRUSTED_PROXIES that is no network', () => ({ TRUSTED_PROXIES: '10.0.0.0/64' }), /TRUSTED_PROXIES must be addresses or networks/],
    ['a LOG_LEVEL that is none', () => ({ LOG_LEVEL: 'loud' }), /LOG_LEVEL must be one of/],
    ['half a certificate', () => ({ TLS_CERT: 'package.json' }), /TLS_CERT and TLS_KEY must be set together/],
    [
      'a certificate that cannot be read',
      () => ({ TLS_CERT: 'no/such.pem', TLS_KEY: 'no/such.pem' }),
      /TLS_CERT must name a file that can be read/,
    ],
    ['a certificate that is none', () => ({ TLS_CERT: 'package.json', TLS_KEY: 'package.json' }), /TLS_CERT/],
    [
      'a DATABASE_URL that is none',
      () => ({ DATABASE_URL: 'mysql://me:hunter2@localhost/x' }),
      /DATABASE_URL.* must be an address such as postgres:/,
    ],
    ['an SMTP_URL that is none', () => ({ SMTP_URL: 'https://me:hunter2@mail.example' }), /SMTP_URL must be an address such as smtps:/],
    ['an SMTP_URL with options', () => ({ SMTP_URL: 'smtp://me:hunter2@mail.example?debug=true' }), /SMTP_URL must be an address/],
    ['an SMTP_URL without a host', () => ({ SMTP_URL: 'smtps://:hunter2@' }), /SMTP_URL must be an address/],
    [
      'a MAIL_FROM that is none',
      () => ({ MAIL_FROM: 'Vivavoce' }),
      /MAIL_FROM must be an address such as Vivavoce <.*>, but is "Vivavoce"/,
    ],
    ['a MAIL_FROM of two', () => ({ MAIL_FROM: 'a@x.example, b@x.example' }), /MAIL_FROM must be an address/],
    ['a DATABASE_POOL of nothing', () => ({ DATABASE_POOL: '0' }), /DATABASE_POOL must be a whole number from 1/],
    ['a bad SECRETS_KEY', () => ({ SECRETS_KEY: 'short' }), /SECRETS_KEY .*must be 32 random bytes/],
    ['bad JWT_KEYS', () => ({ JWT_KEYS: '{"keys":[{"kty":"oct"}]}' }), /JWT_KEYS .*must be a JSON Web Key Set/],
    ['JWT_KEYS that are no JSON', () => ({ JWT_KEYS: 'secret' }), /JWT_KEYS .*must be a JSON Web Key Set/],
    ['a short SERVICE_KEY', () => ({ SERVICE_KEY: 'x' }), /SERVICE_KEY must be at least 32/],
    [
      'no keys beside a database of its own in production',
      () => ({ NODE_ENV: 'production', DATABASE_URL: 'postgres://a@localhost/b' }),
      /JWT_KEYS and SECRETS_KEY are required/,
    ],
    ['a database nobody answers for', () => ({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x' }), /DATABASE_URL.*cannot be reached/],
    [
      'a database at a name that does not exist',
      () => ({ DATABASE_URL: 'postgres://me:hunter2@no-such-host.invalid/x' }),
      /DATABASE_URL.*cannot be reached/,
    ],
    ['a DATA_DIR that is a file', () => ({ DATA_DIR: path.resolve('package.json') }), /package\.json/],
    ['a DATA_DIR of somebody else', () => ({ DATA_DIR: foreign() }), /files that are not Vivavoce's/],
    ['a DATA_DIR that cannot be written', () => ({ DATA_DIR: '/proc/vivavoce' }), /\/proc\/vivavoce/],
    ['a DATA_DIR of another major version', () => ({ DATA_DIR: ofAnotherMajor() }), /15.*npm run backup/s],
    ['a broken key file', () => ({ DATA_DIR: brokenKey() }), /keys\/jwt\.json|JWT_KEYS/],
  ]
  for (const [what, env, says] of cases)
    test(what, async () => {
      const line = await refusal(env())
      assert.match(line, says)
      assert.doesNotMatch(line, /hunter2/, 'a password is not repeated')
    })

  test('a PostgreSQL that is too old', async () => {
    const url = await tinyServer('14.9', 140_009)
    assert.match(await refusal({ DATABASE_URL: url }), /PostgreSQL 14\.9.*15/)
  })

  // What is found only once the database is there: on one, for making it takes seconds.
  describe('and so does, in the end,', { concurrency: 1 }, () => {
    const DATA_DIR = temporaryFolder()

    test('a HOST that is not here', async () => {
      assert.match(await refusal({ DATA_DIR, HOST: '203.0.113.1' }), /HOST 203\.0\.113\.1 is not an address of this machine/)
    })

    test('a port that is taken', async () => {
      const other = createServer().listen(0, '127.0.0.1')
      await new Promise((listening) => other.once('listening', listening))
      const { port } = other.address() as AddressInfo
      assert.match(await refusal({ DATA_DIR, PORT: `${port}` }), new RegExp(`port ${port} on 127.0.0.1 is already in use`))
      other.close()
    })

    test('a second server on one DATA_DIR', async () => {
      const first = startProgram(node, ['app/main.ts'], { DATA_DIR, PORT: '0', LOG_LEVEL: 'info' })
      const address = await first.address
      assert.match(await refusal({ DATA_DIR }), /another server already uses/)
      assert.equal((await fetch(`${address}/readyz`)).status, 200, 'the first one did not notice')
      first.process.kill('SIGTERM')
      const { code, err } = await first.ended
      assert.equal(code, 0)
      assert.match(err, /^nobody administrates .+\n.+"answered"/m, 'after its address, which is said here, the next line is of a request')
    })
  })
})

function foreign(): string {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'holiday.jpg'), '')
  return folder
}

function ofAnotherMajor(): string {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'postgres'))
  writeFileSync(path.join(folder, 'postgres', 'PG_VERSION'), '15\n')
  return folder
}

function brokenKey(): string {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'keys'), { mode: 0o700 })
  writeFileSync(path.join(folder, 'keys', 'jwt.json'), '{', { mode: 0o600 })
  chmodSync(path.join(folder, 'keys'), 0o700)
  return folder
}
