import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { administrator, type Somebody } from '#platform/identity/tests/cast.ts'
import { mailTo, newAddress, somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { freshPages } from '#tests/pages.ts'
import { fillNewAccount, heading, isAt, linkTo, press, typePassword, whoIn } from './coming-in-scene.ts'

const { server, open } = await freshPages({ REGISTRATION: 'invite' }, [unlimited()])
const setUpLink = /\/setup\?token=\S+/.exec(server.said.join('\n'))![0]

describe('an installation that nobody administrates yet', () => {
  test('is not set up by a link made up', async () => {
    const page = await open('/setup?token=made-up')
    await fillNewAccount(page, newAddress())
    await page.getByText('This link is not good any more').waitFor()
    assert.equal(await whoIn(page), 'not_signed_in')
  })

  test('is set up by whoever opens the link first, who is told what is worth doing next', async () => {
    const email = newAddress('first')
    const page = await open(setUpLink)
    await fillNewAccount(page, email)
    await heading(page, 'This Vivavoce is yours')
    await page.getByRole('link', { name: 'Add a second factor' }).waitFor()
    await page.getByRole('link', { name: 'Invite people' }).click()
    await isAt(page, '/administration/invitations')
    assert.equal(await whoIn(page), email)
  })

  test('is not set up a second time', async () => {
    const { email } = await somebody(server)
    const page = await open(setUpLink)
    await page.getByRole('link', { name: 'Sign in', exact: true }).click()
    await typePassword(page, email)
    await press(page, 'Become the administrator')
    await page.getByText('This link is not good any more').waitFor()
  })
})

describe('an invitation', () => {
  let admin: Somebody | undefined
  async function invite(input: object = {}): Promise<string> {
    admin ??= await administrator(server, 'Ines Administrator')
    const { body } = await admin.post('/identity/invitations', { reason: 'joins the course', ...input })
    const { pathname, search } = new URL((body as { link: string }).link)
    return pathname + search
  }

  test('lets a newcomer in where nobody else may join', async () => {
    const stranger = await open('/sign-up')
    await heading(stranger, 'People join by invitation')
    const email = newAddress()
    const page = await open(await invite())
    await heading(page, 'You are invited')
    await fillNewAccount(page, email)
    await heading(page, 'Look into your mail')
    await page.goto(await linkTo(server, email))
    await press(page, 'Confirm my address')
    await isAt(page, '/today')
    assert.equal(await whoIn(page), email)
  })

  test('is taken by somebody who has an account, after signing in on the way', async () => {
    const { email, id } = await somebody(server)
    const page = await open(await invite({ role: 'administrator' }))
    await page.getByText('You are asked to administrate this Vivavoce').waitFor()
    await page.getByRole('link', { name: 'Sign in', exact: true }).click()
    await typePassword(page, email)
    await press(page, 'Take the invitation')
    await isAt(page, '/today')
    assert.equal((await server.db.sql('select from identity.admins where user_id = $1', [id])).length, 1)
  })

  test('that was used, withdrawn or never made says so, and what to do', async () => {
    const used = await invite()
    const page = await open(used)
    await fillNewAccount(page, newAddress())
    await heading(page, 'Look into your mail')
    const second = await open(used)
    await second.getByText('This invitation was used already').waitFor()
    const third = await open('/join?invitation=never-made')
    await third.getByText('There is no such invitation').waitFor()
  })

  test('for another address does not let this one in', async () => {
    const page = await open(await invite({ email: newAddress('other') }))
    await fillNewAccount(page, newAddress())
    await page.getByText('This invitation is for another address').waitFor()
  })
})

describe('somebody about to be erased', () => {
  test('stays by the link in the mail, after one press and not before', async () => {
    const { email, session } = await somebody(server)
    const headers = {
      authorization: `Bearer ${session.access_token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }
    await fetch(`${server.address}/api/identity/deletion`, { method: 'POST', headers, body: '{}' })
    const link = await untilMailed(email, 'Your account will be erased')
    const leaving = async () =>
      (
        await server.db.sql(
          'select from identity.deletions d join auth.users u on u.id = d.user_id where u.email = $1 and d.cancelled_at is null',
          [email],
        )
      ).length

    const page = await open(link)
    await heading(page, 'Keep your account?')
    assert.equal(await leaving(), 1)
    await press(page, 'Keep my account')
    await heading(page, 'Your account stays')
    assert.equal(await leaving(), 0)

    const again = await open(link)
    await press(again, 'Keep my account')
    await again.getByRole('alert').waitFor()
  })
})

async function untilMailed(email: string, subject: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const mail = await mailTo(server, email).catch(() => undefined)
    if (mail?.subject === subject) return linkTo(server, email)
    await new Promise((soon) => setTimeout(soon, 50))
  }
  throw new Error(`no mail to ${email}: ${subject}`)
}
