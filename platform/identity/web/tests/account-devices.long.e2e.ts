import { test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { password, somebody, unlimited } from '../../tests/scene.ts'
import { longAgo, signedIn } from './account-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { server } = pages
const phone = {
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1',
}
const ended = (url: URL) => url.pathname === '/sign-in'

test('Ada signs out the phone that she lost, and it is signed out at once', async () => {
  const ada = await somebody(server, 'ada')
  const lost = await signedIn(pages, ada, '/account', phone)
  const page = await signedIn(pages, ada, '/account/sessions')
  const row = page.getByRole('listitem').filter({ hasText: 'Safari on iPhone' })
  await row.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await row.waitFor({ state: 'detached' })
  await lost.waitForURL(ended)
  await page.reload()
  await page.getByText('This one').waitFor()
})

test('Bo signs out everywhere else at once, and stays where he is', async () => {
  const bo = await somebody(server, 'bo')
  const other = await signedIn(pages, bo, '/account', phone)
  const page = await signedIn(pages, bo, '/account/sessions')
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByText('You are signed in nowhere else.').waitFor()
  await other.goto('/account/sessions')
  await other.waitForURL(ended)
})

test('whoever finds Cleo’s laptop open cannot sign out her others: it wants a fresh proof, and leads back here', async () => {
  const cleo = await somebody(server, 'cleo')
  const other = await signedIn(pages, cleo, '/account', phone)
  const page = await signedIn(pages, cleo, '/account/sessions')
  await longAgo(pages, cleo.id, '20 minutes')
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await dialog.getByText('You signed in more than 15 minutes ago').waitFor()
  await other.reload()
  await other.getByRole('heading', { name: 'About you' }).waitFor()
  await dialog.getByRole('link', { name: 'Sign in again, and come back here' }).click()
  await page.waitForURL((url) => ended(url) && url.searchParams.get('next') === '/account/sessions')
  await page.getByLabel('E-mail').fill(cleo.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await dialog.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByText('You are signed in nowhere else.').waitFor()
})
