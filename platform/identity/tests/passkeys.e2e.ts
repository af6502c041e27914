import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import type { SupabaseClient } from '@supabase/supabase-js'
import type { CDPSession, Page } from 'playwright-core'
import { root } from '#platform/configuration/environment.ts'
import { freshBrowser } from '#tests/browser.ts'
import { freshServer } from '#tests/server.ts'
import { device, operator, mailTo, password, somebody, unlimited } from './scene.ts'

// A real browser with an authenticator that has no finger to press, and pages of the real server. What the pages of the
// product will do later, supabase-js does here, unmodified, in the browser; and fetch(), with the cookie of our own pages.
const port = await freePort()
const here = `http://localhost:${port}`
const server = await freshServer({ PORT: `${port}`, PUBLIC_URL: here }, [unlimited()])
const browser = await freshBrowser()
const { db } = server

declare const supabase: { createClient(url: string, key: string, options?: object): SupabaseClient }

/** A browser of somebody's own, with a key in it. */
async function aBrowser(address = here) {
  const context = await browser.newContext({ bypassCSP: true }) // for the script tag; the server's own pages need none
  const page = await context.newPage()
  await page.goto(`${address}/api/docs`)
  await page.addScriptTag({ path: path.join(root, 'node_modules/@supabase/supabase-js/dist/umd/supabase.js') })
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  })
  return { page, cdp, authenticatorId }
}
type OwnBrowser = { page: Page; cdp: CDPSession; authenticatorId: string }

/** Somebody with an account and a passkey, registered by supabase-js in their browser. */
async function withPasskey(name?: string) {
  const person = await somebody(server, name)
  const own = await aBrowser()
  const registered = await own.page.evaluate(
    async ({ url, key, email, password }) => {
      const client = supabase.createClient(url, key)
      await client.auth.signInWithPassword({ email, password })
      const { data, error } = await client.auth.registerPasskey()
      return { data, error: error?.message }
    },
    { url: here, key: server.keys.anon, email: person.email, password },
  )
  assert.equal(registered.error, undefined)
  return { ...person, ...own, passkey: registered.data!.id }
}

