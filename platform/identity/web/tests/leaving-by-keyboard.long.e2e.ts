import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encoded, pixels } from '#platform/files/tests/making.ts'
import { callsOf } from '#platform/identity/tests/cast.ts'
import { somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'
import { signedIn } from './account-scene.ts'
import { heading } from './coming-in-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { server } = pages
const phone = {
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1',
  viewport: { width: 390, height: 600 },
}

test('Ada signs out the phone that she lost, by keyboard alone, and whoever types on its keyboard is out at once', async () => {
  const ada = await somebody(server, 'ada')
  const lost = await signedIn(pages, ada, '/account', phone)
  const whoever = await keyboardOf(lost)
  await whoever.go('button', 'Save')
  const page = await signedIn(pages, ada, '/account')
  const hers = await keyboardOf(page)
  await hers.press('link', 'Devices')
  await heading(page, 'Where you are signed in')
  const row = page.getByRole('listitem').filter({ hasText: 'Safari on iPhone' })
  await row.waitFor()
  await hers.press('button', 'Sign out')
  const dialog = page.getByRole('dialog', { name: 'Sign out' })
  await dialog.waitFor()
  await hers.press('button', 'Cancel')
  await hers.isAt('button', 'Sign out')
  await hers.keys('Enter')
  await dialog.waitFor()
  await hers.go('button', 'Close')
  await hers.press('button', 'Sign out')
  await row.waitFor({ state: 'detached' })
  await hers.isAt('heading', 'Where you are signed in')
  await lost.waitForURL((url) => url.pathname === '/sign-in')
})

test('Bo shows his face, takes a copy of everything, has his account deleted, and keeps it, by keyboard alone', async () => {
  const bo = await somebody(server, 'bo')
  const { get, patch } = callsOf(server, bo.session.access_token)
  await patch('/identity/account', { name: 'Bo Lind' })
  const account = async () => (await get('/identity/account')).body as Record<string, string | null>
  const page = await signedIn(pages, bo, '/account')
  const his = await keyboardOf(page)
  await his.keys('Tab', 'Enter') // over the navigation
  const choosing = page.waitForEvent('filechooser')
  await his.press('button', 'Choose a picture')
  const buffer = await encoded(
    'image/png',
    pixels(64, 64, () => [10, 90, 90, 255]),
  )
  await (await choosing).setFiles({ name: 'bo.png', mimeType: 'image/png', buffer })
  await his.press('button', 'Remove the picture')
  const removing = page.getByRole('dialog', { name: 'Remove the picture' })
  await removing.waitFor()
  await his.go('button', 'Cancel')
  await his.press('button', 'Remove the picture')
  await removing.waitFor({ state: 'detached' })
  await his.isAt('heading', 'Picture')

  await his.press('link', 'Data')
  await heading(page, 'Your data')
  await his.press('button', 'Ask for a copy')
  await page.getByRole('list', { name: 'Copies' }).getByText('here until').waitFor()
  const downloading = page.waitForEvent('download')
  await his.press('button', 'Download the copy')
  assert.match((await downloading).suggestedFilename(), /\.zip$/)

  await his.press('button', 'Delete my account')
  const leaving = page.getByRole('dialog', { name: 'Delete my account' })
  await leaving.getByText('In 14 days').waitFor()
  await his.keys('Escape')
  await his.isAt('button', 'Delete my account')
  await his.keys('Enter')
  await leaving.waitFor()
  await his.go('button', 'Cancel')
  await his.press('button', 'Delete my account')
  await page.getByText('Your account is erased on').waitFor()
  assert.notEqual((await account())['erases_at'], null)
  await his.isAt('heading', 'Leaving')
  await his.press('button', 'Keep my account')
  await page.getByRole('button', { name: 'Delete my account' }).waitFor()
  assert.equal((await account())['erases_at'], null)
  await his.isAt('heading', 'Leaving')
})
