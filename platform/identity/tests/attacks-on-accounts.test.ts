import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { mailServer } from '#platform/mail/tests/mailserver.ts'
import type { AnyOperation } from '#platform/operations/operation.ts'
import { placesIn, takesBody } from '#platform/operations/places.ts'
import { freshServer } from '#tests/server.ts'
import { until } from '#tests/processes.ts'
import * as api from '../api.ts'
import { say } from './attacker.ts'
import { adult, device, mailTo, newAddress, operator, password, somebody, unlimited } from './scene.ts'

// Whoever wants more of an account than is theirs: rights, another one's address, another one's mailbox, another one's visitors.
const home = 'http://localhost:3000'
const allowed = 'https://app.allowed.example'
const server = await freshServer({ PUBLIC_URL: home, REDIRECT_ORIGINS: allowed }, [unlimited()])
const mails = await mailServer()
const posting = await freshServer({ SMTP_URL: mails.url }, [unlimited()])
const { db } = server
const another = 'eleven-magpies-on-the-gate'
const signsIn = async (email: string, password: string) =>
  (await device(server).auth.signInWithPassword({ email, password })).error === null

describe('Nobody makes themselves more than they are by what they send along', () => {
  const wishes = {
    id: '00000000-0000-4000-8000-000000000001',
    user_id: '00000000-0000-4000-8000-000000000001',
    aud: 'admin',
    role: 'service_role',
    raw_app_meta_data: { admin: true },
    raw_user_meta_data: { admin: true },
    is_super_admin: true,
    is_sso_user: true,
    is_anonymous: true,
    email_confirmed_at: '2020-01-01T00:00:00Z',
    email_confirm: true,
    confirmed_at: '2020-01-01T00:00:00Z',
    email_verified: true,
    encrypted_password: 'x',
    password_hash: '$2a$10$abcdefghijklmnopqrstuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu',
    banned_until: null,
    aal: 'aal2',
    session_id: randomUUID(),
    created_at: '2020-01-01T00:00:00Z',
  }
  const row = async (email: string) =>
    (
      await db.sql(
        `select id, aud, role, raw_app_meta_data, is_super_admin, is_sso_user, is_anonymous, email_confirmed_at, extract(year from created_at)::int > 2020 as young
         from auth.users where email = $1`,
        [email],
      )
    )[0]!
  const plain = {
    aud: 'authenticated',
    role: 'authenticated',
    raw_app_meta_data: { provider: 'email', providers: ['email'] },
    is_super_admin: false,
    is_sso_user: false,
    is_anonymous: false,
    young: true,
  }

  for (const [what, path] of [
    ['signing up', '/signup'],
    ['asking for a first link', '/otp'],
  ] as const)
    test(what, async () => {
      const email = newAddress('eve')
      assert.equal(
        (await say(server, `/auth/v1${path}`, { body: { ...wishes, email, password, data: { adult: true, ...wishes } } })).status,
        200,
      )
      const { id, email_confirmed_at, ...rest } = await row(email)
      assert.deepEqual(rest, plain)
      assert.notEqual(id, wishes.id)
      assert.equal(email_confirmed_at, null)
    })

  test('changing their account', async () => {
    const eve = await somebody(server, 'eve')
    const before = await row(eve.email)
    const token = eve.session.access_token
    const said = await say(server, '/auth/v1/user', { method: 'PUT', token, body: { ...wishes, data: { ...wishes, sub: wishes.id } } })
    assert.equal(said.status, 200)
    assert.deepEqual(await row(eve.email), before)
    assert.equal((await say(server, '/auth/v1/user', { method: 'PUT', token, body: { app_metadata: { admin: true } } })).code, 'not_admin')
    const { data } = await eve.device.auth.refreshSession()
    const claims = (await eve.device.auth.getClaims(data.session!.access_token)).data!.claims
    assert.deepEqual(
      [claims.sub, claims.role, claims.aud, claims.aal, claims['app_metadata']],
      [eve.id, 'authenticated', 'authenticated', 'aal1', plain.raw_app_meta_data],
    )
    assert.equal(
      (await say(server, '/api/identity/people?reason=curious', { token: data.session!.access_token })).code,
      'administrators_only',
    )
    assert.equal((await say(server, '/auth/v1/admin/users', { token: data.session!.access_token })).code, 'not_admin')
  })

  test('enrolling a factor', async () => {
    const [eve, ada] = [await somebody(server, 'eve'), await somebody(server, 'ada')]
    const body = { factor_type: 'totp', status: 'verified', user_id: ada.id, secret: 'AAAA', id: wishes.id }
    await say(server, '/auth/v1/factors', { token: eve.session.access_token, body })
    const [factor] = await db.sql('select user_id, status, id <> $2 as own_id from auth.mfa_factors where user_id in ($1, $3)', [
      eve.id,
      wishes.id,
      ada.id,
    ])
    assert.deepEqual(factor, { user_id: eve.id, status: 'unverified', own_id: true })
  })

  test('calling an operation: a field that it does not have is refused', async () => {
    const [eve, ada] = [await somebody(server, 'eve'), await somebody(server, 'ada')]
    const token = eve.session.access_token
    for (const more of [
      { administrator: true },
      { email: 'eve@example.test' },
      { id: ada.id },
      { user_id: ada.id },
      { suspended_at: null },
    ])
      assert.equal(
        (await say(server, '/api/identity/account', { method: 'PATCH', token, body: { name: 'Eve', ...more } })).code,
        'invalid_input',
      )
    for (const more of [{ owner_id: ada.id }, { id: wishes.id }, { created_at: wishes.created_at }])
      assert.equal((await say(server, '/api/sample/notes', { token, body: { title: 'x', ...more } })).code, 'invalid_input')
  })

  test('poisoning what every object inherits', async () => {
    for (const body of [
      '{"__proto__":{"admin":true}}',
      '{"constructor":{"prototype":{"admin":true}}}',
      '{"email":"x","data":{"__proto__":{"adult":true}}}',
    ])
      assert.equal((await say(server, '/auth/v1/signup', { body })).code, 'bad_json')
    assert.equal(Object.keys(Object.prototype).length, 0)
  })

  test('naming what every object has: the server says no, and nothing of itself', async () => {
    const secrets = [
      server.keys.service,
      server.keys.anon,
      server.keys.secrets.toString('base64'),
      server.keys.jwt[0]!.d,
      'databaseUrl',
      '[object',
    ]
    for (const word of ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty', 'isPrototypeOf']) {
      const answers = [
        await say(server, `/auth/v1/token?grant_type=${word}`, { body: {} }),
        await say(server, '/auth/v1/verify', { body: { type: word, token_hash: 'x' } }),
        await say(server, '/auth/v1/verify', { body: { type: word, token: '123456', email: newAddress() } }),
        await say(server, `/auth/v1/verify?type=${word}&token=x`),
        await say(server, '/auth/v1/resend', { body: { type: word, email: newAddress() } }),
        await say(server, '/auth/v1/admin/generate_link', { body: { type: word, email: newAddress() }, token: server.keys.service }),
        await say(server, `/auth/v1/authorize?provider=${word}`),
      ]
      for (const { status, text } of answers) {
        assert.ok([303, 400, 404, 422].includes(status), `${word}: ${status} ${text.slice(0, 100)}`)
        for (const secret of secrets) assert.ok(!text.includes(secret), `${word} gives away ${secret}`)
      }
    }
  })

  test('saying one thing several times in an address', async () => {
    for (const path of [
      '/token?grant_type=password&grant_type=x',
      '/logout?scope=local&scope=global',
      '/verify?token=a&token=b&type=signup',
      '/verify?type=signup&type=recovery&token=a',
      '/settings?x[]=1&__proto__[x]=1',
    ])
      for (const method of ['GET', 'POST'])
        assert.ok(
          (await say(server, `/auth/v1${path}`, { method, ...(method === 'POST' ? { body: {} } : {}) })).status < 500,
          `${method} ${path}`,
        )
  })
})

