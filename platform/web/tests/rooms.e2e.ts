import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages({ DOMAINS: 'mentoring,practice' })
const amara = await somebody(pages.server, 'Amara Osei')

const rooms = async (page: Page) => {
  const list = page.getByRole('list', { name: 'The rooms' })
  await list.waitFor()
  return Promise.all((await list.getByRole('listitem').all()).map(async (room) => (await room.innerText()).split(/\s/)[0]))
}

test('a stranger is told of the rooms that are switched on, and of no other', async () => {
  const faults: string[] = []
  const page = await pages.open('/healthz')
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  await page.goto('/')
  assert.deepEqual(await rooms(page), ['Practice', 'Mentoring'])
  await page.getByRole('link', { name: 'Make an account' }).click()
  await page.waitForURL('**/sign-up')
  assert.deepEqual(faults, [])
})

test('so is Amara, on Today; and at the address of one that is switched off there is nothing', async () => {
  const page = await browserOf(pages, amara, '/today')
  assert.deepEqual(await rooms(page), ['Practice', 'Mentoring'])
  await page.goto('/care')
  await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
})
