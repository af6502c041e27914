import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { freshOpenIdProvider, type Misdeed, type Somebody } from '#tests/openid-provider.ts'
import { freshServer } from '#tests/server.ts'
import { hashOfWord } from '../word.ts'
import { adult, device, mailTo, newAddress, operator, password, somebody, unlimited } from './scene.ts'

const provider = await freshOpenIdProvider()
const elsewhere = 'https://app.example.test'
const google = {
  PUBLIC_URL: 'http://localhost:4321',
  OIDC_GOOGLE_ISSUER: provider.issuer,
  OIDC_GOOGLE_CLIENT_ID: provider.clientId,
  OIDC_GOOGLE_CLIENT_SECRET: provider.clientSecret,
}
const server = await freshServer(
  {
    ...google,
    REDIRECT_ORIGINS: elsewhere,
    OIDC_CLOSED_ISSUER: 'http://127.0.0.1:9',
    OIDC_CLOSED_CLIENT_ID: 'x',
    OIDC_CLOSED_CLIENT_SECRET: 'x',
  },
  [unlimited()],
)
const closed = await freshServer({ ...google, REGISTRATION: 'invite' }, [unlimited()])
const { db } = server

// A browser as far as this needs one: it follows addresses, and keeps the one cookie.
function aBrowser() {
  let cookie = ''
  const go = async (address: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) => {
    const here = address.replace('http://localhost:4321', server.address)
    const answer = await fetch(here, { ...init, redirect: 'manual', headers: { ...init.headers, ...(cookie ? { cookie } : {}) } })
    const kept = answer.headers.get('set-cookie')
    if (kept) cookie = kept.split(';')[0]!
    return { answer, kept, to: answer.headers.get('location') ?? '' }
  }
  return { go, forget: () => void (cookie = '') }
}
type Browser = ReturnType<typeof aBrowser>

const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')
const authorize = (more: Record<string, string> = {}) =>
  `${server.address}/auth/v1/authorize?${new URLSearchParams({ provider: 'google', code_challenge: challenge, code_challenge_method: 's256', ...more }).toString()}`

/** To the provider and back: where they end up. */
async function travel(somebody: Somebody, { misdeed, browser = aBrowser(), ...query }: Travel = {}): Promise<URL> {
  const { to: there } = await browser.go(authorize(query))
  provider.vouchFor(somebody, misdeed)
  const { to: back } = await browser.go(there)
  const { to } = await browser.go(back)
  return new URL(to)
}
type Travel = { misdeed?: Misdeed; browser?: Browser; adult?: string; redirect_to?: string }

const refusedWith = (place: URL) => place.searchParams.get('error_code')
async function signedIn(place: URL) {
  const code = place.searchParams.get('code')
  assert.ok(code, `no code in ${place.href}`)
  const answer = await fetch(`${server.address}/auth/v1/token?grant_type=pkce`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth_code: code, code_verifier: verifier }),
  })
  assert.equal(answer.status, 200)
  return (await answer.json()) as { access_token: string; user: User }
}
type User = { id: string; email: string; app_metadata: { providers: string[] }; identities: { provider: string; id: string }[] }

const aPerson = (more: Partial<Somebody> = {}): Somebody & { email: string } => ({
  sub: randomUUID(),
  email: newAddress(),
  email_verified: true,
  name: 'Ada L.',
  ...more,
})
const accountsOf = (email: string) => db.sql<{ id: string }>('select id from auth.users where email = $1', [email])
const identitiesOf = (sub: string) => db.sql<{ user_id: string }>('select user_id from auth.identities where provider_id = $1', [sub])

