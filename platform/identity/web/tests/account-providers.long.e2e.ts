import { test } from 'node:test'
import { freshOpenIdProvider } from '#tests/openid-provider.ts'
import { freshPages } from '#tests/pages.ts'
import { newAddress, somebody, unlimited } from '../../tests/scene.ts'
import { ask, signedIn } from './account-scene.ts'

const provider = await freshOpenIdProvider({ reads: 'client_secret_post' })
const google = {
  OIDC_GOOGLE_ISSUER: provider.issuer,
  OIDC_GOOGLE_CLIENT_ID: provider.clientId,
  OIDC_GOOGLE_CLIENT_SECRET: provider.clientSecret,
}
const pages = await freshPages(google, [unlimited()])
const { server } = pages
const here = '/account/sign-in'

test('Ada links an account that she has elsewhere, and unlinks it', async () => {
  const ada = await somebody(server, 'ada')
  const page = await signedIn(pages, ada, here)
  const email = newAddress()
  provider.vouchFor({ sub: 'ada', email, email_verified: true })
  await page.getByRole('button', { name: 'Link Google' }).click()
  await page.getByRole('heading', { level: 1, name: 'Google is linked' }).waitFor()
  await page.getByText(`as ${email}`).waitFor()
  await page.getByRole('link', { name: 'To your account' }).click()
  const linked = page.getByRole('list', { name: 'Accounts elsewhere' })
  await linked.getByText(email).waitFor()
  await page.getByText('your password, a link in a mail or Google').waitFor()
  await (await ask(page, 'Unlink')).getByRole('button', { name: 'Unlink' }).click()
  await page.getByRole('button', { name: 'Link Google' }).waitFor()
})

test('Ada thinks better of it at the provider: nothing was linked, she is told so, and is still signed in', async () => {
  const ada = await somebody(server, 'ada')
  const page = await signedIn(pages, ada, here)
  for (const [misdeed, says] of [
    ['they refuse', 'was not allowed to tell us who you are'],
    ['wrong nonce', 'belongs to another sign-in'],
  ] as const) {
    provider.vouchFor({ sub: 'ada again', email: newAddress(), email_verified: true }, misdeed)
    await page.getByRole('button', { name: 'Link Google' }).click()
    await page.getByRole('heading', { level: 1, name: 'Nothing was linked' }).waitFor()
    await page.getByRole('alert').getByText(says).waitFor()
    await page.getByRole('link', { name: 'To your account' }).click()
    await page.getByText('None is linked.').waitFor()
  }
})

test('Bo cannot link an account that is somebody else’s here, nor unlink his last way in', async () => {
  const [cleo, bo] = [await somebody(server, 'cleo'), await somebody(server, 'bo')]
  provider.vouchFor({ sub: 'cleo', email: newAddress(), email_verified: true })
  const hers = await signedIn(pages, cleo, here)
  await hers.getByRole('button', { name: 'Link Google' }).click()
  await hers.getByRole('link', { name: 'To your account' }).click()
  const his = await signedIn(pages, bo, here)
  await his.getByRole('button', { name: 'Link Google' }).click()
  await his.getByRole('alert').getByText('a way into another account here').waitFor()
  await his.getByRole('link', { name: 'To your account' }).click()
  await his.getByText('None is linked.').waitFor()

  await server.db.sql('update auth.users set encrypted_password = null where id = $1', [cleo.id])
  await server.db.sql(`delete from auth.identities where user_id = $1 and provider = 'email'`, [cleo.id])
  const unlinking = await ask(hers, 'Unlink')
  await unlinking.getByRole('button', { name: 'Unlink' }).click()
  await unlinking.getByText('This is your last way in').waitFor()
})
