import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { root } from '#platform/configuration/environment.ts'
import { callsOf } from '#platform/identity/tests/cast.ts'
import { somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { signedIn } from '#platform/identity/web/tests/account-scene.ts'
import type { Part } from '#platform/part.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages, withWorker } from '#tests/pages.ts'
import { freshServer } from '#tests/server.ts'

const [before, afterwards] = ['Others here read your name.', 'Everybody here reads your name.']
const folder = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-newer-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const newer = await built() // first: while a thousand files are copied, nothing else in this process gets on
const pages = await freshPages({ DATA_DIR: path.join(folder, 'data') }, [unlimited()])
const { server } = pages
const [ada, bo] = [await somebody(server, 'ada'), await somebody(server, 'bo')]
for (const { session } of [ada, bo]) await callsOf(server, session.access_token).patch('/identity/account', { name: 'Early' })

test('a new version is said to whoever has the old one open; Reload leads there, what was typed stays; and a plain reload is enough', async () => {
  const page = await atAccount(ada)
  const other = await page.context().newPage()
  await other.goto('/account')
  const his = await atAccount(bo)
  for (const old of [page, other]) await old.getByText(before).waitFor()
  const hers = await keyboardOf(page)
  await hers.type('Name', 'Ada Late')

  await server.stop()
  await hers.keys('Enter')
  await page.getByRole('alert').getByText('You are offline').waitFor()
  await deploy(newer)
  const said = page.getByRole('status').filter({ hasText: 'A new version is here.' })
  await said.waitFor() // the way back was noticed, and that somebody else came back
  await page.getByText(before).waitFor()
  await hers.press('button', 'Reload')
  await page.getByText(afterwards).waitFor()
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=name]')?.value === 'Ada Late')
  assert.equal(await said.count(), 0)

  await other.getByText('A new version is here.').waitFor()
  await other.getByText(before).waitFor()
  await other.getByRole('button', { name: 'Reload' }).click()
  await other.getByText(afterwards).waitFor()

  await his.reload()
  await his.getByText(afterwards).waitFor()
  await his.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.waiting)
  await noteQuestions(his)
  await his.reload() // the newer worker still waits, and the page is as new as it
  await his.getByText(afterwards).waitFor()
  await hadItsAnswer(his)
  assert.equal(await his.getByText('A new version is here.').count(), 0)
})

async function atAccount(who: { email: string }): Promise<Page> {
  const page = await signedIn(pages, who, '/account', withWorker)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller)
  await page.getByLabel('Name', { exact: true }).waitFor()
  return page
}

/** From now on it is known whether a page has asked the worker that waits what it is made of. */
const noteQuestions = (page: Page) =>
  page.addInitScript(() => {
    const send = ServiceWorker.prototype.postMessage as (message: unknown, ports: unknown) => void
    ServiceWorker.prototype.postMessage = function (this: ServiceWorker, message: unknown, ports?: unknown) {
      send.call(this, message, ports)
      Object.assign(window, { asked: this })
    }
  })

/** It asked, and had its answer: before ours, which came later. */
async function hadItsAnswer(page: Page): Promise<void> {
  await page.waitForFunction(() => 'asked' in window)
  await page.evaluate(async () => {
    const { port1, port2 } = new MessageChannel()
    const answered = new Promise((resolve) => port1.addEventListener('message', resolve))
    port1.start()
    ;(window as unknown as { asked: ServiceWorker }).asked.postMessage({ has: [] }, [port2])
    await answered
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
  })
}

/** The same sources with one sentence changed, built as they always are. */
async function built(): Promise<Part> {
  const copy = path.join(folder, 'newer')
  for (const name of ['app', 'platform', 'domains', 'package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true })
  mkdirSync(path.join(copy, 'node_modules'))
  for (const name of readdirSync(path.join(root, 'node_modules')))
    if (name !== '.cache') symlinkSync(path.join(root, 'node_modules', name), path.join(copy, 'node_modules', name))
  const page = path.join(copy, 'platform/identity/web/account/account.tsx')
  writeFileSync(page, readFileSync(page, 'utf8').replace(before, afterwards))
  const at = (file: string) => path.join(copy, 'platform/web', file)
  const { buildWeb } = (await import(at('build.ts'))) as typeof import('#platform/web/build.ts')
  await buildWeb()
  const { web } = (await import(at('server.ts'))) as typeof import('#platform/web/server.ts')
  return web
}

/** In its place comes a server with other pages, on the same database. */
async function deploy(web: Part): Promise<void> {
  const { port } = new URL(server.address)
  await freshServer(
    {
      PORT: port,
      PUBLIC_URL: server.address,
      DATA_DIR: path.join(folder, 'data'),
      DATABASE_URL: server.db.url(),
      APP_DATABASE_URL: server.db.url('vivavoce_app'),
      WORKER_DATABASE_URL: server.db.url('vivavoce_worker'),
    },
    [web, unlimited()],
  )
}
