import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { mailTo, newAddress, password, unlimited } from '#platform/identity/tests/scene.ts'
import { freshPages } from '#tests/pages.ts'
import { heading, isAt, linkTo, whoIn } from './coming-in-scene.ts'

const { server, open } = await freshPages({}, [unlimited()])
const newPassword = 'eleven-lanterns-on-a-barge'

test('Ada comes in by keyboard alone: signs up, types the code, mistypes her password, sets a new one by the mail', async () => {
  const email = newAddress()
  const page = await open('/sign-in')
  await heading(page, 'Sign in')
  await press(page, page.getByRole('link', { name: 'Make an account' }))
  await heading(page, 'Make an account')
  await type(page, 'Name', 'Ada Okafor')
  await type(page, 'E-mail', email)
  await type(page, 'Password', password)
  await tabTo(page, page.getByLabel('I am 18 or older'))
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await heading(page, 'Look into your mail')
  await page.keyboard.type((await mailTo(server, email)).code) // where one is already
  await page.keyboard.press('Enter')
  await isAt(page, '/today')

  const other = await open('/sign-in')
  await heading(other, 'Sign in')
  await type(other, 'E-mail', email)
  await type(other, 'Password', 'not the right one')
  await other.keyboard.press('Enter')
  await other.getByRole('alert').waitFor()
  await press(other, other.getByRole('link', { name: 'Forgot your password?' }))
  await heading(other, 'Set a new password')
  await type(other, 'E-mail', email)
  await other.keyboard.press('Enter')
  await heading(other, 'Look into your mail')
  await other.goto(await linkTo(server, email))
  await heading(other, 'Set a new password')
  await press(other, other.getByRole('button', { name: 'Go on' }))
  await heading(other, 'Choose a new password')
  await type(other, 'New password', newPassword)
  await other.keyboard.press('Enter')
  await isAt(other, '/today')
  assert.equal(await whoIn(other), email)
})

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }))
  await page.keyboard.type(text)
}

async function press(page: Page, what: Locator): Promise<void> {
  await tabTo(page, what)
  await page.keyboard.press('Enter')
}

async function tabTo(page: Page, what: Locator): Promise<void> {
  for (let tabs = 0; tabs < 30; tabs++) {
    if (await what.evaluate((it) => it === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reached by Tab: ${String(what)}`)
}
