import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { hash } from '@node-rs/bcrypt'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { newSigningKey } from '#platform/configuration/keys.ts'
import { freshServer, type TestServer } from '#tests/server.ts'
import { adult, device, mailTo, newAddress, password, somebody, unlimited } from './scene.ts'

// What we write is what a real GoTrue reads, and the other way round.
const server = await freshServer({}, [unlimited()])
const [a, b] = [newSigningKey(), newSigningKey()]
const keys = (...keys: object[]) => ({ JWT_KEYS: JSON.stringify({ keys }), PUBLIC_URL: 'http://localhost:3000' })
const before = await freshServer(keys(a), [unlimited()])
const during = await freshServer(keys(b, a), [unlimited()])
const after = await freshServer(keys(b), [unlimited()])

describe('An account made here', () => {
  const email = newAddress()

  test('is a row as GoTrue makes it', async () => {
    await device(server).auth.signUp({ email, password, options: adult })
    const [row] = await server.db.sql('select * from auth.users where email = $1', [email])
    assert.equal(row?.['instance_id'], '00000000-0000-0000-0000-000000000000')
    assert.equal(row['aud'], 'authenticated')
    assert.equal(row['role'], 'authenticated')
    // GoTrue reads these into strings: null would make it fail.
    for (const column of [
      'confirmation_token',
      'recovery_token',
      'email_change',
      'email_change_token_new',
      'email_change_token_current',
      'phone_change',
      'phone_change_token',
      'reauthentication_token',
    ])
      assert.equal(row[column], '', column)
    assert.deepEqual([row['phone'], row['is_sso_user'], row['is_anonymous'], row['deleted_at']], [null, false, false, null])
    assert.deepEqual(row['raw_app_meta_data'], { provider: 'email', providers: ['email'] })
    assert.match(row['encrypted_password'] as string, /^\$argon2id\$v=19\$m=7168,t=5,p=1\$/)
    assert.ok(row['confirmation_sent_at'])
  })

  test('has an identity, an account of ours, and after signing in a session with its refresh token', async () => {
    await device(server).auth.verifyOtp({ token_hash: (await mailTo(server, email)).token, type: 'signup' })
    const [row] = await server.db.sql(
      `select i.provider, i.provider_id = u.id::text as own, i.identity_data, i.email, s.aal, s.not_after is not null as ends,
         r.user_id = u.id::text as theirs, r.revoked, r.parent, c.authentication_method, a.adult_declared_at is not null as adult
       from auth.users u join auth.identities i on i.user_id = u.id join auth.sessions s on s.user_id = u.id
       join auth.refresh_tokens r on r.session_id = s.id join auth.mfa_amr_claims c on c.session_id = s.id
       join identity.accounts a on a.user_id = u.id where u.email = $1`,
      [email],
    )
    const { identity_data, ...rest } = row!
    assert.deepEqual(rest, {
      provider: 'email',
      own: true,
      email,
      aal: 'aal1',
      ends: true,
      theirs: true,
      revoked: false,
      parent: '',
      authentication_method: 'otp',
      adult: true,
    })
    assert.deepEqual({ ...(identity_data as object), sub: '' }, { sub: '', email, email_verified: true, phone_verified: false })
  })
})

describe('An account that GoTrue made', () => {
  const goTrueMade = async (email: string) => {
    const id = randomUUID()
    const hashed = (await hash(password, 10)).replace('$2b$', '$2a$')
    await server.db.sql(
      `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, recovery_token,
         email_change_token_new, email_change, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
       values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2, $3, now(), '', '', '', '',
         '{"provider": "email", "providers": ["email"]}', null, now(), now())`,
      [id, email, hashed],
    )
    return id
  }

  test('signs in with its bcrypt hash, which is argon2id afterwards, and signs in again', async () => {
    const email = newAddress('grace')
    const id = await goTrueMade(email)
    assert.equal((await device(server).auth.signInWithPassword({ email, password: 'not-her-password' })).error?.code, 'invalid_credentials')
    for (const _ of [1, 2]) {
      const { data, error } = await device(server).auth.signInWithPassword({ email, password })
      assert.equal(error, null)
      assert.equal(data.user?.id, id)
      assert.deepEqual(data.user.user_metadata, {})
      const [row] = await server.db.sql('select encrypted_password from auth.users where id = $1', [id])
      assert.match(row!['encrypted_password'] as string, /^\$argon2id\$/)
    }
  })
})

describe('Access tokens', () => {
  const jwks = ({ address }: TestServer) => createRemoteJWKSet(new URL(`${address}/auth/v1/.well-known/jwks.json`))
  const check = (server: TestServer, token: string) =>
    jwtVerify(token, jwks(server), { algorithms: ['ES256'], audience: 'authenticated', issuer: 'http://localhost:3000/auth/v1' })
  const opens = async (server: TestServer, token: string) =>
    (await fetch(`${server.address}/api/sample/notes`, { headers: { authorization: `Bearer ${token}` } })).status

  test('carry GoTrue’s claims', async () => {
    const { session, id, email } = await somebody(before)
    const { payload, protectedHeader } = await check(before, session.access_token)
    assert.deepEqual(Object.keys(payload).sort(), [
      'aal',
      'amr',
      'app_metadata',
      'aud',
      'email',
      'exp',
      'iat',
      'is_anonymous',
      'iss',
      'phone',
      'role',
      'session_id',
      'sub',
      'user_metadata',
    ])
    assert.deepEqual([payload.sub, payload['email'], payload['role'], payload['aal']], [id, email, 'authenticated', 'aal1'])
    assert.equal(payload.exp! - payload.iat!, 3_600)
    assert.equal(protectedHeader.kid, a.kid)
  })

  test('verify before, during and after a change of keys', async () => {
    const old = (await somebody(before)).session.access_token
    await check(before, old)
    await check(during, old)
    assert.equal(await opens(during, old), 200)

    const fresh = (await somebody(during)).session.access_token
    assert.equal((await check(during, fresh)).protectedHeader.kid, b.kid)
    await check(after, fresh)
    assert.equal(await opens(after, fresh), 200)

    await assert.rejects(check(after, old), { code: 'ERR_JWKS_NO_MATCHING_KEY' })
    assert.equal(await opens(after, old), 401)
  })

  test('and the keys that are published hold no secret', async () => {
    assert.doesNotMatch(await (await fetch(`${during.address}/auth/v1/.well-known/jwks.json`)).text(), /"d"/)
  })
})