describe('Ada comes by a provider', () => {
  test('for the first time, having said that she is 18, and has an account', async () => {
    const ada = aPerson()
    const { user } = await signedIn(await travel(ada, { adult: 'true' }))
    assert.equal(user.email, ada.email)
    assert.deepEqual(user.app_metadata.providers, ['google'])
    assert.deepEqual(
      user.identities.map(({ provider, id }) => [provider, id]),
      [['google', ada.sub]],
    )
    const [account] = await db.sql('select adult_declared_at from identity.accounts where user_id = $1', [user.id])
    assert.ok(account!['adult_declared_at'])
  })

  test('and is the same person the next time, even when her address there has changed', async () => {
    const ada = aPerson()
    const { user } = await signedIn(await travel(ada, { adult: 'true' }))
    const again = await signedIn(await travel({ ...ada, email: newAddress() }))
    assert.equal(again.user.id, user.id)
    assert.equal(again.user.email, ada.email)
  })

  test('but there is no account before she has said that she is 18', async () => {
    const ada = aPerson()
    const browser = aBrowser()
    const place = await travel(ada, { browser, redirect_to: `${elsewhere}/in` })
    assert.equal(place.pathname, '/auth/adult')
    assert.deepEqual(await accountsOf(ada.email), [])
    const { answer: no } = await declare(browser, false)
    assert.equal(no.status, 422)
    const { answer: elseone } = await declare(aBrowser(), true)
    assert.equal(elseone.status, 400)
    assert.deepEqual(await accountsOf(ada.email), [])

    const { answer } = await declare(browser, true)
    const { redirect_to } = (await answer.json()) as { redirect_to: string }
    assert.ok(redirect_to.startsWith(`${elsewhere}/in?code=`))
    const { user } = await signedIn(new URL(redirect_to))
    assert.equal(user.email, ada.email)
    assert.equal((await declare(browser, true)).answer.status, 400)
  })

  test('ten times at once, and there is one account with one identity', async () => {
    const ada = aPerson()
    const journeys = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const browser = aBrowser()
        return { browser, there: (await browser.go(authorize({ adult: 'true' }))).to }
      }),
    )
    provider.vouchFor(ada)
    const backs = await Promise.all(journeys.map(async ({ browser, there }) => ({ browser, back: (await browser.go(there)).to })))
    const places = await Promise.all(backs.map(({ browser, back }) => browser.go(back)))
    for (const { to } of places) assert.equal(refusedWith(new URL(to)), null)
    assert.equal((await accountsOf(ada.email)).length, 1)
    assert.equal((await identitiesOf(ada.sub)).length, 1)
  })

  test('from a provider that tells her address at its userinfo only', async () => {
    const ada = aPerson()
    const { user } = await signedIn(await travel(ada, { adult: 'true', misdeed: 'e-mail in userinfo only' }))
    assert.equal(user.email, ada.email)
  })

  test('where one must be invited: not without an invitation, not with another’s, and once with hers', async () => {
    const ada = aPerson()
    const arrive = async (invitation: Record<string, string>, somebody = ada) => {
      const browser = aBrowser()
      const { to: there } = await browser.go(authorize({ adult: 'true', ...invitation }).replace(server.address, closed.address))
      provider.vouchFor(somebody)
      const { to: back } = await browser.go(there)
      return new URL((await browser.go(back.replace('http://localhost:4321', closed.address))).to)
    }
    const invite = async (email: string | null) => {
      const word = randomUUID()
      const mira = await somebody(closed)
      await closed.db.sql(
        `insert into identity.invitations (token_hash, role, email, made_by, expires_at) values ($1, 'person', $2, $3, now() + interval '1 day')`,
        [hashOfWord(word), email, mira.id],
      )
      return { invitation: word }
    }
    assert.equal(refusedWith(await arrive({})), 'signup_disabled')
    assert.equal(refusedWith(await arrive({ invitation: 'made up' })), 'no_such_invitation')
    assert.equal(refusedWith(await arrive(await invite('bo@example.test'))), 'invitation_for_another')
    assert.deepEqual(await closed.db.sql('select id from auth.users where email = $1', [ada.email]), [])
    const hers = await invite(ada.email)
    assert.equal(refusedWith(await arrive(hers)), null)
    assert.equal(refusedWith(await arrive(hers)), null, 'it is she who comes again')
    assert.equal(refusedWith(await arrive(hers, aPerson())), 'invitation_used')
  })
})

