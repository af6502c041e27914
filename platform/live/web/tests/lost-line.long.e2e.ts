import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { callsOf, somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { web } from '#platform/web/server.ts'
import { freshPages, type Pages } from '#tests/pages.ts'
import { freshServer, tokenFor, type TestServer } from '#tests/server.ts'
import { heard, isReady, isWaiting, listens, sampleWeb, says, tab, talkOf } from './sample-pages.ts'
import { lineProxy } from './line-proxy.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-lost-line-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const proxy = await lineProxy()
const address = `http://localhost:${proxy.port}`
const sample = await sampleWeb()
const made = await freshPages({ DATA_DIR: path.join(folder, 'data'), PUBLIC_URL: address }, [sample])
proxy.to(Number(new URL(made.server.address).port))
let running: TestServer = made.server
const open: Pages['open'] = (path, options) => made.open(path, { baseURL: address, ...options })
const pages = { ...made, open, server: { ...made.server, address } }
const [amara, jonas] = [await somebody(made.server, 'Amara Osei'), await somebody(made.server, 'Jonas Weber')]
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, more) => `${from + more}`)

test('whoever is out of reach for some seconds hears in order what they missed, once', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await listens(pages, jonas, talk)
  const other = await tab(page.context(), talk)
  await says(amara, talk)
  await heard(page, '1')
  await page.context().setOffline(true)
  proxy.cut()
  await isWaiting(page)
  for (let count = 2; count <= 60; count++) await says(amara, talk, `${count}`)
  await page.waitForTimeout(5_000)
  await page.context().setOffline(false)
  for (const one of [page, other]) {
    await isReady(one)
    await says(amara, talk)
  }
  for (const one of [page, other]) assert.deepEqual(await heard(one, '62'), ['reset: began', ...numbers(1, 62)])
})

test('a line that fell silent is given up, though nobody says so, and nothing is missed', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await listens(pages, jonas, talk)
  await says(amara, talk)
  await heard(page, '1')
  const before = proxy.opened()
  proxy.silence()
  await says(amara, talk)
  assert.deepEqual(await heard(page, '2'), ['reset: began', '1', '2'])
  assert.ok(proxy.opened() > before)
})

test('a tab that was put to sleep lets go of the line, and goes on where it was', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await listens(pages, jonas, talk)
  await says(amara, talk)
  await heard(page, '1')
  await page.evaluate(() => document.dispatchEvent(new Event('freeze'))) // as a browser says it
  await isWaiting(page)
  for (let count = 2; count <= 5; count++) await says(amara, talk)
  await page.evaluate(() => document.dispatchEvent(new Event('resume')))
  assert.deepEqual(await heard(page, '5'), ['reset: began', ...numbers(1, 5)])
})

test('who missed too much is told so once, and goes on from there', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await listens(pages, jonas, talk)
  await says(amara, talk)
  await heard(page, '1')
  await page.context().setOffline(true)
  proxy.cut()
  await isWaiting(page)
  await made.server.db.sql('update live.topics set seq = 1000, forgotten = 900 where id = $1', [talk])
  await page.context().setOffline(false)
  await isReady(page)
  await says(amara, talk)
  assert.deepEqual(await heard(page, '1001'), ['reset: began', '1', 'reset: missed', '1001'])
})

test('a server that ends and comes again is found by itself; what happened between was not lost', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await listens(pages, jonas, talk)
  await says(await withThe(running, amara), talk)
  await heard(page, '1')
  await running.stop()
  await page.getByLabel('Server').filter({ hasText: 'away' }).waitFor()
  const { db } = made.server
  running = await freshServer(
    {
      PUBLIC_URL: address,
      DATA_DIR: path.join(folder, 'data'),
      DATABASE_URL: db.url(),
      APP_DATABASE_URL: db.url('vivavoce_app'),
      WORKER_DATABASE_URL: db.url('vivavoce_worker'),
    },
    [web, sample],
  )
  const hers = await withThe(running, amara)
  for (let count = 2; count <= 20; count++) await says(hers, talk, `${count}`)
  proxy.to(Number(new URL(running.address).port))
  await isReady(page)
  await says(hers, talk)
  assert.deepEqual(await heard(page, '21'), ['reset: began', ...numbers(1, 21)])
  await page.getByLabel('Server').filter({ hasText: 'reached' }).waitFor()
})

const withThe = async (server: TestServer, who: Somebody): Promise<Somebody> => ({
  ...who,
  ...callsOf(server, await tokenFor(server.keys, who.id, { session_id: who.session, email: who.email })),
})
