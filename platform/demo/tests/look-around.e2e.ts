import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { cast, everybody } from '../cast.ts'
import { load } from './scene.ts'

const { server, open } = await freshPages()

describe('the sign-in page', () => {
  test('offers nobody where there is no demo world, and waits for nothing', async () => {
    const page = await open('/sign-in')
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
    assert.equal(await page.getByRole('region', { name: /Look around/ }).count(), 0)
  })

  test('lets one in as Priya with one click, where one was going', async () => {
    await load(server.db)
    const page = await open('/sign-in?next=/account')
    const people = page.getByRole('region', { name: 'Look around as …' }).getByRole('button')
    await people.first().waitFor()
    assert.equal(await people.count(), everybody.length)
    await page.getByRole('button', { name: cast.priya.name }).click()
    await page.waitForURL(({ pathname }) => pathname === '/account')
    const who = await page.evaluate(async () => ((await (await fetch('/api/identity/account')).json()) as { id: string }).id)
    assert.equal(who, cast.priya.id)
  })

  test('does so by keyboard alone', async () => {
    const page = await open('/sign-in')
    await page.getByRole('button', { name: cast.amara.name }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(({ pathname }) => pathname === '/today')
  })

  test('says so when the person is not there any more', async () => {
    const page = await open('/sign-in')
    const jonas = page.getByRole('button', { name: cast.jonas.name })
    await jonas.waitFor()
    await server.db.sql('update demo.worlds set left_at = now()')
    await jonas.click()
    await page.getByRole('alert').getByText('You could not be let in as this person').waitFor()
    await server.db.sql('update demo.worlds set left_at = null')
  })
})
