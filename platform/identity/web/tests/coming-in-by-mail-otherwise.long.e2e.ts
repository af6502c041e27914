import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mailTo, newAddress, somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { freshPages } from '#tests/pages.ts'
import { heading, isAt, linkTo, press, whoIn } from './coming-in-scene.ts'

const { server, open } = await freshPages({}, [unlimited()])

/** Somebody who asked for a link to sign in, and has it in their mail. */
async function withALink() {
  const { email } = await somebody(server)
  const page = await open('/sign-in')
  await press(page, 'Send me a link instead')
  await page.getByLabel('E-mail').fill(email)
  await press(page, 'Send me a link')
  await heading(page, 'Look into your mail')
  return { email, page, link: await linkTo(server, email) }
}

describe('a link to sign in', () => {
  test('that was used says so, opens nothing, and a new one can be had', async () => {
    const { email, page, link } = await withALink()
    await page.goto(link)
    await press(page, 'Sign me in')
    await isAt(page, '/today')

    const second = await open(link)
    await press(second, 'Sign me in')
    await heading(second, 'This link is not good any more')
    assert.equal(await whoIn(second), 'not_signed_in')
    await second.getByLabel('E-mail').fill(email)
    await press(second, 'Send me a link')
    await heading(second, 'Look into your mail')
    assert.notEqual(await linkTo(server, email), link)
  })

  test('is not used up by a scanner that opens it', async () => {
    const { page, link } = await withALink()
    const scanner = await open(link)
    await heading(scanner, 'Sign in')
    assert.equal(await whoIn(scanner), 'not_signed_in')
    await page.goto(link)
    await press(page, 'Sign me in')
    await isAt(page, '/today')
  })

  test('is said to be on its way to whatever address, known or not', async () => {
    const page = await open('/forgot')
    await page.getByLabel('E-mail').fill(newAddress('nobody'))
    await press(page, 'Send me the mail')
    await page.getByText('If there is an account with this address').waitFor()
    await page.getByRole('link', { name: 'outbox' }).waitFor()
  })

  test('without what it needs is said not to be good, and breaks nothing', async () => {
    for (const query of ['', '?token_hash=x', '?token_hash=x&type=constructor']) {
      const page = await open(`/auth/confirm${query}`)
      await heading(page, 'This link is not good any more')
    }
  })
})

test('somebody who forgot their password types the code of the mail, and chooses the password next', async () => {
  const { email } = await somebody(server)
  const page = await open('/forgot')
  await page.getByLabel('E-mail').fill(email)
  await press(page, 'Send me the mail')
  await heading(page, 'Look into your mail')
  await page.getByLabel('Code').fill((await mailTo(server, email)).code)
  await press(page, 'Go on')
  await heading(page, 'Choose a new password')
})

test('somebody else’s program is led to by the server, and only where it knows the place', async () => {
  const page = await open('/auth/confirm?token_hash=x&type=magiclink&next=https://elsewhere.test/')
  await press(page, 'Sign me in')
  await page.waitForURL((url) => url.origin === server.address && url.pathname === '/')
})

test('where too many mails were asked for, it is said that the next one has to wait', async () => {
  const page = await open('/forgot')
  const [status, headers, code] = [429, { 'retry-after': '720' }, 'over_email_send_rate_limit']
  await page.route('**/auth/v1/recover*', (route) => route.fulfill({ status, headers, json: { code, message: code } }))
  await page.getByLabel('E-mail').fill(newAddress())
  await press(page, 'Send me the mail')
  await page.getByRole('alert').filter({ hasText: 'minutes' }).waitFor()
})