describe('In a mail', () => {
  const lineEnds = ['\r\n', '\n', '\r', '\u2028', '\u2029', '\u0085', '\u000b', '\u000c', '\0', '%0d%0a', '\\r\\n']

  test('an address cannot bring a header along, nor a second address', async () => {
    const eve = await somebody(server, 'eve')
    const addresses = [
      ...lineEnds
        .slice(0, 9)
        .flatMap((end) => [`ada@example.test${end}Bcc: eve@example.test`, `ada${end}Bcc:eve@example.test`, `${end}Bcc:eve@example.test`]),
      'ada@example.test,eve@example.test',
      'ada@example.test;eve@example.test',
      'ada@example.test eve@example.test',
      '"Ada" <eve@example.test>',
      'Ada <eve@example.test>',
      'ada@example.test(eve@example.test)',
      'ada@eve@example.test',
      '<eve@example.test>',
      'ada@[127.0.0.1]',
      `${'a'.repeat(65)}@example.test`,
      `a@${'b'.repeat(250)}.test`,
      'ada@localhost',
      '',
      ' ',
    ]
    const ways = (email: string) => [
      say(server, '/auth/v1/signup', { body: { email, password, ...adult } }),
      say(server, '/auth/v1/otp', { body: { email, ...adult } }),
      say(server, '/auth/v1/recover', { body: { email } }),
      say(server, '/auth/v1/resend', { body: { email, type: 'signup' } }),
      say(server, '/auth/v1/invite', { body: { email }, token: server.keys.service }),
    ]
    for (const email of addresses) {
      for (const { status } of await Promise.all(ways(email))) assert.ok(status === 400 || status === 422, JSON.stringify(email))
      if (email)
        assert.equal((await say(server, '/auth/v1/user', { method: 'PUT', token: eve.session.access_token, body: { email } })).status, 400)
    }
    assert.deepEqual(await db.sql(`select 1 from mail.messages where address ~ 'eve@example|ada@example'`), [])
  })

  test('nothing that a stranger chose stands, whatever they call themselves', async () => {
    const bait = 'You won, see https://evil.example/prize'
    const sent: string[] = []
    for (const end of lineEnds.filter((end) => end !== '\0')) {
      const email = newAddress('ada')
      sent.push(email)
      const name = `Eve${end}Bcc: eve@example.test${end}${end}${bait}`
      const said = await say(posting, '/auth/v1/signup', {
        body: { email, password, data: { adult: true, name, full_name: name, first_name: name } },
      })
      assert.equal(said.status, 200)
    }
    await until(() => mails.accepted.length === sent.length, 90, 'every mail is sent')
    for (const { raw, envelope, subject, text, html, to, bcc, headers } of mails.accepted) {
      assert.equal(envelope.to.length, 1)
      assert.ok(sent.includes(envelope.to[0]!))
      assert.deepEqual([to?.length, bcc, subject], [1, undefined, 'Confirm your e-mail address'])
      assert.ok(headers.every(({ key }) => !['bcc', 'cc', 'reply-to'].includes(key)))
      for (const body of [raw, text, html]) assert.doesNotMatch(body ?? '', /evil\.example|Eve|prize/)
    }
  })

  test('an address that reads like coded words goes where it says', async () => {
    const email = `=?utf-8?q?eve=40evil.example=2c?=@${randomUUID()}.test`
    assert.equal((await say(posting, '/auth/v1/signup', { body: { email, password, ...adult } })).status, 200)
    await until(() => mails.accepted.some(({ envelope }) => envelope.to.includes(email)), 90, 'it arrives')
  })

  test('a letter that becomes another one in lower case leads to nobody else’s mailbox', async () => {
    const ada = await somebody(server, 'mark')
    const lookalike = ada.email.replace('mark', 'mar\u212a') // the sign for kelvin
    const before = await db.sql('select 1 from mail.messages')
    await say(server, '/auth/v1/recover', { body: { email: lookalike } })
    assert.deepEqual(await db.sql('select 1 from mail.messages where address = $1', [lookalike]), [])
    const written = await db.sql<{ address: string }>('select address from mail.messages order by created_at desc limit 1')
    assert.ok((await db.sql('select 1 from mail.messages')).length === before.length || written[0]!.address === ada.email)
  })

  test('a name in the account is one line', async () => {
    const eve = await somebody(server, 'eve')
    for (const end of lineEnds.slice(0, 9)) {
      const said = await say(server, '/api/identity/account', {
        method: 'PATCH',
        token: eve.session.access_token,
        body: { name: `Eve${end}Bcc: x` },
      })
      assert.ok(['invalid_input', 'malformed'].includes(said.code ?? ''), `${JSON.stringify(end)}: ${said.text}`)
    }
  })
})

