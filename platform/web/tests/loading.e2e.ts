import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator } from '#platform/identity/tests/cast.ts'
import { unlimited } from '#platform/identity/tests/scene.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages({}, [unlimited()])
const mira = await administrator(pages.server, 'Mira Okafor')

const page = await browserOf(pages, mira, '/healthz', { serviceWorkers: 'block' }) // it would ask before the held answers do

describe('Mira sees which page she came to, and the way to its neighbours, while it still reads', () => {
  for (const [path, title, reads, neighbours, then] of [
    ['/account/sign-in', 'Signing in', '/api/identity/ways-in', 'Your account', 'Passkeys'],
    ['/account/sessions', 'Where you are signed in', '/api/identity/sessions', 'Your account', 'This one'],
    ['/account/notifications', 'How you are told', '/api/mail/preferences', 'Your account', 'Links and codes that you asked for'],
    ['/administration', 'Administration', '/api/operations/system', 'Administration', 'You alone administrate.'],
    ['/administration/system', 'System', '/api/operations/system', 'Administration', 'Anybody may sign up.'],
    ['/notices', 'Notices', '/api/notices/mine', 'Rooms', 'Nothing yet.'],
  ] as const)
    test(title, async () => {
      const release = await hold(reads)
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await page.getByRole('navigation', { name: neighbours }).getByRole('link').first().waitFor()
      await page.getByRole('status', { name: 'Loading' }).first().waitFor()
      assert.equal(await page.getByText(then).count(), 0)
      assert.match(await page.title(), new RegExp(`^${title} – `))
      release()
      await page.getByText(then).first().waitFor()
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
    })
})

test('a person’s page says that it is one, until it may say whose', async () => {
  const release = await hold(`/api/identity/people/${mira.id}`)
  await page.goto(`/administration/people/${mira.id}`)
  await page.getByLabel('Reason').fill('a question by mail')
  await page.getByRole('button', { name: 'Look' }).click()
  await page.getByRole('status', { name: 'Loading' }).waitFor()
  await page.getByRole('heading', { level: 1, name: 'One person' }).waitFor()
  release()
  await page.getByRole('heading', { level: 1, name: 'Mira Okafor' }).waitFor()
})

/** What is asked there is answered only once it is let go. */
async function hold(path: string): Promise<() => void> {
  const { promise: letGo, resolve } = Promise.withResolvers<void>()
  await page.route(
    ({ pathname }) => pathname === path,
    (route) => letGo.then(() => route.continue()),
  )
  return resolve
}
