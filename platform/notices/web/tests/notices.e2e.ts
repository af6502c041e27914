import assert from 'node:assert/strict'
import { test } from 'node:test'
import { administrator, sessionOf, somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { theServer } from '#tests/database.ts'
import { freshPages } from '#tests/pages.ts'
import { tell } from '../../tell.ts'

const pages = await freshPages()
const { server } = pages
const [ada, bo] = [await somebody(server, 'Ada Early'), await somebody(server, 'Bo Late')]
const toAda = (title: string, leadsTo?: `/${string}`) =>
  server.db.database.write(theServer, (db) => tell(db, ada.id, { kind: 'sample.x', title, ...(leadsTo ? { leadsTo } : {}) }))

test('Ada sees by the bell that there is something new, follows it, and then it is read', async () => {
  await toAda('The copy of your data is ready', '/account')
  const page = await browserOf(pages, ada, '/today')
  await page.getByRole('button', { name: 'Notices, 1 new' }).press('Enter')
  await page.getByRole('link', { name: 'The copy of your data is ready' }).press('Enter')
  await page.waitForURL('**/account')
  await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()
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
  assert.equal(await list.getByText('New', { exact: true }).count(), 0)
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