describe('Our name leads nobody to a place that we do not know', { concurrency: true }, () => {
  const elsewhere = [
    'https://evil.example',
    'HTTPS://EVIL.EXAMPLE/',
    '//evil.example',
    '///evil.example',
    '////evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    '\\\\evil.example',
    '/\\evil.example',
    '\\/evil.example',
    'http:\\\\evil.example',
    ' https://evil.example',
    '\thttps://evil.example',
    'ht\ntps://evil.example',
    '\u0000https://evil.example',
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    `blob:${allowed}/1`,
    `blob:${home}/1`,
    `filesystem:${home}/temporary/x`,
    `${allowed}.evil.example/`,
    `${allowed}@evil.example/`,
    `https://app.allowed.example:443@evil.example`,
    `https://evil.example/?${allowed}`,
    `https://evil.example#${allowed}`,
    `https://evil.example\\@app.allowed.example`,
    'https://evilapp.allowed.example',
    'https://allowed.example/',
    'http://app.allowed.example/',
    `${allowed}:8443/`,
    `https://ada:secret@app.allowed.example/`,
    'https://app。allowed。example。evil.example',
    'https://[::ffff:127.0.0.1]/',
    'http://localhost:3001/',
    'http://localhost.evil.example:3000/',
    'null',
  ]
  const isKnown = (place: string) => [home, allowed].includes(new URL(place).origin) && /^https?:/.test(place) && !new URL(place).username

  const everywhere = (go: (place: string) => Promise<void>) => Promise.all(elsewhere.map(go))

  for (const [what, ask] of [
    [
      'the mail of a sign-up',
      (email, place) => say(server, `/auth/v1/signup?redirect_to=${encodeURIComponent(place)}`, { body: { email, password, ...adult } }),
    ],
    [
      'a link to sign in',
      (email, place) => say(server, `/auth/v1/otp?redirect_to=${encodeURIComponent(place)}`, { body: { email, ...adult } }),
    ],
    [
      'an invitation',
      (email, place) =>
        say(server, `/auth/v1/invite?redirect_to=${encodeURIComponent(place)}`, { body: { email }, token: server.keys.service }),
    ],
  ] as [string, (email: string, place: string) => Promise<unknown>][])
    test(what, async () => {
      await everywhere(async (place) => {
        const email = newAddress()
        await ask(email, place)
        const { next } = await mailTo(server, email)
        assert.ok(next === null || isKnown(next), `${place} leads to ${next}`)
      })
    })

  test('a new password, the mail once more, another address, and a link of the operator’s', async () => {
    await everywhere(async (place) => {
      const ada = await somebody(server)
      const [waiting, to] = [newAddress('waiting'), newAddress('new')]
      await device(server).auth.signUp({ email: waiting, password, options: adult })
      const query = `?redirect_to=${encodeURIComponent(place)}`
      await say(server, `/auth/v1/recover${query}`, { body: { email: ada.email } })
      await say(server, `/auth/v1/resend${query}`, { body: { email: waiting, type: 'signup' } })
      await say(server, `/auth/v1/user${query}`, { method: 'PUT', token: ada.session.access_token, body: { email: to } })
      const nexts = [(await mailTo(server, waiting)).next, (await mailTo(server, to)).next, (await mailTo(server, ada.email)).next]
      const made = await say(server, '/auth/v1/admin/generate_link', {
        body: { type: 'recovery', email: ada.email, redirect_to: place },
        token: server.keys.service,
      })
      if (made.status === 200) nexts.push(new URL(made.body['action_link'] as string).searchParams.get('next'))
      for (const next of nexts) assert.ok(next === null || isKnown(next), `${place} leads to ${next}`)
    })
  })

  test('following a link, right or wrong, asked for in the query or in a header', async () => {
    for (const place of elsewhere) {
      const wrong = `/auth/v1/verify?token=nonsense&type=signup`
      const headers: Record<string, string> = /[^\x20-\x7e]/.test(place) ? {} : { redirect_to: place }
      for (const said of [await say(server, `${wrong}&redirect_to=${encodeURIComponent(place)}`), await say(server, wrong, { headers })]) {
        const location = said.headers.get('location')!
        assert.ok(isKnown(location), `${place} leads to ${location}`)
      }
    }
    const ada = await somebody(server)
    await device(server).auth.signInWithOtp({ email: ada.email })
    const { token } = await mailTo(server, ada.email)
    const said = await say(
      server,
      `/auth/v1/verify?token=${token}&type=magiclink&redirect_to=${encodeURIComponent(`${allowed}@evil.example/`)}`,
    )
    assert.equal(new URL(said.headers.get('location')!).origin, home)
  })

  test('and to those that we do know it does', async () => {
    const email = newAddress()
    await device(server).auth.signUp({ email, password, options: { ...adult, emailRedirectTo: `${allowed}/welcome?x=1` } })
    assert.equal((await mailTo(server, email)).next, `${allowed}/welcome?x=1`)
  })
})

