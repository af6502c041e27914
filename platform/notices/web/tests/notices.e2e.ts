import assert from 'node:assert/strict'
import { test } from 'node:test'
import { administrator, sessionOf, somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { theServer } from '#tests/database.ts'
import { freshPages } from '#tests/pages.ts'
import { notify } from '../../notify.ts'

const pages = await freshPages()
const { server } = pages
const [ada, bo] = [await somebody(server, 'Ada Early'), await somebody(server, 'Bo Late')]
const toAda = (title: string, leadsTo?: `/${string}`) =>
  server.db.database.write(theServer, (db) => notify(db, ada.id, { kind: 'sample.x', title, ...(leadsTo ? { leadsTo } : {}) }))

test('Ada sees by the bell that there is something new, follows it, and then it is read', async () => {
  await toAda('The copy of your data is ready', '/account')
  const page = await browserOf(pages, ada, '/today')
  await page.getByRole('button', { name: 'Notices, 1 new' }).press('Enter')
  await page.getByRole('link', { name: 'The copy of your data is ready' }).press('Enter')
  await page.waitForURL('**/account')
  await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()
})

test('she is told while she looks elsewhere in the house, and the bell says so without being asked', async () => {
  const page = await browserOf(pages, ada, '/today')
  await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()
  await page.waitForTimeout(1_000) // what the page reads when it opens is read
  await toAda('Somebody took your slot')
  await page.getByRole('button', { name: 'Notices, 1 new' }).waitFor({ timeout: 45_000 }) // it looks by itself once a minute
  await page.getByRole('button', { name: 'Notices, 1 new' }).press('Enter')
  await page.getByRole('button', { name: 'Mark as read' }).click()
  await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()
})

test('whoever signs out in one tab is signed out in the other, which asks for nothing by itself', async () => {
  const cara = await somebody(server, 'Cara Elsewhere')
  const page = await browserOf(pages, cara, '/healthz')
  const line = page.waitForEvent('websocket')
  await page.goto('/today')
  await (await line).waitForEvent('framereceived', ({ payload }) => payload.includes('"ready"'))
  const other = await page.context().newPage()
  await other.goto('/notices')
  await other.getByRole('button', { name: /your menu/ }).click()
  await other.getByRole('button', { name: 'Sign out' }).click()
  await other.getByRole('heading', { level: 1, name: /Rehearse/ }).waitFor()
  await page.waitForURL('**/sign-in?next=%2Ftoday')
  await page.getByText('Cara').first().waitFor({ state: 'detached' })
})

test('she reads them one by one, and all at once', async () => {
  for (const title of ['First thing', 'Second thing', 'Third thing']) await toAda(title)
  const page = await browserOf(pages, ada, '/notices')
  const list = page.getByRole('list', { name: 'Notices', exact: true })
  await list.getByText('Third thing').waitFor()
  await list.getByRole('button', { name: 'Mark as read' }).first().click()
  await page.getByRole('button', { name: 'Notices, 2 new' }).waitFor()
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()
  await list.getByText('New', { exact: true }).first().waitFor({ state: 'detached' })
})

test('Cleo, whom an administrator signed out, reads who it was, when, and what to do, once she is in again', async () => {
  const [cleo, mira] = [await somebody(server, 'Cleo Signed-Out'), await administrator(server, 'Mira Okafor')]
  const page = await browserOf(pages, cleo, '/today')
  await page.getByRole('heading', { name: 'First steps' }).waitFor()
  await mira.remove(`/identity/people/${cleo.id}/sessions`, { reason: 'a device was lost' })
  await page.goto('/notices')
  await page.waitForURL('**/sign-in?next=%2Fnotices')
  const again = await browserOf(pages, { ...cleo, session: await sessionOf(server, cleo.id, 'Firefox/140.0') }, '/notices')
  const notice = again.getByRole('list', { name: 'Notices', exact: true }).getByRole('listitem')
  await notice.getByText('You were signed out on every device').waitFor()
  await notice.getByRole('time').waitFor()
  assert.equal(await again.getByText('a device was lost').count(), 0)
  await notice.getByRole('link', { name: 'An administrator ended your sessions' }).click()
  await again.getByRole('heading', { level: 1, name: 'Signing in' }).waitFor()
})

test('Bo, who was told nothing, sees nothing of it', async () => {
  const page = await browserOf(pages, bo, '/notices')
  await page.getByText('Nothing yet.').waitFor()
  assert.equal(await page.getByText('First thing').count(), 0)
})
