import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { renewWord } from '#platform/identity/gotrue/browser.ts'
import { somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { theServer } from '#tests/database.ts'
import { freshPages } from '#tests/pages.ts'
import { pageOf, sampleWeb, says, talkOf } from './sample-pages.ts'

const pages = await freshPages({}, [await sampleWeb()])
const { server } = pages
const [amara, jonas] = [await somebody(server, 'Amara Osei'), await somebody(server, 'Jonas Weber')]

const lines = '**/api/sample/talks/*/lines'
const at = (page: Page, talk: string) => page.goto(pageOf(talk, '&writes'))
const opens = (who: Somebody, talk: string) => browserOf(pages, who, pageOf(talk, '&writes'))
const unsent = (page: Page) => page.getByRole('list', { name: 'Not sent yet' }).getByRole('listitem')
const nothingLeft = (page: Page) => unsent(page).first().waitFor({ state: 'detached' })
/** Nobody answers what is said. */
const outOfReach = (context: BrowserContext) => context.route(lines, (route) => route.abort('connectionfailed'))
const said = (talk: string) =>
  server.db.sql<{ words: string; by: string }>('select words, sender_id as by from sample.lines where talk_id = $1 order by sent_at', [
    talk,
  ])
const wordsIn = async (talk: string) => (await said(talk)).map(({ words }) => words)

async function send(page: Page, words: string): Promise<void> {
  await page.getByLabel('Words').fill(words)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

async function write(page: Page, ...all: string[]): Promise<void> {
  for (const words of all) {
    await send(page, words)
    await unsent(page).getByText(words, { exact: true }).waitFor()
  }
}

async function untilSaid(talk: string, count: number): Promise<void> {
  for (let looks = 0; looks < 600 && (await said(talk)).length < count; looks++) await new Promise((soon) => setTimeout(soon, 50))
}

async function signsIn(context: BrowserContext, who: Somebody): Promise<void> {
  const value = await server.db.database.write(theServer, (db) => renewWord(db, { session: who.session, person: who.id }))
  await context.addCookies([{ name: 'vivavoce', value, url: server.address, httpOnly: true, sameSite: 'Strict' }])
}

/** How many things this browser's own database holds; before that, the first may be made older. */
const keptIn = (page: Page, { firstIsOf }: { firstIsOf?: string } = {}) =>
  page.evaluate(async (made_at) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('failed')))
      })
    const db = await done(indexedDB.open('vivavoce'))
    const all = db.transaction('unsent', 'readwrite').objectStore('unsent')
    if (made_at) {
      const [first] = (await done(all.getAll())) as object[]
      await done(all.put({ ...first, made_at }))
    }
    const count = await done(all.count())
    db.close()
    return count
  }, firstIsOf)

test('what nobody answers is kept over a reload and a closed tab, and goes once and in order when somebody does', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await opens(jonas, talk)
  const context = page.context()
  await outOfReach(context)
  await write(page, 'one', 'two')
  await page.reload()
  await unsent(page).nth(1).waitFor()
  await write(page, 'three')
  const tab = await context.newPage()
  await page.close()
  assert.deepEqual(await wordsIn(talk), [])

  let sent = 0
  context.on('request', (request) => (sent += request.method() === 'POST' && request.url().endsWith('/lines') ? 1 : 0))
  await context.unroute(lines)
  const other = await context.newPage()
  await Promise.all([at(tab, talk), at(other, talk)]) // both find the same three things
  for (const one of [tab, other]) {
    await one.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await nothingLeft(one)
  }
  await tab.waitForFunction(() => localStorage.getItem('vivavoce.unsent') === null)
  assert.deepEqual(await wordsIn(talk), ['one', 'two', 'three'])
  assert.equal(sent, 3)
})

test('an answer that was lost on the way is asked for again, and what was said was said once', async () => {
  const talk = await talkOf(jonas)
  const page = await opens(jonas, talk)
  const keys: (string | undefined)[] = []
  await page.route(lines, async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length === 2) return route.fulfill({ status: 503, json: { status: 503, code: 'busy', title: 'Busy' } })
    const answer = await route.fetch()
    return keys.length === 1 ? route.abort('connectionreset') : route.fulfill({ response: answer })
  })
  await write(page, 'said and not answered')
  await nothingLeft(page)
  assert.deepEqual([keys.length, new Set(keys).size], [3, 1])
  assert.deepEqual(await wordsIn(talk), ['said and not answered'])
})