describe('A link from a mail', { concurrency: true }, () => {
  const redeem = (body: object) => say(server, '/auth/v1/verify', { body })
  const ask = {
    signup: async (email: string) => device(server).auth.signUp({ email, password, options: adult }),
    recovery: async (email: string) => device(server).auth.resetPasswordForEmail(email),
    magiclink: async (email: string) => device(server).auth.signInWithOtp({ email }),
  }
  const kinds = ['signup', 'recovery', 'magiclink'] as const
  const sent = async (kind: (typeof kinds)[number]) => {
    const email = kind === 'signup' ? newAddress() : (await somebody(server)).email
    await ask[kind](email)
    return { email, ...(await mailTo(server, email)) }
  }

  for (const kind of kinds) {
    test(`(${kind}) is worth nothing a second time, nor the code beside it`, async () => {
      const { email, token, code } = await sent(kind)
      assert.equal((await redeem({ token_hash: token, type: kind })).status, 200)
      assert.equal((await redeem({ token_hash: token, type: kind })).code, 'otp_expired')
      assert.equal((await redeem({ email, token: code, type: kind })).code, 'otp_expired')
    })

    test(`(${kind}) used by twenty at once lets one in`, async () => {
      const { token } = await sent(kind)
      const answers = await Promise.all(Array.from({ length: 20 }, () => redeem({ token_hash: token, type: kind })))
      assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    })

    test(`(${kind}) is worth nothing after an hour`, async () => {
      const { email, token, code } = await sent(kind)
      await db.sql(`update auth.one_time_tokens set created_at = created_at - interval '61 minutes' where relates_to = $1`, [email])
      assert.equal((await redeem({ token_hash: token, type: kind })).code, 'otp_expired')
      assert.equal((await redeem({ email, token: code, type: kind })).code, 'otp_expired')
    })

    test(`(${kind}) is worth nothing once a newer one was sent`, async () => {
      const { email, token } = await sent(kind)
      await ask[kind](email)
      assert.equal((await redeem({ token_hash: token, type: kind })).code, 'otp_expired')
    })

    test(`(${kind}) has a code that is for its own address`, async () => {
      const [mine, theirs] = [await sent(kind), await sent(kind)]
      assert.equal((await redeem({ email: theirs.email, token: mine.code, type: kind })).code, 'otp_expired')
    })

    test(`(${kind}) is not held by the database in a form that one could follow`, async () => {
      const { email, token, code } = await sent(kind)
      const [row] = await db.sql<{ whole: string }>('select t::text as whole from auth.one_time_tokens t where relates_to = $1', [email])
      assert.ok(!row!.whole.includes(token) && !row!.whole.includes(code))
    })
  }

  test('of another type does not count as this one', async () => {
    const signup = await sent('signup')
    assert.equal((await redeem({ token_hash: signup.token, type: 'recovery' })).code, 'otp_expired')
    assert.equal((await redeem({ token_hash: signup.token, type: 'email_change' })).code, 'otp_expired')
    const recovery = await sent('recovery')
    assert.equal((await redeem({ token_hash: recovery.token, type: 'signup' })).code, 'otp_expired')
    assert.equal((await redeem({ token_hash: recovery.token, type: 'email_change' })).code, 'otp_expired')
    const ada = await somebody(server)
    await ada.device.auth.reauthenticate()
    const { code } = await mailTo(server, ada.email)
    for (const type of ['recovery', 'magiclink', 'email', 'signup', 'email_change', 'reauthentication'])
      assert.notEqual((await redeem({ email: ada.email, token: code, type })).status, 200, type)
  })

  test('to set a new password is dead once the password was changed, and one to an old address once the address was', async () => {
    const ada = await somebody(server)
    await device(server).auth.resetPasswordForEmail(ada.email)
    const first = (await mailTo(server, ada.email)).token
    await ada.device.auth.updateUser({ password: another })
    assert.equal((await redeem({ token_hash: first, type: 'recovery' })).code, 'otp_expired')

    const to = newAddress('ada')
    await ada.device.auth.updateUser({ email: to })
    await redeem({ token_hash: (await mailTo(server, ada.email)).token, type: 'email_change' })
    await device(server).auth.resetPasswordForEmail(ada.email)
    const second = (await mailTo(server, ada.email)).token
    assert.equal((await redeem({ token_hash: (await mailTo(server, to)).token, type: 'email_change' })).status, 200)
    assert.equal((await redeem({ token_hash: second, type: 'recovery' })).code, 'otp_expired')
  })

  test('lets nobody in who is suspended', async () => {
    const ada = await somebody(server)
    await device(server).auth.resetPasswordForEmail(ada.email)
    await db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [ada.id])
    assert.equal((await redeem({ token_hash: (await mailTo(server, ada.email)).token, type: 'recovery' })).code, 'user_banned')
  })
})

