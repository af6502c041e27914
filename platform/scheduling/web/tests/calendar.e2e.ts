import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'
import { dayOf, instantOf, mondayOf, plusDays } from '../../time.ts'

const pages = await freshPages()
const { server } = pages
const hour = 3_600_000

const inKolkata = async (name: string) => {
  const person = await somebody(server, name)
  await server.db.sql(`update identity.accounts set zone = 'Asia/Kolkata' where user_id = $1`, [person.id])
  return person
}
/** A week from now, where every day is to come: by the clocks of Kolkata. */
const monday = plusDays(mondayOf(dayOf(new Date(), 'Asia/Kolkata')), 7)
const at = (clock: string, days = 0) => instantOf(plusDays(monday, days), clock, 'Asia/Kolkata')
const span = (from: Date) => `[${from.toISOString()},${new Date(from.getTime() + hour).toISOString()})`
const plan = async (person: string, from: Date) => {
  const meeting = randomUUID()
  await server.db.sql(`select private.claim($1, 'practice.session', $2, array[$3::uuid], '{}')`, [meeting, span(from), person])
  return meeting
}

test('what is planned, moved and off is seen on an open calendar while it happens', async () => {
  const ada = await inKolkata('Ada Early')
  const page = await browserOf(pages, ada, `/calendar?week=${monday}`)
  await page.getByText('Nothing is planned in this week').waitFor()
  await page.getByText('Times are those of Asia/Kolkata').waitFor()
  const meeting = await plan(ada.id, at('09:30', 1))
  const tuesday = page.getByRole('list', { name: 'Planned on Tuesday' })
  await tuesday.getByText('09:30–10:30').waitFor()
  await server.db.sql(`select private.move($1, $2, '{}', '{}')`, [meeting, span(at('23:30', 3))])
  await page.getByRole('list', { name: 'Planned on Thursday' }).getByText('23:30–Fri 00:30').waitFor()
  assert.equal(await tuesday.count(), 0)
  await server.db.sql('select private.release($1)', [meeting])
  await page.getByText('Nothing is planned in this week').waitFor()
})

test('somebody without a mouse finds it by its letter, walks its days and weeks, and is told how', async () => {
  const bo = await inKolkata('Bo Byhand')
  await plan(bo.id, at('12:00', 0))
  const page = await browserOf(pages, bo, '/today')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByText('Next', { exact: true }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor()
  await page.getByRole('heading', { name: 'Sunday' }).waitFor()
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['day'])
  const today = dayOf(new Date(), 'Asia/Kolkata')
  await page.keyboard.press('j')
  await page.waitForFunction((day) => (document.activeElement as HTMLElement).dataset['day'] === day, today)
  for (let day = today; day < monday; day = plusDays(day, 1)) await page.keyboard.press('ArrowRight')
  await page.waitForFunction((day) => (document.activeElement as HTMLElement | null)?.dataset['day'] === day, monday)
  await page.getByRole('list', { name: 'Planned on Monday' }).getByText('12:00–13:00').waitFor()
  await page.keyboard.press('k')
  await page.waitForFunction((day) => (document.activeElement as HTMLElement | null)?.dataset['day'] === day, plusDays(monday, -1))
  assert.equal(await focused(), plusDays(monday, -1))
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).getByText('from day to day').waitFor()
  await page.keyboard.press('j')
  assert.equal(await page.getByRole('dialog', { name: 'Keys' }).count(), 1, 'not below an open dialog')
})

test('a browser without Temporal shows the same clocks', async () => {
  const cy = await inKolkata('Cy Older')
  await plan(cy.id, at('09:30', 1))
  const page = await browserOf(pages, cy, '/healthz')
  await page.addInitScript(() => delete (globalThis as { Temporal?: unknown }).Temporal)
  await page.goto(`/calendar?week=${monday}`)
  await page.getByRole('list', { name: 'Planned on Tuesday' }).getByText('09:30–10:30').waitFor()
  assert.equal(await page.evaluate(() => 'Temporal' in globalThis), false)
})

test('an address is made, shown again, made anew and revoked, by keyboard alone; calendars follow', async () => {
  const dot = await inKolkata('Dot Outside')
  const page = await browserOf(pages, dot, '/account/calendar')
  const { press } = await keyboardOf(page)
  await page.getByRole('button', { name: 'Make an address' }).waitFor()
  await press('button', 'Make an address')
  const address = page.getByLabel('Address')
  await address.waitFor()
  const first = await address.inputValue()
  const fetched = (url: string) => fetch(`${server.address}${new URL(url).pathname}`).then(({ status }) => status)
  assert.equal(await fetched(first), 200)
  await page.reload()
  await address.waitFor()
  assert.equal(await address.inputValue(), first)
  assert.match((await page.getByRole('link', { name: 'Subscribe on this device' }).getAttribute('href'))!, /^webcal:/)

  const again = await keyboardOf(page)
  await again.press('button', 'Make a new one')
  await page.getByRole('dialog').waitFor()
  await again.press('button', 'Make a new one')
  await page.getByText('The address is a new one').waitFor()
  const second = await address.inputValue()
  assert.notEqual(second, first)
  assert.deepEqual([await fetched(first), await fetched(second)], [404, 200])

  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('dialog', { name: 'Revoke' }).getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('button', { name: 'Make an address' }).waitFor()
  assert.equal(await fetched(second), 404)

  await page.getByRole('switch', { name: 'A day before' }).press('Space')
  await page.getByText('Saved').waitFor()
  await page.reload()
  await page.getByRole('switch', { name: 'A day before' }).waitFor()
  assert.equal(await page.getByRole('switch', { name: 'A day before' }).isChecked(), false)
  assert.equal(await page.getByRole('switch', { name: 'Ten minutes before' }).isChecked(), true)
})
