import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mailTo, newAddress, password, somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { freshPages } from '#tests/pages.ts'
import { fillNewAccount, heading, isAt, linkTo, press, typePassword, whoIn } from './coming-in-scene.ts'

const { server, open } = await freshPages({}, [unlimited()])

describe('Ada, who is new,', () => {
  test('signs up, follows the link in her mail, presses once, and is in', async () => {
    const email = newAddress()
    const page = await open('/sign-in')
    await page.getByRole('link', { name: 'Make an account' }).click()
    await fillNewAccount(page, email)
    await heading(page, 'Look into your mail')
    await page.getByText(email).waitFor()
    assert.equal(await whoIn(page), 'not_signed_in')
    await page.goto(await linkTo(server, email))
    assert.equal(await whoIn(page), 'not_signed_in')
    await press(page, 'Confirm my address')
    await isAt(page, '/today')
    assert.equal(await whoIn(page), email)
  })

  test('types the code of the mail instead, where she reads mail on another device', async () => {
    const email = newAddress()
    const page = await open('/sign-up?next=/account')
    await fillNewAccount(page, email)
    await page.getByLabel('Code').fill('no code')
    await press(page, 'Confirm my address')
    await page.getByText('This is not the code of the latest mail').waitFor()
    await page.getByLabel('Code').fill((await mailTo(server, email)).code)
    await press(page, 'Confirm my address')
    await isAt(page, '/account')
  })

  test('is told at the field that everybody uses this password, and gets no account by it', async () => {
    const email = newAddress()
    const page = await open('/sign-up')
    await fillNewAccount(page, email, 'sunshine1')
    await page.getByText('among the passwords that are tried first').waitFor()
    assert.match((await page.getByLabel('Password', { exact: true }).getAttribute('aria-describedby')) ?? '', /error/)
    assert.deepEqual(await server.db.sql('select from auth.users where email = $1', [email]), [])
  })

  test('cannot send it without saying that she is 18', async () => {
    const page = await open('/sign-up')
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('E-mail').fill(newAddress())
    await page.getByLabel('Password', { exact: true }).fill(password)
    await press(page, 'Make my account')
    assert.equal(await page.getByLabel('I am 18 or older').evaluate((tick: HTMLInputElement) => tick.validity.valueMissing), true)
    await heading(page, 'Make an account')
  })

  test('asks for the mail again after a pause, not before; and corrects the address', async () => {
    const page = await open('/')
    await page.clock.install()
    await page.goto('/sign-up')
    await fillNewAccount(page, newAddress())
    const again = page.getByRole('button', { name: /^Send it again/ })
    await again.waitFor()
    assert.equal(await again.isDisabled(), true)
    await page.clock.runFor(41_000)
    await press(page, 'Send it again')
    await page.getByRole('button', { name: /^Send it again in/ }).waitFor()
    await press(page, 'Use another address')
    await heading(page, 'Make an account')
  })

  test('who signs in before she confirmed has the mail sent again', async () => {
    const email = newAddress()
    const page = await open('/sign-up')
    await fillNewAccount(page, email)
    await heading(page, 'Look into your mail')
    const first = await linkTo(server, email)
    await page.goto('/sign-in')
    await typePassword(page, email)
    await press(page, 'Send the mail again')
    await heading(page, 'Look into your mail')
    assert.notEqual(await linkTo(server, email), first)
  })
})

describe('Bo, who has an account,', () => {
  test('signs in with his password and is led to where he wanted', async () => {
    const { email } = await somebody(server, 'bo')
    const page = await open('/account')
    await heading(page, 'Sign in')
    await typePassword(page, email)
    await isAt(page, '/account')
    await page.goto('/sign-in')
    await isAt(page, '/today')
  })

  test('is not let in by a wrong password, and told nothing about who has an account', async () => {
    const { email } = await somebody(server, 'bo')
    const says = []
    for (const address of [email, newAddress('nobody')]) {
      const page = await open('/sign-in')
      await typePassword(page, address, 'not the right one')
      says.push(await page.getByRole('alert').innerText())
      assert.equal(await whoIn(page), 'not_signed_in')
    }
    assert.match(says[0]!, /do not belong together/)
    assert.equal(says[0], says[1])
  })

  test('is not led to another site, however the address is spelt', async () => {
    const { email } = await somebody(server, 'bo')
    const page = await open('/sign-in?next=https://elsewhere.test/')
    await typePassword(page, email)
    await isAt(page, '/today')
    const spelt = ['//elsewhere.test', '/\\elsewhere.test', '/.//elsewhere.test', '/\t/elsewhere.test', 'javascript:alert(1)', '/sign-in']
    for (const next of spelt) {
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
      await page.waitForURL(`${server.address}/today`)
    }
  })

  test('proves himself once more where that is asked for, though he is in', async () => {
    const { email } = await somebody(server, 'bo')
    const page = await open('/sign-in')
    await typePassword(page, email)
    await isAt(page, '/today')
    await page.goto('/sign-in?again=yes&next=/account')
    await typePassword(page, email)
    await isAt(page, '/account')
  })
})