const declare = (browser: Browser, adult: boolean) =>
  browser.go(`${server.address}/auth/v1/callback/declaration`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ adult }),
  })

describe('an account with the same address', () => {
  test('is hers, if both it and the provider have seen that the address is: it is linked, and she is told', async () => {
    const ada = await somebody(server)
    const sub = randomUUID()
    const { user } = await signedIn(await travel(aPerson({ sub, email: ada.email })))
    assert.equal(user.id, ada.id)
    assert.deepEqual(user.app_metadata.providers, ['email', 'google'])
    assert.equal((await mailTo(server, ada.email)).subject, 'Another way to sign in was added')
    const stillHers = await device(server).auth.signInWithPassword({ email: ada.email, password })
    assert.equal(stillHers.error, null)
  })

  test('is not linked on a provider’s word that nobody checked', async () => {
    const ada = await somebody(server)
    for (const email_verified of [false, undefined, 'true', 1]) {
      const sub = randomUUID()
      assert.equal(refusedWith(await travel(aPerson({ sub, email: ada.email, email_verified }))), 'provider_email_needs_verification')
      assert.deepEqual(await identitiesOf(sub), [])
    }
  })

  test('that a stranger made beforehand and never confirmed, loses what the stranger left in it', async () => {
    const email = newAddress('victim')
    const stranger = device(server)
    const { data } = await stranger.auth.signUp({ email, password, options: { data: { ...adult.data, name: 'Mallory' } } })
    assert.ok(data.user)
    await db.sql(
      `insert into identity.passkeys (user_id, credential_id, public_key, counter, backed_up, name)
      select id, 'mallorys', '', 0, false, 'x' from auth.users where email = $1`,
      [email],
    )
    const browser = aBrowser()
    const place = await travel(aPerson({ email }), { browser })
    assert.equal(place.pathname, '/auth/adult', 'whoever declared to be 18 was somebody else')
    const { redirect_to } = (await (await declare(browser, true)).answer.json()) as { redirect_to: string }
    const { user } = await signedIn(new URL(redirect_to))
    assert.deepEqual(user.app_metadata.providers, ['google'])
    assert.equal((await device(server).auth.signInWithPassword({ email, password })).error?.code, 'invalid_credentials')
    const [left] = await db.sql(
      `select encrypted_password, raw_user_meta_data ->> 'name' as name, (select count(*)::int from identity.passkeys p where p.user_id = u.id) as passkeys
       from auth.users u where email = $1`,
      [email],
    )
    assert.deepEqual(left, { encrypted_password: '', name: 'Ada L.', passkeys: 0 })
  })

  test('that was banned stays closed', async () => {
    const ada = await somebody(server)
    const person = aPerson({ email: ada.email })
    await signedIn(await travel(person))
    await operator(server).auth.admin.updateUserById(ada.id, { ban_duration: '1h' })
    assert.equal(refusedWith(await travel(person)), 'user_banned')
    assert.equal(refusedWith(await travel(aPerson({ email: ada.email }))), 'user_banned')
  })
})

describe('what a provider says is not believed', () => {
  const misdeeds: [Misdeed, string][] = [
    ['wrong nonce', 'wrong_nonce'],
    ['no nonce', 'provider_answer_not_accepted'],
    ['wrong issuer', 'wrong_issuer'],
    ['wrong audience', 'wrong_audience'],
    ['expired id token', 'id_token_expired'],
    ['alg none', 'id_token_not_signed_by_provider'],
    ['alg HS256', 'id_token_not_signed_by_provider'],
    ['foreign key', 'id_token_not_signed_by_provider'],
    ['no id token', 'provider_answer_not_accepted'],
    ['code of another sign-in', 'code_not_accepted'],
    ['userinfo of another', 'userinfo_of_somebody_else'],
    ['they refuse', 'access_denied'],
    ['no state', 'bad_oauth_state'],
    ['changed state', 'bad_oauth_state'],
  ]
  for (const [misdeed, name] of misdeeds)
    test(`with ${misdeed}: ${name}`, async () => {
      const ada = await somebody(server)
      const sub = randomUUID()
      const place = await travel(aPerson({ sub, email: ada.email }), { misdeed, adult: 'true' })
      assert.equal(refusedWith(place), name)
      assert.equal(place.searchParams.get('code'), null)
      assert.deepEqual(await identitiesOf(sub), [])
    })

  test('when it cannot be reached', async () => {
    const answer = await fetch(authorize({ provider: 'closed' }), { redirect: 'manual' })
    assert.equal(answer.status, 502)
    assert.equal(((await answer.json()) as { error_code: string }).error_code, 'provider_unreachable')
  })
})

