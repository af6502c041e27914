import assert from 'node:assert/strict'
import { test } from 'node:test'
import { somebody } from '#platform/identity/tests/cast.ts'
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

test('Bo, who was told nothing, sees nothing of it', async () => {
  const page = await browserOf(pages, bo, '/notices')
  await page.getByText('Nothing yet.').waitFor()
  assert.equal(await page.getByText('First thing').count(), 0)
})
