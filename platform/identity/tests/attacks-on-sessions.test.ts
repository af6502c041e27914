import assert from 'node:assert/strict'
import { createHmac, createPublicKey, hash, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type JWTHeaderParameters } from 'jose'
import { publicKeysOf } from '#platform/configuration/keys.ts'
import { freshServer, tokenFor } from '#tests/server.ts'
import { until } from '#tests/processes.ts'
import { codeOf } from '../totp.ts'
import { cookieIn, isSomebody, ours, say, signInByCookie, theirs } from './attacker.ts'
import { device, mailTo, newAddress, password, somebody, unlimited } from './scene.ts'

// Whoever wants to be somebody else: by their cookie, by a token of their own making, by what was sent for them.
const server = await freshServer({ PUBLIC_URL: 'https://vivavoce.example' }, [unlimited()])
const { db, keys } = server
const another = 'eleven-magpies-on-the-gate'
const notes = (token: string) => say(server, '/api/sample/notes', { token })

describe('A cookie', () => {
  test('planted in Ada’s browser before she signs in is not hers afterwards, and is worth nothing any more', async () => {
    const [ada, eve] = [await somebody(server, 'ada'), await somebody(server, 'eve')]
    const planted = (await signInByCookie(server, { email: eve.email, password })).cookie
    const { cookie, said } = await signInByCookie(server, { email: ada.email, password }, { cookie: planted })
    assert.equal((said.body['user'] as { id: string }).id, ada.id)
    assert.notEqual(cookie, planted)
    assert.deepEqual([await isSomebody(server, { cookie }), await isSomebody(server, { cookie: planted })], [true, false])
  })

  test('from before the second factor is not the one after it', async () => {
    const ada = await somebody(server)
    const half = (await signInByCookie(server, { email: ada.email, password })).cookie
    const headers = { ...ours, 'x-session': 'cookie', cookie: half }
    const { body: factor } = await say(server, '/auth/v1/factors', { body: { factor_type: 'totp' }, headers })
    const { secret } = factor['totp'] as { secret: string }
    const { body: challenge } = await say(server, `/auth/v1/factors/${factor['id'] as string}/challenge`, { body: {}, headers })
    const code = codeOf(secret, Math.floor(Date.now() / 30_000))
    const proved = await say(server, `/auth/v1/factors/${factor['id'] as string}/verify`, {
      body: { challenge_id: challenge['id'], code },
      headers,
    })
    assert.notEqual(cookieIn(proved), half)
    assert.deepEqual([await isSomebody(server, { cookie: cookieIn(proved) }), await isSomebody(server, { cookie: half })], [true, false])
  })

  for (const [what, undo] of [
    ['she signs out', (cookie) => say(server, '/auth/v1/logout?scope=local', { method: 'POST', headers: { ...ours, cookie } })],
    [
      'she changes her password',
      (cookie) => say(server, '/auth/v1/user', { method: 'PUT', body: { password: another }, headers: { ...ours, cookie } }),
    ],
    ['she is suspended', (_cookie, id) => db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [id])],
    ['she is banned', (_cookie, id) => db.sql(`update auth.users set banned_until = now() + interval '1 hour' where id = $1`, [id])],
    ['her session is over', (_cookie, id) => db.sql(`update auth.sessions set not_after = now() where user_id = $1`, [id])],
    [
      'nobody used it for a month',
      (_cookie, id) =>
        db.sql(
          `update auth.sessions set created_at = now() - interval '31 days', refreshed_at = now() at time zone 'UTC' - interval '31 days' where user_id = $1`,
          [id],
        ),
    ],
  ] as [string, (cookie: string, id: string) => Promise<unknown>][])
    test(`stolen from Ada is worth nothing at once when ${what}`, async () => {
      const ada = await somebody(server)
      const { cookie } = await signInByCookie(server, { email: ada.email, password })
      assert.equal(await isSomebody(server, { cookie }), true)
      await undo(cookie, ada.id)
      assert.equal(await isSomebody(server, { cookie }), false)
    })

  test('of Ada’s is a new one when she changes her password, and she stays signed in', async () => {
    const ada = await somebody(server)
    const { cookie } = await signInByCookie(server, { email: ada.email, password })
    const changed = await say(server, '/auth/v1/user', { method: 'PUT', body: { password: another }, headers: { ...ours, cookie } })
    assert.equal(await isSomebody(server, { cookie: cookieIn(changed) }), true)
  })

  test('is no token, and a token is no cookie', async () => {
    const ada = await somebody(server)
    const { cookie } = await signInByCookie(server, { email: ada.email, password })
    assert.equal(await isSomebody(server, { token: cookie.split('=')[1]! }), false)
    for (const word of [ada.session.access_token, ada.session.refresh_token])
      assert.equal(await isSomebody(server, { cookie: `__Host-vivavoce=${word}` }), false)
  })

  test('without its __Host- prefix, as a neighbouring host could set it, is not looked at', async () => {
    const ada = await somebody(server)
    const { cookie } = await signInByCookie(server, { email: ada.email, password })
    assert.match(cookie, /^__Host-vivavoce=/)
    assert.equal(await isSomebody(server, { cookie: cookie.replace('__Host-', '') }), false)
  })
})