const auth = (method: string, path: string, body?: unknown, token?: string) => call(`/auth/v1${path}`, { method, body, token })
const api = (method: string, path: string, body?: unknown, token?: string) => call(`/api${path}`, { method, body, token })
async function call(path: string, { method, body, token }: { method: string; body?: unknown; token?: string | undefined }) {
  const answer = await fetch(`${server.address}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const json = (text ? JSON.parse(text) : {}) as Answer
  return { status: answer.status, code: typeof json.code === 'string' ? json.code : json.error_code, json }
}
type Answer = { code?: unknown; error_code?: string; challenge_id?: string; options?: object; access_token?: string; passkeys?: unknown[] }

/** What the browser's authenticator answers to a fresh question of the server. */
async function proofOf({ page }: Pick<OwnBrowser, 'page'>, change: object = {}) {
  const { json } = await auth('POST', '/passkeys/authentication/options', {})
  const credential = await page.evaluate(
    async (options) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON)
      const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
      return credential.toJSON() as unknown as { id: string; response: Record<string, string> }
    },
    { ...json.options, ...change },
  )
  return { challenge_id: json.challenge_id, credential }
}
const signIn = (proof: unknown) => auth('POST', '/passkeys/authentication/verify', proof)

describe('a passkey', () => {
  test('is registered and signs in, by supabase-js as it is', async () => {
    const ada = await withPasskey('ada')
    const signedIn = await ada.page.evaluate(
      async ({ url, key }) => {
        const client = supabase.createClient(url, key)
        await client.auth.signOut()
        const { data, error } = await client.auth.signInWithPasskey()
        const level = await client.auth.mfa.getAuthenticatorAssuranceLevel()
        const list = await client.auth.passkey.list()
        const renamed = await client.auth.passkey.update({ passkeyId: list.data![0]!.id, friendlyName: 'My laptop' })
        return { id: data?.user?.id, error: error?.message, level: level.data, list: list.data, renamed: renamed.data }
      },
      { url: here, key: server.keys.anon },
    )
    assert.equal(signedIn.error, undefined)
    assert.equal(signedIn.id, ada.id)
    assert.equal(signedIn.level?.currentLevel, 'aal2')
    assert.match(JSON.stringify(signedIn.level?.currentAuthenticationMethods), /"method":"passkey"/)
    assert.deepEqual(
      signedIn.list?.map(({ id }) => id),
      [ada.passkey],
    )
    assert.equal(signedIn.renamed?.friendly_name, 'My laptop')
    assert.equal((await mailTo(server, ada.email)).subject, 'A passkey was added')
  })

  test('signs our own pages in, where no script sees a token', async () => {
    const { page } = await withPasskey()
    const seen = await page.evaluate(async () => {
      const post = async (path: string, body: unknown) => {
        const headers = { 'content-type': 'application/json', 'x-session': 'cookie' }
        const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
        return (await answer.json()) as { challenge_id: string; options: PublicKeyCredentialRequestOptionsJSON }
      }
      const { challenge_id, options } = await post('/auth/v1/passkeys/authentication/options', {})
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
      const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
      const signedIn = await post('/auth/v1/passkeys/authentication/verify', { challenge_id, credential: credential.toJSON() })
      const list = await fetch('/api/identity/passkeys')
      return { signedIn: Object.keys(signedIn), cookie: document.cookie, list: (await list.json()) as { passkeys: object[] } }
    })
    assert.deepEqual(seen.signedIn, ['user'])
    assert.equal(seen.cookie, '')
    assert.deepEqual(Object.keys(seen.list.passkeys[0]!), ['id', 'name', 'transports', 'backed_up', 'created_at', 'last_used_at'])
  })

  test('is registered by our own operations, too', async () => {
    const bo = await somebody(server)
    const { page } = await aBrowser()
    const token = bo.session.access_token
    const { json } = await api('POST', '/identity/passkeys/registration', {}, token)
    const credential = await page.evaluate(async (options) => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON)
      const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
      return credential.toJSON() as { response: { attestationObject: string } }
    }, json.options)
    const finish = (more: object = {}) =>
      api('POST', '/identity/passkeys', { challenge_id: json.challenge_id, credential, name: 'Bo’s key', ...more }, token)
    const eve = await somebody(server)
    const stolen = { challenge_id: json.challenge_id, credential }
    assert.equal((await api('POST', '/identity/passkeys', stolen, eve.session.access_token)).code, 'no_such_challenge')
    assert.equal((await finish()).status, 200)
    assert.equal((await finish()).code, 'no_such_challenge')
    const again = await api('POST', '/identity/passkeys/registration', {}, token)
    assert.equal((await finish({ challenge_id: again.json.challenge_id })).code, 'passkey_not_accepted')
    const listed = await api('GET', '/identity/passkeys', undefined, token)
    assert.equal(listed.json.passkeys!.length, 1)
  })

  test('is asked for without anybody saying who they are', async () => {
    const { json } = await auth('POST', '/passkeys/authentication/options', {})
    assert.deepEqual((json.options as { allowCredentials?: unknown[] }).allowCredentials ?? [], [])
    assert.equal((json.options as { userVerification: string }).userVerification, 'required')
  })
})

describe('an answer to a challenge', () => {
  test('counts once', async () => {
    const ada = await withPasskey()
    const proof = await proofOf(ada)
    assert.equal((await signIn(proof)).status, 200)
    assert.equal((await signIn(proof)).code, 'webauthn_challenge_not_found')
  })

  test('counts once, when it comes twenty times at once', async () => {
    const ada = await withPasskey()
    const proof = await proofOf(ada)
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(proof)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })

  test('does not count after five minutes', async () => {
    const ada = await withPasskey()
    const proof = await proofOf(ada)
    await db.sql(`update identity.passkey_challenges set created_at = now() - interval '6 minutes' where id = $1`, [proof.challenge_id])
    assert.equal((await signIn(proof)).code, 'webauthn_challenge_expired')
  })

  test('does not count for another challenge, with another signature, or as another person', async () => {
    const [ada, bo] = [await withPasskey(), await withPasskey()]
    const proof = await proofOf(ada)
    const other = await proofOf(ada)
    const { credential } = proof
    const changed = (response: object) => ({ ...credential, response: { ...credential.response, ...response } })
    const wrong: object[] = [
      { ...credential, response: other.credential.response },
      changed({ signature: other.credential.response['signature'] }),
      changed({ userHandle: Buffer.from(bo.id).toString('base64url') }),
      { ...credential, id: 'bm9ib2R5', rawId: 'bm9ib2R5' },
      changed({ clientDataJSON: 'e30' }),
      changed({ authenticatorData: '' }),
    ]
    for (const credential of wrong) {
      const { json } = await auth('POST', '/passkeys/authentication/options', {})
      assert.equal((await signIn({ challenge_id: json.challenge_id, credential })).code, 'webauthn_verification_failed')
    }
    assert.equal((await signIn({ challenge_id: randomUUID(), credential })).code, 'webauthn_challenge_not_found')
    assert.equal((await signIn({ challenge_id: proof.challenge_id, credential: { id: 'x' } })).code, 'validation_failed')
    assert.equal((await signIn(proof)).status, 200)
  })

  test('does not count without PIN or finger, even if the page did not ask for it', async () => {
    const ada = await withPasskey()
    await ada.cdp.send('WebAuthn.setUserVerified', { authenticatorId: ada.authenticatorId, isUserVerified: false })
    const proof = await proofOf(ada, { userVerification: 'discouraged' })
    assert.equal((await signIn(proof)).code, 'webauthn_verification_failed')
  })

  test('does not count when a page of another origin asked for it', async () => {
    const ada = await withPasskey()
    const elsewhere = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<title>Not us</title>'))
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening))
    after(() => elsewhere.close())
    await ada.page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`)
    assert.equal((await signIn(await proofOf(ada))).code, 'webauthn_verification_failed')
  })

  test('does not count when the key counts backwards, as a copy does; its person is told, and it is on record', async () => {
    const ada = await withPasskey()
    await db.sql('update identity.passkeys set counter = 1000 where id = $1', [ada.passkey])
    assert.equal((await signIn(await proofOf(ada))).code, 'webauthn_counter_regressed')
    assert.equal((await mailTo(server, ada.email)).subject, 'A passkey was refused')
    const entries = await db.sql('select action from audit.entries where subject_id = $1', [ada.passkey])
    assert.ok(entries.some(({ action }) => action === 'identity.passkey-counted-backwards'))
  })

  test('does not count for somebody who is banned', async () => {
    const ada = await withPasskey()
    await operator(server).auth.admin.updateUserById(ada.id, { ban_duration: '1h' })
    assert.equal((await signIn(await proofOf(ada))).code, 'user_banned')
  })
})

