import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '@supabase/supabase-js'
import type { Page } from 'playwright-core'
import { password, somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { codeOf } from '#platform/identity/totp.ts'
import { freshPages } from '#tests/pages.ts'
import { ask, holdsPasskeys } from './account-scene.ts'
import { heading, isAt, press, typePassword, whoIn } from './coming-in-scene.ts'

const { server, open } = await freshPages({}, [unlimited()])
const now = () => Math.floor(Date.now() / 30_000)

/** Somebody with an app on each of two phones, at the page that asks for a code. */
async function withTwoPhones() {
  const { email } = await somebody(server)
  const auth = createClient(server.address, server.keys.anon, { auth: { autoRefreshToken: false, persistSession: false } }).auth
  await auth.signInWithPassword({ email, password })
  const phone = async (friendlyName: string) => {
    const { id: factorId, totp } = (await auth.mfa.enroll({ factorType: 'totp', friendlyName })).data as {
      id: string
      totp: { secret: string }
    }
    const verify = () => auth.mfa.challengeAndVerify({ factorId, code: codeOf(totp.secret, now() - 1) })
    if ((await verify()).error) await verify() // half a minute ended meanwhile
    return totp.secret
  }
  const [old, young] = [await phone('Old phone'), await phone('New phone')]
  const page = await open('/healthz')
  await holdsPasskeys(page)
  return { email, old, young, page }
}

async function signInAgain(page: Page, email: string): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/sign-in?next=/account/sign-in')
  await typePassword(page, email)
  await heading(page, 'Your second factor')
}

test('Ada, with an app on each of two phones and a passkey, says which one she has at hand, and removes the one she gave away', async () => {
  const { page, email, old, young } = await withTwoPhones()
  await signInAgain(page, email)
  await page.getByLabel('Authenticator').selectOption('Old phone')
  await page.getByLabel('Code').fill(codeOf(young, now() + 1))
  await press(page, 'Go on')
  await page.getByText('not the code of this moment').waitFor() // it is the other phone's
  await page.getByLabel('Authenticator').selectOption('New phone')
  await press(page, 'Go on')
  await heading(page, 'Signing in')
  await (await ask(page, 'Add a passkey')).getByRole('button', { name: 'Continue' }).click()
  const passkeys = page.getByRole('list', { name: 'Passkeys' })
  await passkeys.waitFor()

  await signInAgain(page, email)
  await press(page, 'Use a passkey')
  await heading(page, 'Signing in')
  assert.equal(await whoIn(page), email)
  const apps = page.getByRole('list', { name: 'Authenticator apps' }).getByRole('listitem')
  await apps.filter({ hasText: 'Old phone' }).getByRole('button', { name: 'Remove' }).click()
  const removing = page.getByRole('dialog', { name: 'Remove' })
  await removing.getByText('Old phone gives no codes for your account any more').waitFor()
  await removing.getByRole('button', { name: 'Remove' }).click()
  await apps.filter({ hasText: 'Old phone' }).waitFor({ state: 'detached' })
  assert.equal(await apps.count(), 1)

  await signInAgain(page, email)
  assert.equal(await page.getByLabel('Authenticator').count(), 0)
  await page.getByLabel('Code').fill(codeOf(old, now() + 1))
  await press(page, 'Go on')
  await page.getByText('not the code of this moment').waitFor()
  assert.equal(await whoIn(page), 'second_factor_needed')
})

test('Bo, who has no passkey, is told so where the second factor is asked for, and comes in by his code', async () => {
  const { page, email, old } = await withTwoPhones()
  await signInAgain(page, email)
  await press(page, 'Use a passkey')
  await page.getByText('No passkey was used').waitFor()
  assert.equal(await whoIn(page), 'second_factor_needed')
  await page.getByLabel('Authenticator').selectOption('Old phone')
  await page.getByLabel('Code').fill(codeOf(old, now() + 1))
  await press(page, 'Go on')
  await isAt(page, '/account/sign-in')
  assert.equal(await whoIn(page), email)
})