describe('Eve signs up with Ada’s address, and a password of her own. It is dead, once', { concurrency: true }, () => {
  const eves = 'eves-very-own-long-password'
  const squat = async (email: string) => void (await device(server).auth.signUp({ email, password: eves, options: adult }))
  // Of mails asked for in one instant, the link that counts need not be in the one written last.
  const follow = async (email: string) => {
    const mails = await db.sql<{ text: string }>('select text from mail.messages where address = $1 order by created_at desc', [email])
    const refused: string[] = []
    for (const { text } of mails) {
      const link = new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? 'http://none').searchParams
      const said = await say(server, '/auth/v1/verify', { body: { token_hash: link.get('token_hash'), type: link.get('type') } })
      if (said.status === 200) return
      refused.push(said.text)
    }
    assert.fail(refused.join())
  }
  for (const [what, then] of [
    ['Ada asks for a new password', (email) => device(server).auth.resetPasswordForEmail(email)],
    ['Ada asks for a link', (email) => device(server).auth.signInWithOtp({ email })],
    ['Ada signs up herself', (email) => device(server).auth.signUp({ email, password, options: adult })],
    ['Ada is invited by the operator', (email) => operator(server).auth.admin.inviteUserByEmail(email)],
  ] as [string, (email: string) => Promise<unknown>][])
    test(`${what}, and follows the mail`, async () => {
      const email = newAddress()
      await squat(email)
      assert.equal(await signsIn(email, eves), false)
      await then(email)
      await follow(email)
      assert.equal(await signsIn(email, eves), false)
    })

  test('the operator makes a link for Ada, with a password or without', async () => {
    for (const given of [undefined, password]) {
      const email = newAddress()
      await squat(email)
      const made = await say(server, '/auth/v1/admin/generate_link', {
        token: server.keys.service,
        body: { type: 'signup', email, password: given },
      })
      await say(server, '/auth/v1/verify', { body: { token_hash: made.body['hashed_token'], type: 'signup' } })
      assert.deepEqual([await signsIn(email, eves), await signsIn(email, password)], [false, given !== undefined])
    }
  })

  test('also when Eve comes after Ada, so that the mail Ada follows is Eve’s', async () => {
    const email = newAddress()
    await device(server).auth.signUp({ email, password, options: adult })
    await squat(email)
    await squat(email)
    await follow(email)
    assert.equal(await signsIn(email, eves), false)
  })

  test('also when both come in the same instant', async () => {
    for (let round = 0; round < 5; round++) {
      const email = newAddress()
      await Promise.all([device(server).auth.signUp({ email, password, options: adult }), squat(email), squat(email)])
      await follow(email)
      assert.equal(await signsIn(email, eves), false)
    }
  })

  test('but Ada alone, who signs up once more because the mail did not come, keeps hers', async () => {
    const email = newAddress()
    for (let at = 0; at < 3; at++) await device(server).auth.signUp({ email, password, options: adult })
    await follow(email)
    assert.equal(await signsIn(email, password), true)
  })
})

