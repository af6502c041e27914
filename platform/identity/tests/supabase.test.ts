import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freshServer } from '#tests/server.ts'
import { adult, device, mailTo, newAddress, operator, password, somebody, unlimited } from './scene.ts'

// The real supabase-js, unmodified, against the real server.
const server = await freshServer({}, [unlimited()])
const other = 'nine-herons-under-the-bridge'

function fine<T extends { error: unknown }>(answer: T): T {
  assert.equal(answer.error, null)
  return answer
}
const refusedBy = async (
  answer: PromiseLike<{ error: { code?: string | undefined; status?: number | undefined } | null }>,
  code: string,
  status?: number,
) => {
  const { error } = await answer
  assert.equal(error?.code, code)
  if (status !== undefined) assert.equal(error?.status, status)
}

describe('Ada signs up', () => {
  const email = newAddress()
  const ada = device(server)

  test('and gets no session before she has confirmed her address', async () => {
    const { data } = fine(await ada.auth.signUp({ email: email.toUpperCase(), password, options: adult }))
    assert.equal(data.session, null)
    assert.equal(data.user?.email, email)
    await refusedBy(ada.auth.signInWithPassword({ email, password }), 'email_not_confirmed', 400)
  })

  test('then confirms by the link of the mail, and is signed in', async () => {
    const { token, type } = await mailTo(server, email)
    assert.equal(type, 'signup')
    const { data } = fine(await ada.auth.verifyOtp({ token_hash: token, type: 'signup' }))
    assert.equal(data.user?.email, email)
    assert.ok(data.user.email_confirmed_at)
    fine(await ada.auth.signInWithPassword({ email, password }))
    await refusedBy(ada.auth.verifyOtp({ token_hash: token, type: 'signup' }), 'otp_expired', 403)
  })

  test('or by the code beside it, asked for again', async () => {
    const email = newAddress()
    fine(await ada.auth.signUp({ email, password, options: adult }))
    const first = await mailTo(server, email)
    fine(await ada.auth.resend({ type: 'signup', email }))
    const { code } = await mailTo(server, email)
    await refusedBy(ada.auth.verifyOtp({ token_hash: first.token, type: 'signup' }), 'otp_expired')
    fine(await ada.auth.verifyOtp({ email, token: code, type: 'signup' }))
  })

  test('cannot without saying that she is 18', () =>
    refusedBy(ada.auth.signUp({ email: newAddress(), password }), 'adult_declaration_required', 422))

  test('cannot with a password everybody knows, a short one, or her own name', async () => {
    for (const weak of ['sunshine1!', 'short', 'password123', 'vivavoce2026', 'ada.lovelace1'])
      await refusedBy(ada.auth.signUp({ email: `ada.lovelace.${email}`, password: weak, options: adult }), 'weak_password', 422)
  })

  test('cannot make herself anything by what she sends along', async () => {
    const email = newAddress()
    const wish = {
      email,
      password,
      data: { adult: true, role: 'service_role' },
      role: 'service_role',
      app_metadata: { admin: true },
      is_super_admin: true,
    }
    await fetch(`${server.address}/auth/v1/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    })
    const [row] = await server.db.sql('select role, raw_app_meta_data, is_super_admin from auth.users where email = $1', [email])
    assert.deepEqual(row, { role: 'authenticated', raw_app_meta_data: { provider: 'email', providers: ['email'] }, is_super_admin: false })
  })

  test('again: hears it by mail, and whoever else tries learns nothing', async () => {
    const [known, unknown] = [
      await ada.auth.signUp({ email, password: other, options: adult }),
      await ada.auth.signUp({ email: newAddress(), password, options: adult }),
    ]
    const shape = (user: object | null) => JSON.stringify(Object.keys(user ?? {}))
    assert.equal(shape(known.data.user), shape(unknown.data.user))
    assert.equal(known.data.user?.identities?.length, unknown.data.user?.identities?.length)
    assert.match((await mailTo(server, email)).subject, /already have an account/)
    fine(await ada.auth.signInWithPassword({ email, password }))
  })
})

test('where addresses need no confirming, signing up signs in, and says when an address is taken', async () => {
  const quick = await freshServerWithoutConfirmation
  const bo = device(quick)
  const email = newAddress('bo')
  const { data } = fine(await bo.auth.signUp({ email, password, options: adult }))
  assert.equal(data.session?.user.email, email)
  await refusedBy(bo.auth.signUp({ email, password, options: adult }), 'user_already_exists', 422)
})
const freshServerWithoutConfirmation = freshServer({}, [unlimited({ confirmation: false })])

test('where registration is not open, nobody signs up', async () => {
  await refusedBy(device(await closed).auth.signUp({ email: newAddress(), password, options: adult }), 'signup_disabled', 422)
})
const closed = freshServer({ REGISTRATION: 'closed' }, [unlimited()])

describe('Bo signs in', () => {
  test('with his password, and not with another one, nor as nobody', async () => {
    const { email } = await somebody(server, 'bo')
    const bo = device(server)
    const { data } = fine(await bo.auth.signInWithPassword({ email, password }))
    assert.equal(data.session?.token_type, 'bearer')
    await refusedBy(bo.auth.signInWithPassword({ email, password: other }), 'invalid_credentials', 400)
    await refusedBy(bo.auth.signInWithPassword({ email: newAddress(), password }), 'invalid_credentials', 400)
  })

  test('and his token opens the API as himself', async () => {
    const { session } = await somebody(server, 'bo')
    const answer = await fetch(`${server.address}/api/sample/notes`, { headers: { authorization: `Bearer ${session.access_token}` } })
    assert.equal(answer.status, 200)
  })

  test('getUser, getClaims by the published keys, setSession, refreshSession', async () => {
    const { id, email, device: bo, session } = await somebody(server, 'bo')
    assert.equal(fine(await bo.auth.getUser()).data.user?.id, id)
    const { data } = fine(await bo.auth.getClaims())
    assert.equal(data?.claims.sub, id)
    assert.equal(data.header.alg, 'ES256')
    assert.deepEqual(
      data.claims.amr?.map((by) => (typeof by === 'string' ? by : by.method)),
      ['password'],
    )

    const again = device(server)
    fine(await again.auth.setSession(session))
    const refreshed = fine(await again.auth.refreshSession()).data.session
    assert.notEqual(refreshed?.refresh_token, session.refresh_token)
    assert.equal(refreshed?.user.email, email)
  })
})

describe('A refresh token', () => {
  const refresh = (refresh_token: string) => device(server).auth.refreshSession({ refresh_token })

  test('whose answer was lost gives the same answer again', async () => {
    const { session } = await somebody(server)
    const first = fine(await refresh(session.refresh_token)).data.session
    await server.db.sql(`update auth.refresh_tokens set updated_at = now() - interval '1 minute' where user_id = $1`, [session.user.id])
    const again = fine(await refresh(session.refresh_token)).data.session
    assert.equal(again?.refresh_token, first?.refresh_token)
    fine(await refresh(again!.refresh_token))
  })

  test('that comes again in the same moment is forgiven, however far the chain went on', async () => {
    const { session } = await somebody(server)
    const second = fine(await refresh(session.refresh_token)).data.session!
    const third = fine(await refresh(second.refresh_token)).data.session!
    assert.equal(fine(await refresh(session.refresh_token)).data.session?.refresh_token, third.refresh_token)
  })

  test('sent ten times at once gives one and the same next one', async () => {
    const { session } = await somebody(server)
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(session.refresh_token)))
    assert.equal(new Set(answers.map((answer) => fine(answer).data.session?.refresh_token)).size, 1)
  })

  test('that is used again later ends the whole family', async () => {
    const { session, device: own } = await somebody(server)
    const second = fine(await refresh(session.refresh_token)).data.session!
    const third = fine(await refresh(second.refresh_token)).data.session!
    await server.db.sql(`update auth.refresh_tokens set updated_at = now() - interval '1 minute' where user_id = $1`, [session.user.id])
    await refusedBy(refresh(session.refresh_token), 'refresh_token_already_used', 400)
    await refusedBy(refresh(third.refresh_token), 'refresh_token_not_found', 400)
    assert.ok((await own.auth.getUser()).error)
  })

  test('that nobody gave is not found; one whose session is too old is over', async () => {
    await refusedBy(refresh('A'.repeat(43)), 'refresh_token_not_found', 400)
    const { session } = await somebody(server)
    await server.db.sql(`update auth.sessions set refreshed_at = now() - interval '31 days' where user_id = $1`, [session.user.id])
    await refusedBy(refresh(session.refresh_token), 'session_expired', 400)
  })

  test('is not written down anywhere', async () => {
    const { session } = await somebody(server)
    assert.deepEqual(await server.db.sql('select from auth.refresh_tokens where token = $1', [session.refresh_token]), [])
  })
})

describe('Ada changes', () => {
  test('what is said about her; what is null goes', async () => {
    const { device: ada } = await somebody(server)
    fine(await ada.auth.updateUser({ data: { name: 'Ada', city: 'Turin' } }))
    const { data } = fine(await ada.auth.updateUser({ data: { city: null } }))
    assert.equal(data.user?.user_metadata['name'], 'Ada')
    assert.ok(!('city' in data.user.user_metadata))
  })

  test('her password: the old one is worth nothing, other devices are out, and she is told', async () => {
    const { email, device: ada } = await somebody(server)
    const phone = device(server)
    fine(await phone.auth.signInWithPassword({ email, password }))
    fine(await ada.auth.updateUser({ password: other }))
    await refusedBy(device(server).auth.signInWithPassword({ email, password }), 'invalid_credentials')
    fine(await device(server).auth.signInWithPassword({ email, password: other }))
    fine(await ada.auth.getUser())
    assert.ok((await phone.auth.getUser()).error)
    assert.match((await mailTo(server, email)).subject, /password was changed/)
    await refusedBy(ada.auth.updateUser({ password: other }), 'same_password', 422)
  })

  test('her password in a session that has been open for long: only with a code, or with the old one', async () => {
    const { email, id, device: ada } = await somebody(server)
    await server.db.sql(`update auth.sessions set created_at = now() - interval '2 hours' where user_id = $1`, [id])
    await refusedBy(ada.auth.updateUser({ password: other }), 'reauthentication_needed', 400)
    fine(await ada.auth.reauthenticate())
    const { code } = await mailTo(server, email)
    await refusedBy(
      ada.auth.updateUser({ password: other, nonce: code === '000000' ? '000001' : '000000' }),
      'reauthentication_not_valid',
      422,
    )
    fine(await ada.auth.updateUser({ password: other, nonce: code }))
    fine(await device(server).auth.signInWithPassword({ email, password: other }))
  })

  test('her address, once both mailboxes have agreed', async () => {
    const { email, device: ada } = await somebody(server)
    const to = newAddress('lovelace')
    const { data } = fine(await ada.auth.updateUser({ email: to }))
    assert.equal(data.user?.email, email)
    assert.equal(data.user?.new_email, to)
    const [old, fresh] = [await mailTo(server, email), await mailTo(server, to)]
    assert.equal(fine(await ada.auth.verifyOtp({ token_hash: fresh.token, type: 'email_change' })).data.session, null)
    await refusedBy(device(server).auth.signInWithPassword({ email: to, password }), 'invalid_credentials')
    const done = fine(await ada.auth.verifyOtp({ email, token: old.code, type: 'email_change' }))
    assert.equal(done.data.user?.email, to)
    fine(await device(server).auth.signInWithPassword({ email: to, password }))
  })

  test('not her address to one that somebody has: the answer is the same, and they hear of it', async () => {
    const { device: ada } = await somebody(server)
    const bo = await somebody(server, 'bo')
    fine(await ada.auth.updateUser({ email: bo.email }))
    assert.match((await mailTo(server, bo.email)).subject, /already have an account/)
  })

  test('not what only the server says about her', async () => {
    const { session } = await somebody(server)
    const answer = await fetch(`${server.address}/auth/v1/user`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${session.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ app_metadata: { admin: true } }),
    })
    assert.equal(answer.status, 403)
  })
})

describe('Ada comes in by mail', () => {
  test('to set a new password', async () => {
    const { email } = await somebody(server)
    const ada = device(server)
    fine(await ada.auth.resetPasswordForEmail(email))
    fine(await ada.auth.verifyOtp({ token_hash: (await mailTo(server, email)).token, type: 'recovery' }))
    fine(await ada.auth.updateUser({ password: other }))
    fine(await device(server).auth.signInWithPassword({ email, password: other }))
  })

  test('by a link or a code', async () => {
    const { email } = await somebody(server)
    const ada = device(server)
    fine(await ada.auth.signInWithOtp({ email }))
    fine(await ada.auth.verifyOtp({ token_hash: (await mailTo(server, email)).token, type: 'magiclink' }))
    fine(await ada.auth.signInWithOtp({ email }))
    const { code } = await mailTo(server, email)
    await refusedBy(ada.auth.verifyOtp({ email, token: code === '123456' ? '123457' : '123456', type: 'email' }), 'otp_expired', 403)
    fine(await ada.auth.verifyOtp({ email, token: code, type: 'email' }))
    await refusedBy(ada.auth.verifyOtp({ email, token: code, type: 'email' }), 'otp_expired', 403)
  })

  test('for the first time, without a password', async () => {
    const email = newAddress()
    const ada = device(server)
    fine(await ada.auth.signInWithOtp({ email, options: adult }))
    fine(await ada.auth.verifyOtp({ email, token: (await mailTo(server, email)).code, type: 'email' }))
    assert.equal(fine(await ada.auth.getUser()).data.user?.email, email)
  })

  test('a stranger who is not here gets the same answer, and no mail', async () => {
    const email = newAddress()
    const stranger = device(server)
    fine(await stranger.auth.resetPasswordForEmail(email))
    fine(await stranger.auth.signInWithOtp({ email, options: { shouldCreateUser: false } }))
    fine(await stranger.auth.resend({ type: 'signup', email }))
    await assert.rejects(mailTo(server, email), /no mail/)
  })

  test('and a password that a stranger had set for her address is gone', async () => {
    const email = newAddress()
    fine(await device(server).auth.signUp({ email, password, options: adult }))
    const ada = device(server)
    fine(await ada.auth.signInWithOtp({ email, options: adult }))
    fine(await ada.auth.verifyOtp({ email, token: (await mailTo(server, email)).code, type: 'email' }))
    await refusedBy(device(server).auth.signInWithPassword({ email, password }), 'invalid_credentials')
  })

  test('but not after an hour', async () => {
    const { email, id } = await somebody(server)
    fine(await device(server).auth.resetPasswordForEmail(email))
    await server.db.sql(`update auth.one_time_tokens set created_at = created_at - interval '61 minutes' where user_id = $1`, [id])
    await refusedBy(
      device(server).auth.verifyOtp({ token_hash: (await mailTo(server, email)).token, type: 'recovery' }),
      'otp_expired',
      403,
    )
  })

  test('and what the mail carries is not what the database keeps', async () => {
    const { email } = await somebody(server)
    fine(await device(server).auth.resetPasswordForEmail(email))
    const { token, code } = await mailTo(server, email)
    assert.deepEqual(await server.db.sql('select from auth.one_time_tokens where token_hash in ($1, $2)', [token, code]), [])
  })
})

describe('PKCE', () => {
  const follow = async (url: string) => new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!)

  test('leads back with a code that only the page that asked can use', async () => {
    const { email } = await somebody(server)
    const page = device(server, 'pkce')
    fine(await page.auth.resetPasswordForEmail(email))
    const { token } = await mailTo(server, email)
    assert.match(token, /^pkce_/)
    const back = await follow(`${server.address}/auth/v1/verify?token=${token}&type=recovery`)
    const code = back.searchParams.get('code')!
    assert.equal(back.hash, '')
    const { data } = fine(await page.auth.exchangeCodeForSession(code))
    assert.equal(data.user?.email, email)
    await refusedBy(exchange(code, 'x'.repeat(50)), 'flow_state_not_found', 404)
  })

  test('a code with the wrong secret is used up', async () => {
    const { email } = await somebody(server)
    const page = device(server, 'pkce')
    fine(await page.auth.signInWithOtp({ email }))
    const { token } = await mailTo(server, email)
    const code = (await follow(`${server.address}/auth/v1/verify?token=${token}&type=magiclink`)).searchParams.get('code')!
    await refusedBy(exchange(code, 'x'.repeat(50)), 'bad_code_verifier', 400)
    assert.ok((await page.auth.exchangeCodeForSession(code)).error)
  })

  const exchange = async (auth_code: string, code_verifier: string) => {
    const answer = await fetch(`${server.address}/auth/v1/token?grant_type=pkce`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-supabase-api-version': '2024-01-01' },
      body: JSON.stringify({ auth_code, code_verifier }),
    })
    const { code } = (await answer.json()) as { code: string }
    return { error: { code, status: answer.status } }
  }

  test('without it, the link leads back with a session behind the #; and never to a place we do not know', async () => {
    const { email } = await somebody(server)
    fine(await device(server).auth.signInWithOtp({ email }))
    const { token } = await mailTo(server, email)
    const back = await follow(`${server.address}/auth/v1/verify?token=${token}&type=magiclink&redirect_to=https://evil.example/`)
    assert.equal(back.hostname, 'localhost')
    assert.ok(new URLSearchParams(back.hash.slice(1)).get('access_token'))
    const again = await follow(`${server.address}/auth/v1/verify?token=${token}&type=magiclink`)
    assert.equal(new URLSearchParams(again.hash.slice(1)).get('error_code'), 'otp_expired')
    fine(await device(server).auth.resetPasswordForEmail(email, { redirectTo: 'https://evil.example/' }))
    assert.equal((await mailTo(server, email)).next, null)
    fine(await device(server).auth.resetPasswordForEmail(email, { redirectTo: 'http://localhost:0/account' }))
  })
})

describe('Bo signs out', () => {
  const two = async () => {
    const bo = await somebody(server, 'bo')
    const phone = device(server)
    fine(await phone.auth.signInWithPassword({ email: bo.email, password }))
    return { here: bo.device, phone }
  }
  const isIn = async (one: ReturnType<typeof device>) => (await one.auth.getUser()).error === null

  test('here', async () => {
    const { here, phone } = await two()
    fine(await here.auth.signOut({ scope: 'local' }))
    assert.deepEqual([await isIn(here), await isIn(phone)], [false, true])
  })
  test('everywhere else', async () => {
    const { here, phone } = await two()
    fine(await here.auth.signOut({ scope: 'others' }))
    assert.deepEqual([await isIn(here), await isIn(phone)], [true, false])
  })
  test('everywhere', async () => {
    const { here, phone } = await two()
    fine(await here.auth.signOut())
    assert.deepEqual([await isIn(here), await isIn(phone)], [false, false])
  })

  test('and his token, although it was just used, stops working within five seconds', async () => {
    const { session, device: bo } = await somebody(server, 'bo')
    const ask = async () =>
      (await fetch(`${server.address}/api/sample/notes`, { headers: { authorization: `Bearer ${session.access_token}` } })).status
    assert.equal(await ask(), 200)
    fine(await bo.auth.signOut())
    const until = Date.now() + 5_000
    while ((await ask()) === 200 && Date.now() < until) await pause(100)
    assert.equal(await ask(), 401)
  })

  test('a suspended or banned person’s token stops as well, and they cannot sign in', async () => {
    for (const sentence of [
      'update identity.accounts set suspended_at = now() where user_id = $1',
      `update auth.users set banned_until = now() + interval '1 day' where id = $1`,
    ]) {
      const { id, email, session } = await somebody(server, 'bo')
      const ask = async () =>
        (await fetch(`${server.address}/api/sample/notes`, { headers: { authorization: `Bearer ${session.access_token}` } })).status
      assert.equal(await ask(), 200)
      await server.db.sql(sentence, [id])
      const until = Date.now() + 5_000
      while ((await ask()) === 200 && Date.now() < until) await pause(100)
      assert.equal(await ask(), 401)
      await refusedBy(device(server).auth.signInWithPassword({ email, password }), 'user_banned', 400)
      await refusedBy(device(server).auth.refreshSession({ refresh_token: session.refresh_token }), 'user_banned', 400)
    }
  })
})

describe('The operator’s program', () => {
  const { admin } = operator(server).auth

  test('makes, finds, lists, changes and deletes people', async () => {
    const email = newAddress('priya')
    const { data } = fine(
      await admin.createUser({ email, password, email_confirm: true, user_metadata: { name: 'Priya' }, app_metadata: { team: 'blue' } }),
    )
    const id = data.user!.id
    assert.deepEqual(data.user!.app_metadata, { team: 'blue', provider: 'email', providers: ['email'] })
    assert.equal(fine(await admin.getUserById(id)).data.user?.email, email)
    await refusedBy(admin.createUser({ email, password }), 'email_exists', 422)

    const listed = fine(await admin.listUsers({ page: 1, perPage: 2 }))
    assert.equal(listed.data.users.length, 2)
    assert.equal(listed.data.users[0]?.id, id)
    assert.ok('total' in listed.data && listed.data.total > 2 && listed.data.nextPage === 2)

    const changed = fine(await admin.updateUserById(id, { user_metadata: { name: null, city: 'Pune' }, ban_duration: '24h' })).data.user
    assert.deepEqual(changed?.user_metadata, { city: 'Pune' })
    await refusedBy(device(server).auth.signInWithPassword({ email, password }), 'user_banned')
    fine(await admin.updateUserById(id, { ban_duration: 'none', password: other }))
    fine(await device(server).auth.signInWithPassword({ email, password: other }))

    fine(await admin.deleteUser(id))
    await refusedBy(admin.getUserById(id), 'user_not_found', 404)
    await refusedBy(device(server).auth.signInWithPassword({ email, password: other }), 'invalid_credentials')
    const rest = async () =>
      (
        await server.db.sql<{ all: string }>('select to_jsonb(u)::text as all from auth.users u where id = $1 and deleted_at is not null', [
          id,
        ])
      )[0]!.all
    const until = Date.now() + 20_000
    while (/priya|Pune|argon2/.test(await rest()) && Date.now() < until) await pause(100)
    assert.doesNotMatch(await rest(), /priya|Pune|argon2/)
    assert.deepEqual(await server.db.sql('select from auth.identities where user_id = $1', [id]), [])
    const acts = await server.db.sql<{ action: string }>('select action from audit.entries where subject_id = $1 order by id', [id])
    assert.deepEqual(
      acts.map(({ action }) => action),
      ['identity.user-created', 'identity.user-changed', 'identity.user-changed', 'identity.erasure-begun'],
    )
    fine(await admin.createUser({ email, password }))
  })

  test('makes links of each kind', async () => {
    const { email, id } = await somebody(server)
    const newcomer = newAddress()
    const signup = fine(await admin.generateLink({ type: 'signup', email: newcomer, password })).data
    fine(await device(server).auth.verifyOtp({ token_hash: signup.properties!.hashed_token, type: 'signup' }))
    for (const type of ['magiclink', 'recovery'] as const) {
      const { properties, user } = fine(await admin.generateLink({ type, email })).data
      assert.equal(user?.id, id)
      assert.match(properties!.action_link, new RegExp(`/auth/confirm\\?token_hash=${properties!.hashed_token}&type=${type}`))
      fine(await device(server).auth.verifyOtp({ email, token: properties!.email_otp, type }))
    }
    const guest = newAddress()
    const { properties } = fine(await admin.generateLink({ type: 'invite', email: guest })).data
    fine(await device(server).auth.verifyOtp({ token_hash: properties!.hashed_token, type: 'invite' }))
    const to = newAddress()
    const current = fine(await admin.generateLink({ type: 'email_change_current', email, newEmail: to })).data.properties!
    const fresh = fine(await admin.generateLink({ type: 'email_change_new', email, newEmail: to })).data.properties!
    fine(await device(server).auth.verifyOtp({ token_hash: current.hashed_token, type: 'email_change' }))
    assert.equal(fine(await device(server).auth.verifyOtp({ token_hash: fresh.hashed_token, type: 'email_change' })).data.user?.email, to)
    await refusedBy(admin.generateLink({ type: 'recovery', email: newAddress() }), 'user_not_found', 404)
  })

  test('invites', async () => {
    const email = newAddress()
    const { data } = fine(await admin.inviteUserByEmail(email))
    assert.ok(data.user?.invited_at)
    fine(await device(server).auth.verifyOtp({ token_hash: (await mailTo(server, email)).token, type: 'invite' }))
    await refusedBy(admin.inviteUserByEmail(email), 'email_exists', 422)
  })

  test('nobody else may', async () => {
    const { session } = await somebody(server)
    for (const authorization of [`Bearer ${session.access_token}`, `Bearer ${server.keys.anon}`, undefined]) {
      const answer = await fetch(`${server.address}/auth/v1/admin/users`, { headers: authorization ? { authorization } : {} })
      assert.ok([401, 403].includes(answer.status))
    }
  })
})

describe('The protocol', () => {
  const call = (path: string, init: RequestInit = {}) => fetch(`${server.address}/auth/v1${path}`, init)

  test('says what it can', async () => {
    const settings = (await (await call('/settings')).json()) as Record<string, unknown>
    assert.deepEqual([settings['disable_signup'], settings['mailer_autoconfirm']], [false, false])
    assert.equal((await call('/health')).status, 200)
    assert.equal((await call('/authorize?provider=google')).status, 400)
    assert.equal((await call('/nowhere')).status, 404)
  })

  test('refuses in the words of the version that is asked for', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } as Record<string, string>, body: '{"email":"x"}' }
    const older = await call('/recover', init)
    assert.deepEqual(Object.keys((await older.json()) as object), ['code', 'error_code', 'msg'])
    init.headers['x-supabase-api-version'] = '2024-01-01'
    const newer = await call('/recover', init)
    assert.equal(newer.headers.get('x-supabase-api-version'), '2024-01-01')
    assert.deepEqual(await newer.json(), { code: 'validation_failed', message: 'Unable to validate email address: invalid format' })
    assert.equal(((await (await call('/recover', { ...init, body: '{' })).json()) as { code: string }).code, 'bad_json')
  })

  test('answers programs of other origins, and takes no other key than ours', async () => {
    const asked = await call('/token', {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    })
    assert.equal(asked.status, 204)
    assert.equal(asked.headers.get('access-control-allow-origin'), '*')
    assert.equal(asked.headers.get('access-control-allow-credentials'), null)
    assert.equal((await call('/settings', { headers: { apikey: 'wrong' } })).status, 401)
  })

  test('takes only tokens of ours', async () => {
    for (const token of ['x', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', server.keys.anon])
      assert.equal((await call('/user', { headers: { authorization: `Bearer ${token}` } })).status, 403)
    assert.equal((await call('/user')).status, 401)
  })
})
