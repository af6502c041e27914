import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { shipPractice } from '#domains/practice/content/ship.ts'
import { somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { guest, type Guest } from '#platform/rooms/web/tests/scene.ts'
import { freshPages } from '#tests/pages.ts'

const format = 'eight-minute-stations'

/** The shipped cases, and people who sit down at them. */
export async function freshStations() {
  const { server, open } = await freshPages()
  const { db } = server
  await shipPractice({ query: (text: string, values: unknown[]) => db.sql(text, values).then((rows) => ({ rows })) } as never)

  // Without a call nobody needs a camera, and a browser of their own for it.
  const withoutCall: typeof guest = async (_, name, path, options) => {
    const who = await somebody(server, name)
    return { ...who, page: await browserOf({ server, open }, who, path, { viewport: { width: 900, height: 600 }, ...options }) }
  }
  const medic = async (name: string, options = {}, comes = withoutCall) => {
    const who = await comes({ server }, name, '/healthz', options)
    const [first_name, last_name] = name.split(' ')
    await done(who.put('/practice/profile', { first_name, last_name, training_level: 'Student' }))
    return who
  }
  return { db, medic }
}

export const done = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body as { id: string; version: number; items: { case_name: string }[] }
}
/** A session of the two that begins in some minutes, so that its door is open. */
export async function seated(host: Guest, partner: Guest): Promise<string> {
  const starts_at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 300_000).toISOString()
  const { id, version } = await done(host.post('/practice/offers', { starts_at, minutes: 60, type: 'mock', format }))
  await done(partner.post(`/practice/offers/${id}/guest`, { version }))
  return id
}

/** Counts what somebody presses. */
export function fingers({ page }: Pick<Guest, 'page'>) {
  let count = 0
  const on = (one: Locator) => (count++, one.click())
  return {
    press: (name: string) => on(page.getByRole('button', { name, exact: true })),
    tab: (name: string) => on(page.getByRole('tab', { name, exact: true })),
    choose: (group: string, name: string) => on(page.getByRole('group', { name: group }).getByRole('radio', { name, exact: true })),
    /** Counts, though a browser that was asked before does not ask again. */
    devices: async () => {
      const ask = page.getByRole('button', { name: 'Use camera and microphone' })
      await ask
        .or(page.getByRole('button', { name: 'Go in', exact: true }))
        .first()
        .waitFor()
      if (await ask.isVisible()) await ask.click()
      count++
    },
    count: () => count,
  }
}
export const says = (page: Page, text: string) =>
  page
    .getByText(text)
    .first()
    .waitFor()
    .catch(async (error: Error) => {
      throw new Error(`${error.message}\nThe page says: ${await page.locator('main').innerText()}`)
    })
export const openTheCard = (page: Page) => page.getByRole('button', { name: 'Open the card', exact: true })
/** Of a surprise: what may distress in it comes first, if anything does. */
export async function readsOn(page: Page, text: string): Promise<void> {
  await page.getByText(text).or(openTheCard(page)).first().waitFor()
  if (await openTheCard(page).isVisible()) await openTheCard(page).click()
  await says(page, text)
}

export const choose = (page: Page, group: string, word: string) =>
  page.getByRole('group', { name: group, exact: true }).getByRole('radio', { name: word, exact: true }).click()

export async function eventually(so: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 120_000; !(await so()); await new Promise((soon) => setTimeout(soon, 100)))
    assert.ok(performance.now() < end, `it did not come to be so: ${so.toString()}`)
}