describe('An address changes', { concurrency: true }, () => {
  const redeem = (token_hash: string) => say(server, '/auth/v1/verify', { body: { token_hash, type: 'email_change' } })
  const addressOf = async (id: string) => (await db.sql<{ email: string }>('select email from auth.users where id = $1', [id]))[0]!.email

  test('when both mailboxes agree, and not before', async () => {
    const ada = await somebody(server)
    for (const first of ['old', 'new'] as const) {
      const to = newAddress('ada')
      const email = await addressOf(ada.id)
      assert.equal((await ada.device.auth.updateUser({ email: to })).error, null)
      const tokens = { old: (await mailTo(server, email)).token, new: (await mailTo(server, to)).token }
      const half = await redeem(tokens[first])
      assert.deepEqual([half.body['access_token'], await addressOf(ada.id)], [undefined, email])
      assert.equal((await redeem(tokens[first])).code, 'otp_expired')
      assert.equal((await redeem(tokens[first === 'old' ? 'new' : 'old'])).status, 200)
      assert.equal(await addressOf(ada.id), to)
    }
  })

  test('not by one mailbox that agrees twice', async () => {
    const eve = await somebody(server, 'eve')
    const to = newAddress('victim')
    for (let round = 0; round < 3; round++) {
      await (round === 1
        ? device(server).auth.resend({ type: 'email_change', email: eve.email })
        : eve.device.auth.updateUser({ email: to }))
      await redeem((await mailTo(server, eve.email)).token)
      assert.equal(await addressOf(eve.id), eve.email)
    }
  })

  test('not to somebody else’s, and whether it is somebody’s is not told', async () => {
    const [eve, ada] = [await somebody(server, 'eve'), await somebody(server, 'ada')]
    // Eve first asks for a mailbox of her own, keeps that link, and then asks for Ada’s or for nobody’s.
    const outcomes: unknown[] = []
    for (const target of [ada.email, newAddress('nobody')]) {
      const own = newAddress('eve')
      await eve.device.auth.updateUser({ email: own })
      const kept = (await mailTo(server, own)).token
      const said = await eve.device.auth.updateUser({ email: target })
      const half = await redeem((await mailTo(server, eve.email)).token)
      const stale = await redeem(kept)
      outcomes.push([said.error, half.status, stale.status, stale.code])
      assert.equal(await addressOf(eve.id), eve.email)
    }
    assert.deepEqual(outcomes[0], outcomes[1])
    assert.equal(await addressOf(ada.id), ada.email)
    assert.match((await mailTo(server, ada.email)).subject, /already have an account/)
  })

  test('to one that two people want for one of them', async () => {
    const to = newAddress('wanted')
    const both = [await somebody(server, 'one'), await somebody(server, 'two')]
    const tokens: string[] = []
    for (const one of both) {
      await one.device.auth.updateUser({ email: to })
      tokens.push((await mailTo(server, to)).token)
      await redeem((await mailTo(server, one.email)).token)
    }
    const answers = await Promise.all(tokens.map(redeem))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal((await db.sql('select from auth.users where email = $1', [to])).length, 1)
  })
})

