import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callsOf } from '#platform/identity/tests/cast.ts'
import { password, somebody } from '#platform/identity/tests/scene.ts'
import { signedIn } from '#platform/identity/web/tests/account-scene.ts'
import { freshPages, withWorker } from '#tests/pages.ts'

const pages = await freshPages()
const { server } = pages
const ada = await somebody(server, 'ada')
const { patch } = callsOf(server, ada.session.access_token)
await patch('/identity/account', { name: 'Ada Early' })
const offline = 'You are offline.'

test('without a connection the page reloads, what was typed is still there, and the way back is noticed by itself', async () => {
  const page = await signedIn(pages, ada, '/account', withWorker)
  await page.getByLabel('Name', { exact: true }).waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller)
  await page.getByLabel('Name', { exact: true }).fill('Ada Late')

  await page.context().setOffline(true)
  await page.getByText(offline).waitFor()
  await page.reload()
  await page.getByText(offline).waitFor()
  const name = page.getByLabel('Name', { exact: true })
  await name.waitFor()
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=name]')?.value === 'Ada Late')

  // A page that was not opened before is there as well, in its shape.
  await page.getByRole('link', { name: 'Vivavoce' }).click()
  await page.getByRole('heading', { level: 1, name: 'Good' }).waitFor()
  await page.goBack()

  await page.context().setOffline(false)
  await page.getByText(offline).waitFor({ state: 'detached' })
})

test('what somebody is told by the server is never kept by the worker', async () => {
  const page = await signedIn(pages, ada, '/today', withWorker)
  await page.evaluate(() => navigator.serviceWorker.ready)
  const kept = await page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return all.flat().map(({ url }) => new URL(url).pathname)
  })
  assert.ok(kept.includes('/index.html'))
  assert.deepEqual(
    kept.filter((path) => /^\/(?:api|auth|files|outbox)/.test(path)),
    [],
  )
})

test('a tab keeps who one is and one’s own notices over a reload, and not whom one blocks or how one is reached', async () => {
  const bo = await somebody(server, 'bo')
  await callsOf(server, ada.session.access_token).put(`/safety/blocks/${bo.id}`)
  const page = await signedIn(pages, ada, '/account/people')
  await page.getByRole('button', { name: /^Unblock/ }).waitFor()
  await page.getByRole('link', { name: 'Sign-in' }).click()
  await page.getByRole('region', { name: 'E-mail address' }).getByText(ada.email).waitFor()
  await page.getByRole('button', { name: 'Notices' }).waitFor()
  await page.goto('/healthz')
  const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem('vivavoce.answers') ?? '{}') as object)
  const paths = Object.keys(kept).map((name) => (JSON.parse(name) as string[])[0])
  for (const path of ['/identity/me', '/notices/mine', '/identity/ways-in']) assert.ok(paths.includes(path), path)
  for (const path of ['/safety/blocks', '/safety/reports/mine', '/auth/v1/user']) assert.ok(!paths.includes(path), path)
  assert.equal(JSON.stringify(kept).includes(bo.id), false)
})

test('whose session ends while they write signs in again, and what they wrote is there', async () => {
  const page = await signedIn(pages, ada, '/account', withWorker)
  await page.getByLabel('Name', { exact: true }).fill('Ada Later Still')
  await server.db.sql('delete from auth.sessions where user_id = $1', [ada.id])
  await page.evaluate(() => [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.startsWith('Save'))?.click()) // unless the line has told the page before
  await page.waitForURL('**/sign-in?next=%2Faccount')
  await page.getByLabel('E-mail').fill(ada.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/account')
  const name = page.getByLabel('Name', { exact: true })
  await name.waitFor()
  assert.equal(await name.inputValue(), 'Ada Later Still')
})

test('whose session ends elsewhere is led to signing in without doing anything, and back to that very page', async () => {
  const bea = await somebody(server, 'bea')
  const page = await signedIn(pages, bea, '/notices?from=mail', withWorker)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const { status } = await fetch(`${server.address}/auth/v1/logout?scope=others`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bea.session.access_token}` },
  })
  assert.equal(status, 204)
  await page.waitForURL('**/sign-in?next=*')
  await page.getByLabel('E-mail').fill(bea.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/notices?from=mail')
})
