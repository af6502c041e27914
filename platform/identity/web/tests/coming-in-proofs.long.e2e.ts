import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createClient } from '@supabase/supabase-js'
import type { Page } from 'playwright-core'
import { password, somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { codeOf } from '#platform/identity/totp.ts'
import { freshPages } from '#tests/pages.ts'
import { heading, isAt, press, typePassword, whoIn } from './coming-in-scene.ts'

const { server, open } = await freshPages({}, [unlimited()])
const now = () => Math.floor(Date.now() / 30_000)

/** Somebody with an authenticator and recovery codes, at the page that asks for one of them. */
async function atTheSecondFactor(next = '/account') {
  const { email } = await somebody(server)
  const auth = createClient(server.address, server.keys.anon, {
    auth: { autoRefreshToken: false, persistSession: false, experimental: { recoveryCodes: true } },
  }).auth
  await auth.signInWithPassword({ email, password })
  const { id: factorId, totp } = (await auth.mfa.enroll({ factorType: 'totp' })).data as { id: string; totp: { secret: string } }
  const verify = () => auth.mfa.challengeAndVerify({ factorId, code: codeOf(totp.secret, now() - 1) })
  if ((await verify()).error) await verify() // half a minute ended meanwhile: the code before the last one is none
  const codes = (await auth.mfa.recoveryCodes.generate()).data!.codes
  const page = await open(next)
  await typePassword(page, email)
  await heading(page, 'Your second factor')
  return { page, email, codes, secret: totp.secret }
}

describe('a second factor', () => {
  test('is asked for before anything opens, and leads on to where one wanted', async () => {
    const { page, secret, email } = await atTheSecondFactor()
    assert.equal(await whoIn(page), 'second_factor_needed')
    assert.equal(await page.getByLabel('Code').evaluate((field) => field === document.activeElement), true)
    await page.goto('/today')
    await heading(page, 'Your second factor')
    await page.getByLabel('Code').fill(codeOf(secret, now() + 1))
    await press(page, 'Go on')
    await isAt(page, '/today')
    assert.equal(await whoIn(page), email)
  })

  test('that is not right lets nobody in, and says what to do', async () => {
    const { page } = await atTheSecondFactor()
    await page.getByLabel('Code').fill('000000')
    await press(page, 'Go on')
    await page.getByText('not the code of this moment').waitFor()
    assert.equal(await whoIn(page), 'second_factor_needed')
  })

  test('that is not at hand is stood in for by a recovery code, once', async () => {
    const { page, codes, email } = await atTheSecondFactor()
    await press(page, 'I have no authenticator at hand')
    await page.getByLabel('Recovery code').fill('0000-0000-0000-0000')
    await press(page, 'Go on')
    await page.getByText('none of your recovery codes').waitFor()
    await page.getByLabel('Recovery code').fill(codes[0]!)
    await press(page, 'Go on')
    await isAt(page, '/account')
    assert.equal(await whoIn(page), email)
  })

  test('that is lost for good is taken away with a recovery code', async () => {
    const { page, codes, email } = await atTheSecondFactor()
    await press(page, 'I have no authenticator at hand')
    await page.getByLabel('Recovery code').fill(codes[0]!)
    await page.getByLabel('The authenticator is lost for good').check()
    await press(page, 'Go on')
    await isAt(page, '/account')
    const other = await open('/sign-in')
    await typePassword(other, email)
    await isAt(other, '/today')
  })

  test('need not be given by whoever would rather sign out', async () => {
    const { page } = await atTheSecondFactor()
    await press(page, 'Sign out')
    await isAt(page, '/')
    assert.equal(await whoIn(page), 'not_signed_in')
  })
})

/** A browser with a key in it that needs no finger. */
async function withAuthenticator(page: Page): Promise<Page> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  })
  return page
}

/** Somebody's browser with a passkey of theirs, signed out again. */
async function withPasskey() {
  const { email } = await somebody(server)
  const page = await withAuthenticator(await open('/sign-in'))
  await typePassword(page, email)
  await isAt(page, '/today')
  await page.evaluate(async () => {
    const post = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json', 'x-session': 'cookie' }
      const answer = await fetch(`/auth/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      return (await answer.json()) as { challenge_id: string; options: PublicKeyCredentialCreationOptionsJSON }
    }
    const { challenge_id, options } = await post('/passkeys/registration/options', {})
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    await post('/passkeys/registration/verify', { challenge_id, credential: credential.toJSON() as object })
  })
  await page.context().clearCookies()
  return { page, email }
}

describe('a passkey', () => {
  test('signs in at the press of a button, without a name or a password', async () => {
    const { page, email } = await withPasskey()
    await page.addInitScript(() => (PublicKeyCredential.isConditionalMediationAvailable = async () => false))
    await page.goto('/sign-in?next=/account')
    await press(page, 'Sign in with a passkey')
    await isAt(page, '/account')
    assert.equal(await whoIn(page), email)
  })

  test('is among what the browser offers to fill in', async () => {
    const { page, email } = await withPasskey()
    await page.goto('/sign-in?next=/account') // this browser fills in by itself
    await isAt(page, '/account')
    assert.equal(await whoIn(page), email)
  })

  test('that is not there is said kindly, and the other ways stay', async () => {
    const page = await withAuthenticator(await open('/'))
    await page.goto('/sign-in')
    await press(page, 'Sign in with a passkey')
    await page.getByText('No passkey was used').waitFor()
    await page.getByLabel('Password', { exact: true }).waitFor()
  })

  test('is not offered where the address is a number, for it would not work', async () => {
    const page = await open('/')
    await page.goto(server.address.replace('localhost', '127.0.0.1') + '/sign-in')
    await heading(page, 'Sign in')
    assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0)
  })
})