test('what is refused stays with its reason, what came after it goes on, and it is sent again or dropped', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await opens(jonas, talk)
  await outOfReach(page.context())
  await write(page, 'too late', 'much too late')
  await amara.remove(`/sample/talks/${talk}/people/${jonas.id}`)
  await page.context().unroute(lines)
  await unsent(page).getByRole('alert').nth(1).waitFor()
  await page.reload()
  await unsent(page).getByRole('alert').nth(1).waitFor()
  await server.db.sql('select private.join_topic($1, array[$2]::uuid[])', [talk, jonas.id])
  await send(page, 'back in')
  await untilSaid(talk, 1)
  await unsent(page).filter({ hasText: 'much too late' }).getByRole('button', { name: 'Drop' }).click()
  await page.getByRole('dialog', { name: 'Drop' }).getByRole('button', { name: 'Drop' }).click()
  await unsent(page).filter({ hasText: 'much too late' }).waitFor({ state: 'detached' })
  await unsent(page).getByRole('button', { name: 'Send again' }).click()
  await nothingLeft(page)
  assert.deepEqual(await wordsIn(talk), ['back in', 'too late'])
})

test('nothing that Jonas wrote is sent as Amara, who signs in at the same browser; it waits for him', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await opens(jonas, talk)
  const context = page.context()
  await outOfReach(context)
  await write(page, 'Jonas’s words')
  await signsIn(context, amara)
  const reloaded = page.waitForEvent('load') // the page is of nobody who is here any more
  await context.unroute(lines)
  await reloaded
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
  await send(page, 'Amara’s words')
  await untilSaid(talk, 1)
  assert.deepEqual(await said(talk), [{ words: 'Amara’s words', by: amara.id }])
  await unsent(page).first().waitFor({ state: 'detached' })
  await signsIn(context, jonas)
  await page.goto('/today') // on whatever page: it is found and sent
  await untilSaid(talk, 2)
  assert.deepEqual((await said(talk))[1], { words: 'Jonas’s words', by: jonas.id })
})

test('who signs out is asked before what is not sent is lost, may stay, and leaves nothing of it behind', async () => {
  const talk = await talkOf(jonas)
  const page = await opens(jonas, talk)
  await outOfReach(page.context())
  await write(page, 'never to be sent')
  await page.goto('/today')
  const signOut = async () => {
    await page.getByRole('button', { name: /your menu/ }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('One thing you wrote here is not sent yet.').waitFor()
  }
  await signOut()
  await page.getByRole('link', { name: 'Stay' }).click()
  await page.getByRole('heading', { name: 'First steps' }).waitFor()
  await signOut()
  await page.getByRole('button', { name: 'Sign out and lose it' }).click()
  await page.getByRole('heading', { level: 1, name: /Rehearse/ }).waitFor()
  assert.equal(await keptIn(page), 0)
  assert.deepEqual(await wordsIn(talk), [])
})

test('what somebody left and did not come back for is erased after two weeks by whoever is next, and not before', async () => {
  const mei = await somebody(server, 'Mei Chen')
  const talk = await talkOf(mei)
  const page = await opens(mei, talk)
  await outOfReach(page.context())
  await write(page, 'of long ago', 'of last week')
  assert.equal(await keptIn(page, { firstIsOf: '2026-01-01T10:00:00Z' }), 2)
  await signsIn(page.context(), amara)
  await page.goto('/today')
  await page.getByRole('button', { name: 'Amara Osei: your menu' }).waitFor()
  for (let looks = 0; looks < 600 && (await keptIn(page)) === 2; looks++) await page.waitForTimeout(50)
  assert.equal(await keptIn(page), 1)
})

test('a program that says whom it means is refused as anybody else', async () => {
  const talk = await talkOf(amara, jonas)
  const line = { client_id: crypto.randomUUID(), words: 'whose?' }
  const meaning = (who: Somebody) => amara.post(`/sample/talks/${talk}/lines`, line, { 'x-person': who.id })
  assert.equal((await meaning(jonas)).code, 'not_signed_in')
  assert.equal((await meaning(amara)).status, 200)
  assert.equal((await says(amara, talk)).status, 200)
})