describe('who may change passkeys', () => {
  const begin = (token: string) => api('POST', '/identity/passkeys/registration', {}, token)

  test('nobody in a session that was left open', async () => {
    const ada = await somebody(server)
    await db.sql(
      `update auth.mfa_amr_claims set updated_at = now() - interval '16 minutes' where session_id in (select id from auth.sessions where user_id = $1)`,
      [ada.id],
    )
    assert.equal((await begin(ada.session.access_token)).code, 'sign_in_again')
    assert.equal((await auth('POST', '/passkeys/registration/options', {}, ada.session.access_token)).code, 'reauthentication_needed')
  })

  test('nobody with half of two factors', async () => {
    const ada = await somebody(server)
    await db.sql(
      `insert into auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at) values ($1, $2, 'totp', 'verified', now(), now())`,
      [randomUUID(), ada.id],
    )
    assert.equal((await auth('POST', '/passkeys/registration/options', {}, ada.session.access_token)).code, 'insufficient_aal')
  })

  test('not Bo, if they are Ada’s', async () => {
    const [ada, bo] = [await withPasskey(), await somebody(server)]
    const token = bo.session.access_token
    assert.equal((await api('PATCH', `/identity/passkeys/${ada.passkey}`, { name: 'mine' }, token)).code, 'no_such_passkey')
    assert.equal((await api('DELETE', `/identity/passkeys/${ada.passkey}`, undefined, token)).code, 'no_such_passkey')
    assert.equal((await auth('PATCH', `/passkeys/${ada.passkey}`, { friendly_name: 'mine' }, token)).status, 404)
    assert.deepEqual((await api('GET', '/identity/passkeys', undefined, token)).json.passkeys, [])
    assert.equal((await api('GET', '/identity/passkeys')).status, 401)
  })

  test('Ada, and whoever signed in with the one she removes is signed out', async () => {
    const ada = await withPasskey()
    const thief = (await signIn(await proofOf(ada))).json.access_token!
    assert.equal((await auth('GET', '/user', undefined, thief)).status, 200)
    assert.equal((await api('DELETE', `/identity/passkeys/${ada.passkey}`, undefined, ada.session.access_token)).status, 200)
    assert.equal((await auth('GET', '/user', undefined, thief)).code, 'session_not_found')
    assert.equal((await mailTo(server, ada.email)).subject, 'A passkey was removed')
    const proof = await proofOf(ada)
    assert.equal((await signIn(proof)).code, 'webauthn_verification_failed')
  })

  test('the operator, for anybody', async () => {
    const ada = await withPasskey()
    const { data } = await operator(server).auth.admin.passkey.listPasskeys({ userId: ada.id })
    assert.deepEqual(
      data!.map(({ id }) => id),
      [ada.passkey],
    )
    const { error } = await device(server).auth.admin.passkey.deletePasskey({ userId: ada.id, passkeyId: ada.passkey })
    assert.ok(error)
    assert.equal((await operator(server).auth.admin.passkey.deletePasskey({ userId: ada.id, passkeyId: ada.passkey })).error, null)
  })
})

describe('the last way in', () => {
  const onlyByPasskeys = async (count: number) => {
    const ada = await somebody(server)
    await db.sql(`update auth.users set encrypted_password = '' where id = $1`, [ada.id])
    await db.sql('delete from auth.identities where user_id = $1', [ada.id])
    const made = await db.sql<{ id: string }>(
      `insert into identity.passkeys (user_id, credential_id, public_key, counter, backed_up, name)
       select $1, 'key-' || gen_random_uuid(), '', 0, false, 'Key ' || n from generate_series(1, $2) n returning id`,
      [ada.id, count],
    )
    return { token: ada.session.access_token, ids: made.map(({ id }) => id) }
  }

  test('stays', async () => {
    const { token, ids } = await onlyByPasskeys(1)
    assert.equal((await api('DELETE', `/identity/passkeys/${ids[0]}`, undefined, token)).code, 'last_way_in')
    assert.equal((await auth('DELETE', `/passkeys/${ids[0]}`, undefined, token)).code, 'last_way_in')
  })

  test('stays, when all of five are removed at once', async () => {
    const { token, ids } = await onlyByPasskeys(5)
    const answers = await Promise.all(ids.map((id) => api('DELETE', `/identity/passkeys/${id}`, undefined, token)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 4)
    assert.equal(answers.filter(({ code }) => code === 'last_way_in').length, 1)
  })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}