describe('a journey', () => {
  const there = async (browser: Browser, somebody: Somebody) => {
    const { to } = await browser.go(authorize({ adult: 'true' }))
    provider.vouchFor(somebody)
    return (await browser.go(to)).to
  }

  test('ends once: an address that was used is worth nothing', async () => {
    const browser = aBrowser()
    const back = await there(browser, aPerson())
    assert.ok(new URL((await browser.go(back)).to).searchParams.get('code'))
    assert.equal(refusedWith(new URL((await browser.go(back)).to)), 'bad_oauth_state')
  })

  test('ends once when it ends ten times at once', async () => {
    const browser = aBrowser()
    const back = await there(browser, aPerson())
    const places = await Promise.all(Array.from({ length: 10 }, () => browser.go(back)))
    assert.equal(places.filter(({ to }) => new URL(to).searchParams.has('code')).length, 1)
  })

  test('cannot be ended by another browser: nobody is signed in as somebody else by a link', async () => {
    const back = await there(aBrowser(), aPerson())
    const victim = aBrowser()
    assert.equal(refusedWith(new URL((await victim.go(back)).to)), 'bad_oauth_state')
    await victim.go(authorize())
    assert.equal(refusedWith(new URL((await victim.go(back)).to)), 'bad_oauth_state')
  })

  test('ends after ten minutes', async () => {
    const browser = aBrowser()
    const back = await there(browser, aPerson())
    await db.sql(`update identity.journeys set created_at = now() - interval '11 minutes'`)
    assert.equal(refusedWith(new URL((await browser.go(back)).to)), 'bad_oauth_state')
  })

  test('leads nowhere but to places of ours', async () => {
    for (const redirect_to of [
      'https://evil.test/',
      '//evil.test',
      'javascript:alert(1)',
      'http://localhost:4321@evil.test/',
      `${elsewhere}.evil.test`,
    ]) {
      const answer = await fetch(authorize({ redirect_to }), { redirect: 'manual' })
      assert.equal(answer.status, 400, redirect_to)
      assert.equal(((await answer.json()) as { error_code: string }).error_code, 'redirect_not_allowed')
    }
  })

  test('begins with a proof of the page that waits for it, and with a provider we know', async () => {
    const without = await fetch(`${server.address}/auth/v1/authorize?provider=google`, { redirect: 'manual' })
    assert.equal(without.status, 400)
    const unknown = await fetch(authorize({ provider: 'facebook' }), { redirect: 'manual' })
    assert.equal(((await unknown.json()) as { error_code: string }).error_code, 'oauth_provider_not_supported')
  })

  test('leaves a cookie that no script reads and no other site sends along but to come back', async () => {
    const { kept } = await aBrowser().go(authorize())
    assert.match(kept!, /^vivavoce-journey=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=3600$/)
  })

  test('keeps neither the state nor the nonce, the verifier or what the provider said in the database', async () => {
    const browser = aBrowser()
    const ada = aPerson()
    const { to } = await browser.go(authorize())
    const { state, nonce } = Object.fromEntries(new URL(to).searchParams) as { state: string; nonce: string }
    provider.vouchFor(ada)
    await browser.go((await browser.go(to)).to)
    const rows = await db.sql(`select j::text from identity.journeys j union all select n::text from identity.newcomers n`)
    const text = JSON.stringify(rows)
    for (const secret of [state, nonce, ada.sub, ada.email]) assert.ok(!text.includes(secret))
  })
})