test('What only administrators may do, nobody else does, and nobody does without a reason', async () => {
  const eve = await somebody(server, 'eve')
  const administered = (Object.values(api) as unknown[]).filter(
    (op): op is AnyOperation =>
      typeof op === 'object' && op !== null && 'refusals' in op && 'administrators_only' in (op as AnyOperation).refusals,
  )
  assert.ok(administered.length >= 9)
  const examples: Record<string, unknown> = {
    id: eve.id,
    role: 'administrator',
    days: 7,
    search: 'a',
    to: 'me',
    reason: 'out of curiosity',
  }
  for (const op of administered) {
    const { shape } = op.input
    const given = Object.fromEntries(
      Object.keys(shape)
        .filter((name) => name in examples)
        .map((name) => [name, examples[name]]),
    )
    const ask = (input: Record<string, unknown>, token?: string) => {
      const path = `/api${op.path.replace(/:(\w+)/g, (_, name: string) => String(input[name]))}`
      const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !placesIn(op.path).includes(name)))
      const query = takesBody(op) ? '' : `?${new URLSearchParams(rest as Record<string, string>).toString()}`
      return say(server, path + query, { method: op.method, ...(takesBody(op) ? { body: rest } : {}), ...(token ? { token } : {}) })
    }
    const { reason: _reason, ...without } = given
    assert.equal((await ask(given, eve.session.access_token)).code, 'administrators_only', `${op.method} ${op.path}`)
    assert.equal((await ask(given)).code, 'not_signed_in', `${op.method} ${op.path}`)
    if ('reason' in shape) assert.equal((await ask(without, eve.session.access_token)).code, 'invalid_input', `${op.method} ${op.path}`)
  }
})