describe('Another site, in the browser of Ada who is signed in,', () => {
  const requests: Record<string, [path: string, method: string, body?: string]> = {
    'reads nothing': ['/api/sample/notes', 'GET'],
    'writes nothing': ['/api/sample/notes', 'POST', '{"title":"theirs"}'],
    'signs nobody out': ['/auth/v1/logout', 'POST', '{}'],
    'changes no account': ['/auth/v1/user', 'PUT', '{"data":{"name":"Eve"}}'],
    'has no mail sent': ['/auth/v1/reauthenticate', 'GET'],
    'adds no second factor': ['/auth/v1/factors', 'POST', '{"factor_type":"totp"}'],
    'adds no passkey': ['/api/identity/passkeys/registration', 'POST', '{}'],
  }
  for (const [what, [path, method, body]] of Object.entries(requests))
    test(what, async () => {
      const ada = await somebody(server)
      const { cookie } = await signInByCookie(server, { email: ada.email, password })
      const ways: Record<string, string>[] = [
        theirs,
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
      ]
      if (method !== 'GET')
        ways.push(
          {},
          { 'sec-fetch-site': 'none' },
          { origin: 'https://vivavoce.example.evil.example' },
          { origin: 'http://vivavoce.example' },
        )
      for (const headers of ways) {
        const said = await say(server, path, { method, ...(body === undefined ? {} : { body }), headers: { ...headers, cookie } })
        assert.ok(said.code === 'cross_site' || said.status === 404, `${JSON.stringify(headers)}: ${said.text}`)
      }
      assert.equal(await isSomebody(server, { cookie }), true)
    })

  test('posts no form: only JSON is read', async () => {
    const ada = await somebody(server)
    const { cookie } = await signInByCookie(server, { email: ada.email, password })
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      const said = await say(server, '/api/sample/notes', {
        body: '{"title":"theirs"}',
        headers: { ...ours, cookie, 'content-type': type },
      })
      assert.equal(said.code, 'not_json')
    }
  })

  test('cannot sign her in as somebody else, whose notes she would then write', async () => {
    const eve = await somebody(server, 'eve')
    for (const headers of [theirs, { origin: 'https://evil.example' }, {}, { 'sec-fetch-site': 'none' }]) {
      const said = await say(server, '/auth/v1/token?grant_type=password', {
        body: { email: eve.email, password },
        headers: { ...headers, 'x-session': 'cookie' },
      })
      assert.deepEqual([said.status, cookieIn(said)], [403, ''], JSON.stringify(headers))
    }
  })

  test('is not allowed by CORS to ask for a cookie, nor to bring hers', async () => {
    const asked = await say(server, '/auth/v1/token', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-headers': 'x-session' },
    })
    assert.doesNotMatch(asked.headers.get('access-control-allow-headers') ?? '', /x-session/i)
    assert.equal(asked.headers.get('access-control-allow-credentials'), null)
  })
})

