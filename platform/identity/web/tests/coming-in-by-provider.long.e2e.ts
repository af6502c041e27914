import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { newAddress, somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { freshOpenIdProvider } from '#tests/openid-provider.ts'
import { freshPages } from '#tests/pages.ts'
import { heading, isAt, press, whoIn } from './coming-in-scene.ts'

const provider = await freshOpenIdProvider()
const { server, open } = await freshPages(
  {
    OIDC_GOOGLE_ISSUER: provider.issuer,
    OIDC_GOOGLE_CLIENT_ID: provider.clientId,
    OIDC_GOOGLE_CLIENT_SECRET: provider.clientSecret,
  },
  [unlimited()],
)

describe('somebody who comes by another provider', () => {
  test('for the first time says that they are 18, and is in, where they wanted to be', async () => {
    const email = newAddress()
    provider.vouchFor({ sub: email, email, email_verified: true, name: 'Ada L.' })
    const page = await open('/sign-in?next=/account')
    await press(page, 'Continue with Google')
    await heading(page, 'One thing before you come in')
    assert.equal(await whoIn(page), 'not_signed_in')
    await page.getByLabel('I am 18 or older').check()
    await press(page, 'Make my account')
    await isAt(page, '/account')
    assert.equal(await whoIn(page), email)
  })

  test('with an account here is in at once', async () => {
    const { email } = await somebody(server)
    provider.vouchFor({ sub: email, email, email_verified: true })
    const page = await open('/sign-in')
    await press(page, 'Continue with Google')
    await isAt(page, '/today')
    assert.equal(await whoIn(page), email)
  })

  test('is told why not, when the provider does something wrong, and is led back', async () => {
    for (const [misdeed, says] of [
      ['they refuse', 'was not allowed to tell us who you are'],
      ['wrong nonce', 'belongs to another sign-in'],
      ['foreign key', 'does not bear its signature'],
    ] as const) {
      provider.vouchFor({ sub: 'x', email: newAddress(), email_verified: true }, misdeed)
      const page = await open('/sign-in?next=/account')
      await press(page, 'Continue with Google')
      await page.getByText(says).waitFor()
      assert.equal(await whoIn(page), 'not_signed_in')
      await page.getByRole('link', { name: 'To signing in' }).click()
      await page.waitForURL('**/sign-in?next=%2Faccount')
    }
  })

  test('whose address it does not vouch for signs in otherwise first', async () => {
    provider.vouchFor({ sub: 'y', email: newAddress(), email_verified: false })
    const page = await open('/sign-in')
    await press(page, 'Continue with Google')
    await page.getByText('link the provider in your account').waitFor()
  })
})

test('a code that another browser began is worth nothing here', async () => {
  const { email } = await somebody(server)
  provider.vouchFor({ sub: email, email, email_verified: true })
  const page = await open('/sign-in')
  const address = await codeOf(page)
  const thief = await open(address)
  await thief.getByText('Begin again').waitFor()
  assert.equal(await whoIn(thief), 'not_signed_in')
})

test('somebody who declares their age without having come from anywhere is sent to begin again', async () => {
  const page = await open('/auth/adult')
  await page.getByLabel('I am 18 or older').check()
  await press(page, 'Make my account')
  await page.getByText('Begin again').waitFor()
})

/** The address with which somebody comes back, caught before their own browser opens it. */
async function codeOf(page: Page): Promise<string> {
  const caught = page.waitForRequest((request) => request.url().includes('/auth/done?') && request.url().includes('code='))
  await page.route('**/auth/done?*', (route) => route.abort())
  await press(page, 'Continue with Google')
  const { pathname, search } = new URL((await caught).url())
  return pathname + search
}
