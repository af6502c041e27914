import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { device, mailTo, password, somebody, unlimited } from '../../tests/scene.ts'
import { codeOf } from '../../totp.ts'
import { ask, longAgo, signedIn } from './account-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { server } = pages
const { db } = server
const here = '/account/sign-in'

describe('an authenticator app', () => {
  test('is set up by a code, has recovery codes beside it that are seen once, and is removed', async () => {
    const ada = await somebody(server, 'ada')
    const page = await signedIn(pages, ada, here)
    await page.getByRole('button', { name: 'Add an authenticator app' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Old phone')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('img', { name: 'QR code' }).waitFor()
    const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
    const right = () => codeOf(secret, Math.floor(Date.now() / 30_000))
    await page.getByLabel('Code in the app').fill(`${(Number(right()) + 1) % 1_000_000}`.padStart(6, '0'))
    await page.getByRole('button', { name: 'Turn it on' }).click()
    await page.getByRole('alert').getByText('This code is not right').waitFor()
    await page.getByLabel('Code in the app').fill(right())
    await page.getByRole('button', { name: 'Turn it on' }).click()
    await page.getByRole('list', { name: 'Authenticator apps' }).getByText('Old phone').waitFor()
    assert.equal((await mailTo(server, ada.email)).subject.includes('second'), true)

    await page.getByRole('button', { name: 'Make recovery codes' }).click()
    const codes = page.getByRole('list', { name: 'Your recovery codes' })
    await codes.waitFor()
    const shown = (await codes.getByRole('listitem').allInnerTexts()).map((code) => code.trim())
    assert.equal(new Set(shown).size, 10)
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download them' }).click()
    const file = readFileSync(await (await downloading).path(), 'utf8')
    assert.ok(shown.every((code) => file.includes(code)))
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('10 of 10 are left.').waitFor()
    await page.reload()
    await page.getByText('10 of 10 are left.').waitFor()
    assert.equal(await page.getByText(shown[0]!).count(), 0)

    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('With one, a stolen password opens nothing.').waitFor()
  })

  test('that was begun and left does not count, and does not stand in the way of the next', async () => {
    const bo = await somebody(server, 'bo')
    const page = await signedIn(pages, bo, here)
    for (const _ of [1, 2]) {
      await page.getByRole('button', { name: 'Add an authenticator app' }).click()
      await page.getByRole('dialog').getByLabel('Name').fill('Phone')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByRole('img', { name: 'QR code' }).waitFor()
      await page.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    const factors = await db.sql('select status from auth.mfa_factors where user_id = $1', [bo.id])
    assert.deepEqual(
      factors.map(({ status }) => status),
      ['unverified'],
    )
  })
})

describe('a password', () => {
  test('is changed, and other devices are signed out', async () => {
    const ada = await somebody(server, 'ada')
    const other = await signedIn(pages, ada, '/account')
    const page = await signedIn(pages, ada, here)
    const changing = await ask(page, 'Change the password')
    await changing.getByLabel('New password').fill('password')
    await changing.getByRole('button', { name: 'Change the password' }).click()
    await changing.getByText('It is among the passwords').waitFor()
    await changing.getByLabel('New password').fill('nine-herons-on-a-weir')
    await changing.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('Your password is set').waitFor()
    await other.goto(here)
    await other.waitForURL((url) => url.pathname === '/sign-in')
    const wrong = await device(server).auth.signInWithPassword({ email: ada.email, password })
    assert.equal(wrong.error?.code, 'invalid_credentials')
  })

  test('is not changed by whoever finds an old session open, without the present one', async () => {
    const bo = await somebody(server, 'bo')
    const page = await signedIn(pages, bo, here)
    await longAgo(pages, bo.id, '2 hours')
    const changing = await ask(page, 'Change the password')
    const change = () => changing.getByRole('button', { name: 'Change the password' }).click()
    await changing.getByLabel('New password').fill('nine-herons-on-a-weir')
    await change()
    await changing.getByLabel('Present password').fill('not it')
    await change()
    await changing.getByText('That is not your present password').waitFor()
    await changing.getByLabel('Present password').fill(password)
    await change()
    await page.getByText('Your password is set').waitFor()
  })
})

test('an address changes once both mailboxes have agreed, and not before', async () => {
  const ada = await somebody(server, 'ada')
  const page = await signedIn(pages, ada, here)
  const next = `new.${ada.email}`
  const changing = await ask(page, 'Change the address')
  await changing.getByLabel('New address').fill(next)
  await changing.getByRole('button', { name: 'Send the links' }).click()
  await page.getByText(`We wrote to ${ada.email} and to ${next}.`).waitFor()
  const [user] = await db.sql('select email from auth.users where id = $1', [ada.id])
  assert.equal(user!['email'], ada.email)
  assert.notEqual((await mailTo(server, next)).token, '')
})