describe('A token', async () => {
  const [key] = keys.jwt
  const signing = await importJWK({ ...key! }, 'ES256')
  const publicKey = publicKeysOf(keys.jwt).keys[0]!
  const foreign = await generateKeyPair('ES256', { extractable: true })
  const foreignKey = { ...(await exportJWK(foreign.publicKey)), kid: key!.kid, alg: 'ES256', use: 'sig' }
  const ada = await somebody(server)
  const claims = { role: 'authenticated', aal: 'aal1', session_id: randomUUID() }
  const made = (change: (token: SignJWT) => SignJWT = (token) => token, header: Partial<JWTHeaderParameters> = {}, by = signing) =>
    change(
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: key!.kid, ...header })
        .setSubject(ada.id)
        .setAudience('authenticated')
        .setIssuedAt()
        .setExpirationTime('1h'),
    ).sign(by)
  const critical = () =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', kid: key!.kid, crit: ['vivavoce'], vivavoce: true })
      .sign(signing, { crit: { vivavoce: true } })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const payload = { ...claims, sub: ada.id, aud: 'authenticated', exp: Math.floor(Date.now() / 1_000) + 3_600 }
  const signedWith = (secret: string) => {
    const text = `${part({ alg: 'HS256', kid: key!.kid, typ: 'JWT' })}.${part(payload)}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }
  const [head, body, signature] = ada.session.access_token.split('.') as [string, string, string]
  const pem = createPublicKey({ key: publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' })

  const tokens: Record<string, string> = {
    'with no signature at all': new UnsecuredJWT(claims).setSubject(ada.id).setAudience('authenticated').setExpirationTime('1h').encode(),
    'of alg "None"': `${part({ alg: 'None' })}.${part(payload)}.`,
    'with its signature cut off': `${head}.${body}.`,
    'with a signature of zeros': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
    'of another person under Ada’s signature': `${head}.${part({ ...payload, sub: randomUUID() })}.${signature}`,
    'with the public key as HMAC secret (PEM)': signedWith(pem),
    'with the public key as HMAC secret (JWK)': signedWith(JSON.stringify(publicKey)),
    'with an empty HMAC secret': signedWith(''),
    'by a foreign key under our kid': await made(undefined, {}, foreign.privateKey),
    'by a foreign key that it brings along (jwk)': await made(undefined, { jwk: foreignKey }, foreign.privateKey),
    'by a foreign key and no kid': await made(undefined, { kid: undefined as unknown as string, jwk: foreignKey }, foreign.privateKey),
    'with a kid that is a path': await made(undefined, { kid: '../../../../dev/null' }, foreign.privateKey),
    'with a kid that is SQL': await made(undefined, { kid: "' or 1=1 --" }, foreign.privateKey),
    'with keys from an address of its own (jku)': await made(
      undefined,
      { jku: `${server.address}/evil.json`, kid: 'evil' },
      foreign.privateKey,
    ),
    'with a certificate from an address of its own (x5u)': await made(
      undefined,
      { x5u: `${server.address}/evil.pem`, kid: 'evil' },
      foreign.privateKey,
    ),
    'with something critical that nobody understands': await critical(),
    'that has expired': await made((token) => token.setExpirationTime('-1s')),
    'that never expires': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: key!.kid })
      .setSubject(ada.id)
      .setAudience('authenticated')
      .sign(signing),
    'that is not valid yet': await made((token) => token.setNotBefore('1h')),
    'for another audience': await made((token) => token.setAudience('anon')),
    'for no audience': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: key!.kid })
      .setSubject(ada.id)
      .setExpirationTime('1h')
      .sign(signing),
    'of nobody': await made((token) => token.setSubject('')),
    'of somebody who is no UUID': await made((token) => token.setSubject("x' or true --")),
    'that names the role service_role': await tokenFor(keys, ada.id, { role: 'service_role' }),
    'that names the role postgres': await tokenFor(keys, ada.id, { role: 'postgres' }),
    'that is a refresh token': ada.session.refresh_token,
    'that is the anonymous key': keys.anon,
  }
  for (const [what, token] of Object.entries(tokens))
    test(`${what} opens nothing`, async () => {
      const said = await notes(token)
      assert.ok(said.status === 401, said.text)
      assert.ok([401, 403].includes((await say(server, '/auth/v1/user', { token })).status))
      assert.ok([401, 403].includes((await say(server, '/auth/v1/admin/users', { token })).status))
    })

  test('that is right does, so that all this was not for another reason', async () => {
    assert.equal((await notes(await made())).status, 200)
    assert.equal((await notes(ada.session.access_token)).status, 200)
  })

  test('of a person who is suspended stops within five seconds', async () => {
    const bo = await somebody(server, 'bo')
    assert.equal((await notes(bo.session.access_token)).status, 200)
    await db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [bo.id])
    await until(async () => (await notes(bo.session.access_token)).status === 401, 5, 'the token is refused')
  })
})

test('The operator’s key counts in the Authorization header and nowhere else', async () => {
  const key = encodeURIComponent(keys.service)
  for (const path of ['/auth/v1/admin/users', '/api/sample/everything'])
    for (const name of ['apikey', 'access_token', 'token', 'key', 'authorization', 'service_key', 'jwt']) {
      assert.notEqual((await say(server, `${path}?${name}=${key}`)).status, 200, `${path}?${name}`)
      assert.notEqual(
        (await say(server, path, { headers: { [name === 'authorization' ? 'x-authorization' : name]: keys.service } })).status,
        200,
      )
      assert.notEqual(
        (await say(server, path, { headers: { ...ours, cookie: `${name}=${keys.service}; __Host-vivavoce=${keys.service}` } })).status,
        200,
      )
    }
  assert.equal((await say(server, '/auth/v1/admin/users', { token: keys.service })).status, 200)
  assert.ok(server.log.every((line) => !line.includes(keys.service)))
})

describe('A refresh token', () => {
  const refresh = (token: string) => say(server, '/auth/v1/token?grant_type=refresh_token', { body: { refresh_token: token } })
  const given = async (token: string) => (await refresh(token)).body['refresh_token'] as string
  const longAgo = (userId: string) =>
    db.sql(`update auth.refresh_tokens set updated_at = now() - interval '1 minute' where user_id = $1`, [userId])

  test('stolen and used after its owner used it ends the session for both', async () => {
    const { id, session } = await somebody(server)
    const second = await given(session.refresh_token)
    const third = await given(second)
    await longAgo(id)
    assert.equal((await refresh(session.refresh_token)).code, 'refresh_token_already_used')
    assert.equal((await refresh(third)).code, 'refresh_token_not_found')
    await until(async () => (await notes(session.access_token)).status === 401, 5, 'the family’s tokens are refused')
  })

  test('whose answer was lost gives the same answer again, however much later', async () => {
    const { id, session } = await somebody(server)
    const lost = await given(session.refresh_token)
    await longAgo(id)
    assert.equal(await given(session.refresh_token), lost)
    assert.ok(await given(lost))
  })

  test('used twice in the same instant gives one successor, not two', async () => {
    const { id, session } = await somebody(server)
    const both = await Promise.all(Array.from({ length: 8 }, () => given(session.refresh_token)))
    assert.equal(new Set(both).size, 1)
    const [alive] = await db.sql<{ n: number }>('select count(*)::int as n from auth.refresh_tokens where user_id = $1 and not revoked', [
      id,
    ])
    assert.equal(alive!.n, 1)
  })

  test('cut, changed or made up is none; nor is an array of them', async () => {
    const { session } = await somebody(server)
    const token = session.refresh_token
    for (const wrong of [token.slice(1), `${token}x`, `${token} `, '%', { $ne: '' }, [token], null])
      assert.equal((await say(server, '/auth/v1/token?grant_type=refresh_token', { body: { refresh_token: wrong } })).status, 400)
  })

  test('of a suspended person, of one who signed out, or left for a month, gives nothing', async () => {
    for (const [sentence, code] of [
      ['update identity.accounts set suspended_at = now() where user_id = $1', 'user_banned'],
      ['delete from auth.sessions where user_id = $1', 'refresh_token_not_found'],
      [`update auth.sessions set created_at = now() - interval '31 days' where user_id = $1`, 'session_expired'],
    ] as const) {
      const { id, session } = await somebody(server)
      await db.sql(sentence, [id])
      assert.equal((await refresh(session.refresh_token)).code, code)
    }
  })
})

describe('Whoever knows Ada’s password but has not her second factor', () => {
  const halfIn = async () => {
    const ada = await somebody(server)
    await db.sql(
      `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, secret, created_at, updated_at)
       values (gen_random_uuid(), $1, 'app', 'totp', 'verified', 'sealed', now(), now())`,
      [ada.id],
    )
    const { data } = await device(server).auth.signInWithPassword({ email: ada.email, password })
    return { ...ada, token: data.session!.access_token }
  }
  for (const [what, path, method, body] of [
    ['reads nothing', '/api/sample/notes', 'GET'],
    ['does not see her account', '/api/identity/account', 'GET'],
    ['changes neither name', '/auth/v1/user', 'PUT', { data: { name: 'Eve' } }],
    ['nor password', '/auth/v1/user', 'PUT', { password: another }],
    ['nor address', '/auth/v1/user', 'PUT', { email: newAddress('eve') }],
    ['adds no factor', '/auth/v1/factors', 'POST', { factor_type: 'totp', friendly_name: 'eve' }],
    ['adds no passkey', '/auth/v1/passkeys/registration/options', 'POST', {}],
    ['makes no recovery codes', '/auth/v1/factors/recovery-codes', 'POST', {}],
    ['does not throw her out', '/auth/v1/logout?scope=others', 'POST', {}],
  ] as const)
    test(what, async () => {
      const { token } = await halfIn()
      const said = await say(server, path, { method, token, ...(body === undefined ? {} : { body }) })
      assert.ok([401, 403].includes(said.status), said.text)
      assert.match(said.code ?? '', /second_factor_needed|insufficient_aal/)
    })

  test('does not remove it', async () => {
    const { id, token } = await halfIn()
    const [factor] = await db.sql<{ id: string }>('select id from auth.mfa_factors where user_id = $1', [id])
    assert.equal((await say(server, `/auth/v1/factors/${factor!.id}`, { method: 'DELETE', token })).code, 'insufficient_aal')
  })
})

describe('PKCE: whoever reads the address bar on the way back', () => {
  const verifier = 'v'.repeat(64)
  const challengeOf = (text: string) => hash('sha256', text, 'base64url')
  const codeFor = async (challenge: object) => {
    const { email } = await somebody(server)
    await say(server, '/auth/v1/recover', { body: { email, ...challenge } })
    const { token } = await mailTo(server, email)
    const followed = await say(server, `/auth/v1/verify?token=${token}&type=recovery`)
    const back = new URL(followed.headers.get('location')!)
    assert.equal(back.hash, '', 'no session in the address')
    return { email, token, code: back.searchParams.get('code')! }
  }
  const exchange = (auth_code: string, code_verifier: unknown) =>
    say(server, '/auth/v1/token?grant_type=pkce', { body: { auth_code, code_verifier } })
  const s256 = () => codeFor({ code_challenge: challengeOf(verifier), code_challenge_method: 's256' })

  test('has no use for the code without the secret, and its owner neither any more', async () => {
    const { code } = await s256()
    assert.equal((await exchange(code, 'w'.repeat(64))).code, 'bad_code_verifier')
    assert.equal((await exchange(code, verifier)).code, 'flow_state_not_found')
  })

  test('cannot use it a second time', async () => {
    const { code } = await s256()
    assert.equal((await exchange(code, verifier)).status, 200)
    assert.equal((await exchange(code, verifier)).code, 'flow_state_not_found')
  })

  test('cannot leave the secret out, nor pass the hash off as the secret', async () => {
    assert.equal((await exchange((await s256()).code, '')).status, 400)
    assert.equal((await exchange((await s256()).code, undefined)).status, 400)
    assert.equal((await exchange((await s256()).code, challengeOf(verifier))).code, 'bad_code_verifier')
  })

  test('cannot turn the mail’s link into one without a secret', async () => {
    const { email } = await somebody(server)
    await say(server, '/auth/v1/recover', { body: { email, code_challenge: challengeOf(verifier), code_challenge_method: 's256' } })
    const { token } = await mailTo(server, email)
    const followed = await say(server, `/auth/v1/verify?token=${token.replace('pkce_', '')}&type=recovery`)
    assert.match(followed.headers.get('location') ?? '', /error_code=otp_expired/)
    assert.equal(
      (await say(server, '/auth/v1/verify', { body: { token_hash: token.replace('pkce_', ''), type: 'recovery' } })).code,
      'otp_expired',
    )
  })

  test('cannot have a challenge taken that is none', async () => {
    for (const challenge of [
      { code_challenge: 'short', code_challenge_method: 's256' },
      { code_challenge: challengeOf(verifier) },
      { code_challenge: challengeOf(verifier), code_challenge_method: 'none' },
      { code_challenge_method: 's256' },
    ])
      assert.equal((await say(server, '/auth/v1/recover', { body: { email: newAddress(), ...challenge } })).status, 400)
  })

  test('is too late after five minutes', async () => {
    const { code } = await s256()
    await db.sql(`update auth.flow_state set auth_code_issued_at = now() - interval '6 minutes'`)
    assert.equal((await exchange(code, verifier)).code, 'flow_state_expired')
  })
})