describe('a provider as one more way in', () => {
  const api = async (token: string, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${server.address}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return {
      status: answer.status,
      body: (await answer.json()) as { code?: string; url?: string; providers?: { id: string; provider: string }[] },
    }
  }
  const linkWord = async (token: string, person: Somebody) => {
    const browser = aBrowser()
    const { body } = await api(token, 'POST', '/identity/links/begin', { provider: 'google' })
    const { to } = await browser.go(body.url!)
    provider.vouchFor(person)
    const place = new URL((await browser.go((await browser.go(to)).to)).to)
    assert.equal(`${place.origin}${place.pathname}`, 'http://localhost:4321/auth/done')
    return place.searchParams.get('link')!
  }

  test('is linked by whoever is signed in, whatever its address there, and unlinked again', async () => {
    const ada = await somebody(server)
    const token = ada.session.access_token
    const there = aPerson({ email_verified: false })
    const word = await linkWord(token, there)
    assert.deepEqual(await identitiesOf(there.sub), [], 'nothing is linked before her own page says so')
    assert.equal((await api(token, 'POST', '/identity/links', { word })).status, 200)
    assert.equal((await api(token, 'POST', '/identity/links', { word })).body.code, 'no_such_link')
    assert.equal((await signedIn(await travel(there))).user.id, ada.id)

    const { providers } = (await api(token, 'GET', '/identity/ways-in')).body
    assert.deepEqual(
      providers!.map(({ provider }) => provider),
      ['google'],
    )
    assert.equal((await api(token, 'DELETE', `/identity/links/${providers![0]!.id}`)).status, 200)
    assert.deepEqual(await identitiesOf(there.sub), [])
  })

  test('is not linked to Mallory’s account by Ada, who followed Mallory’s link', async () => {
    const [ada, mallory] = [await somebody(server), await somebody(server)]
    const there = aPerson()
    const word = await linkWord(mallory.session.access_token, there) // in Ada's browser, who comes back with the word
    assert.equal((await api(ada.session.access_token, 'POST', '/identity/links', { word })).body.code, 'no_such_link')
    assert.deepEqual(await identitiesOf(there.sub), [])
  })

  test('belongs to one account only', async () => {
    const [ada, bo] = [await somebody(server), await somebody(server)]
    const there = aPerson()
    const words = [await linkWord(ada.session.access_token, there), await linkWord(bo.session.access_token, there)]
    const answers = await Promise.all(
      [ada, bo].map(({ session }, at) => api(session.access_token, 'POST', '/identity/links', { word: words[at] })),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'identity_is_anothers')
  })

  test('stays while it is the last one, and is nobody else’s to take', async () => {
    const { access_token: token } = await signedIn(await travel(aPerson(), { adult: 'true' }))
    const { providers } = (await api(token, 'GET', '/identity/ways-in')).body
    const bo = await somebody(server)
    assert.equal((await api(bo.session.access_token, 'DELETE', `/identity/links/${providers![0]!.id}`)).body.code, 'no_such_identity')
    assert.equal((await api(token, 'DELETE', `/identity/links/${providers![0]!.id}`)).body.code, 'last_way_in')
  })

  test('is unlinked by supabase-js, too, and linked by it never', async () => {
    const ada = await somebody(server)
    await travel(aPerson({ email: ada.email }))
    const { data } = await ada.device.auth.getUserIdentities()
    const google = data!.identities.find(({ provider }) => provider === 'google')!
    assert.equal((await ada.device.auth.unlinkIdentity(google)).error, null)
    assert.equal((await ada.device.auth.linkIdentity({ provider: 'google' })).error?.code, 'manual_linking_disabled')
  })

  test('cannot be added in a session that was left open', async () => {
    const ada = await somebody(server)
    await db.sql(
      `update auth.mfa_amr_claims set updated_at = now() - interval '16 minutes' where session_id in (select id from auth.sessions where user_id = $1)`,
      [ada.id],
    )
    assert.equal((await api(ada.session.access_token, 'POST', '/identity/links/begin', { provider: 'google' })).body.code, 'sign_in_again')
  })
})
