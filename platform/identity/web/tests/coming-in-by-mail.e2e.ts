import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newAddress, password, somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { freshPages } from '#tests/pages.ts'
import { fillNewAccount, heading, isAt, linkTo, press, typePassword, whoIn } from './coming-in-scene.ts'

const { server, open } = await freshPages({}, [unlimited()])
const newPassword = 'eleven-lanterns-on-a-barge'

test('whose address a stranger signed up with confirms it with a password of their own, and the stranger’s opens nothing', async () => {
  const email = newAddress('taken')
  const stranger = await open('/sign-up')
  await fillNewAccount(stranger, email, password)
  await heading(stranger, 'Look into your mail')

  const page = await open(await linkTo(server, email))
  await heading(page, 'Confirm your address')
  await page.getByText('Whoever made this account chose a password for it.').waitFor()
  await press(page, 'Confirm it, and set a new password')
  await heading(page, 'Choose a new password')
  await page.getByLabel('New password').fill(newPassword)
  await press(page, 'Keep this password')
  await isAt(page, '/today')
  assert.equal(await whoIn(page), email)

  await stranger.goto('/sign-in')
  await typePassword(stranger, email, password)
  await stranger.getByRole('alert').getByText('do not belong together').waitFor()
  assert.equal(await whoIn(stranger), 'not_signed_in')
})

describe('a link to sign in', () => {
  test('is asked for with what was typed already, and leads in and on', async () => {
    const { email } = await somebody(server)
    const page = await open('/sign-in?next=/account')
    await page.getByLabel('E-mail').fill(email)
    await press(page, 'Send me a link instead')
    assert.equal(await page.getByLabel('E-mail').inputValue(), email)
    await press(page, 'Send me a link')
    await heading(page, 'Look into your mail')
    await page.goto(await linkTo(server, email))
    await press(page, 'Sign me in')
    await isAt(page, '/account')
    assert.equal(await whoIn(page), email)
  })
})

describe('somebody who forgot their password', () => {
  test('sets a new one by the mail, and the old one is worth nothing', async () => {
    const { email } = await somebody(server)
    const page = await open('/sign-in')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await heading(page, 'Set a new password')
    await page.getByLabel('E-mail').fill(email)
    await press(page, 'Send me the mail')
    await heading(page, 'Look into your mail')
    await page.goto(await linkTo(server, email))
    await press(page, 'Go on')
    await heading(page, 'Choose a new password')
    await page.getByLabel('New password', { exact: true }).fill(password)
    await press(page, 'Keep this password')
    await page.getByText('This is the password you have now.', { exact: true }).waitFor()
    await page.getByLabel('New password', { exact: true }).fill(newPassword)
    await press(page, 'Keep this password')
    await isAt(page, '/today')

    const other = await open('/sign-in')
    await typePassword(other, email)
    await other.getByText('do not belong together').waitFor()
    await typePassword(other, email, newPassword)
    await isAt(other, '/today')
  })
})

describe('a change of address', () => {
  test('takes a press in both mails', async () => {
    const { email, device } = await somebody(server)
    const to = newAddress('new')
    await device.auth.updateUser({ email: to })
    const page = await open(await linkTo(server, email))
    await press(page, 'Agree to the change')
    await heading(page, 'One of two is done')
    const other = await open(await linkTo(server, to))
    await press(other, 'Agree to the change')
    await isAt(other, '/account')
    assert.equal(await whoIn(other), to)
  })
})
