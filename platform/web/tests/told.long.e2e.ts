import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page, Worker } from 'playwright-core'
import { somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { notify, type Notice } from '#platform/notices/notify.ts'
import { theServer } from '#tests/database.ts'
import { freshPages, withWorker } from '#tests/pages.ts'

// The real service worker, with its real cookie, given real push events by the browser itself (CDP). A headless browser shows no
// notifications and opens no window: what the worker wants shown and opened is noted down instead.
const pages = await freshPages()
const { server } = pages

type Shown = { title: string; tag: string; silent: boolean; leadsTo: string }
type Noting = { shown: Shown[]; opened: string[]; focused: string[]; open: Notification[] }

/** Somebody's browser with the worker at work. */
async function atWork(name: string, path = '/today') {
  const who = await somebody(server, name)
  const page = await browserOf(pages, who, path, withWorker)
  await page.evaluate(() => navigator.serviceWorker.ready)
  const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'))
  await worker.evaluate(noteDown)
  const cdp = await page.context().newCDPSession(page)
  const known = new Promise<string>((resolve) =>
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)),
  )
  await cdp.send('ServiceWorker.enable')
  const registrationId = await known
  const noted = () =>
    worker
      .evaluate(() => (globalThis as unknown as { noted: Noting }).noted)
      .then(({ shown, opened, focused }) => ({ shown, opened, focused }))
  return {
    who,
    page,
    worker,
    noted,
    /** Pokes it, and gives what it shows for it. */
    async poke() {
      const before = (await noted()).shown.length
      await cdp.send('ServiceWorker.deliverPushMessage', { origin: server.address, registrationId, data: '' })
      for (;;) {
        const { shown } = await noted()
        if (shown.length > before) return await settled(worker), (await noted()).shown.slice(before)
        await page.waitForTimeout(20)
      }
    },
    async tell(notice: Partial<Notice>) {
      await server.db.database.write(theServer, (db) => notify(db, who.id, { kind: 'sample.x', title: 'Something is ready', ...notice }))
      await server.db.sql('update notices.notices set handed_on_at = clock_timestamp() where person_id = $1 and handed_on_at is null', [
        who.id,
      ])
    },
    unread: async () =>
      (await server.db.sql<{ title: string }>('select title from notices.notices where person_id = $1 and read_at is null', [who.id])).map(
        ({ title }) => title,
      ),
  }
}

// Whatever it shows for one push it shows in a row.
const settled = (worker: Worker) => worker.evaluate(() => new Promise((over) => setTimeout(over, 100)))

function noteDown(): void {
  const noted: Noting = { shown: [], opened: [], focused: [], open: [] }
  const here = globalThis as unknown as {
    noted: Noting
    registration: ServiceWorkerRegistration
    clients: { openWindow(url: string): Promise<null> }
    WindowClient: { prototype: { focus(): Promise<unknown> } }
  }
  here.noted = noted
  here.registration.showNotification = async (title, { tag = '', silent, data } = {}) => {
    noted.shown.push({ title, tag, silent: silent === true, leadsTo: (data as { leadsTo: string }).leadsTo })
    noted.open = noted.open.filter((open) => open.tag !== tag)
    noted.open.push({ tag, close: () => void (noted.open = noted.open.filter((open) => open.tag !== tag)) } as Notification)
  }
  here.registration.getNotifications = async () => [...noted.open]
  here.clients.openWindow = async (url) => (noted.opened.push(url), null)
  here.WindowClient.prototype.focus = async function (this: { url: string }) {
    noted.focused.push(new URL(this.url).pathname)
    return this
  }
}

const openTags = (worker: Worker) => worker.evaluate(() => (globalThis as unknown as { noted: Noting }).noted.open.map(({ tag }) => tag))

/** What the browser does when a notification is pressed. */
const press = (worker: Worker, data: { id?: string; leadsTo: string }) =>
  worker.evaluate(async (data) => {
    let done: Promise<unknown> = Promise.resolve()
    const event = Object.assign(new Event('notificationclick'), {
      notification: { data, close() {} },
      waitUntil: (until: Promise<unknown>) => void (done = until),
    })
    globalThis.dispatchEvent(event)
    await done
  }, data)

test('a poke that says nothing becomes the title of what is new, and each comes up once', async () => {
  const { tell, poke, worker } = await atWork('Ada Early')
  await tell({ title: 'Your practice session has a guest', leadsTo: '/account' })
  const [first, ...others] = await poke()
  assert.deepEqual(others, [])
  assert.equal(first!.title, 'Your practice session has a guest')
  assert.equal(first!.leadsTo, '/account')

  await tell({ title: 'Your feedback is ready' })
  assert.deepEqual(
    (await poke()).map(({ title }) => title),
    ['Your feedback is ready'],
  )
  assert.equal((await openTags(worker)).length, 2)
  // A poke too many shows the latest once more, in its place and without a sound: browsers want to see something.
  assert.deepEqual(
    (await poke()).map(({ title, silent }) => [title, silent]),
    [['Your feedback is ready', true]],
  )
  assert.equal((await openTags(worker)).length, 2)
})

test('what was read elsewhere goes away; where nothing is left, that is said in silence', async () => {
  const { who, tell, poke, worker } = await atWork('Bo Late')
  await tell({ title: 'First thing' })
  await poke()
  await server.db.sql('update notices.notices set read_at = now() where person_id = $1', [who.id])
  assert.deepEqual(
    (await poke()).map(({ title, silent }) => [title, silent]),
    [['Nothing new in Vivavoce', true]],
  )
  assert.deepEqual(await openTags(worker), ['vivavoce'])
  await tell({ title: 'Second thing' })
  await poke()
  assert.equal((await openTags(worker)).includes('vivavoce'), false)
})

test('five at once are one line, but what cannot wait is a line of its own', async () => {
  const { tell, poke } = await atWork('Cleo Busy')
  await tell({ title: 'Before' })
  await poke()
  for (const title of ['One', 'Two', 'Three', 'Four']) await tell({ title })
  await tell({ title: 'Somebody is calling', urgency: 'now', leadsTo: '/today' })
  assert.deepEqual(
    (await poke()).map(({ title }) => title),
    ['4 things wait for you', 'Somebody is calling'],
  )
})

test('a browser that is poked for the first time is not told a day’s worth', async () => {
  const { tell, poke } = await atWork('Dan New')
  for (const title of ['In the morning', 'At noon', 'Now']) await tell({ title })
  assert.deepEqual(
    (await poke()).map(({ title }) => title),
    ['Now'],
  )
})

test('what waits behind the bell alone is not shown', async () => {
  const { who, poke } = await atWork('Eve Calm')
  await server.db.database.write(theServer, (db) => notify(db, who.id, { kind: 'sample.x', title: 'For later', urgency: 'later' }))
  assert.deepEqual(
    (await poke()).map(({ title }) => title),
    ['Nothing new in Vivavoce'],
  )
})

test('signed out, or without a connection, it says that there is something, and not what', async () => {
  const { who, page, tell, poke } = await atWork('Finn Gone')
  await tell({ title: 'Your feedback is ready' })
  await page.context().setOffline(true)
  assert.deepEqual(
    (await poke()).map(({ title }) => title),
    ['Something is waiting for you in Vivavoce'],
  )
  await page.context().setOffline(false)
  await server.db.sql('delete from auth.sessions where user_id = $1', [who.id])
  assert.deepEqual(
    (await poke()).map(({ title, leadsTo }) => [title, leadsTo]),
    [['Something is waiting for you in Vivavoce', '/notices']],
  )
})

test('pressed, it opens what it leads to and is read; a tab that is there already is only brought to the front', async () => {
  const { tell, poke, worker, noted, unread } = await atWork('Gil Quick')
  await tell({ title: 'Your practice session has a guest', leadsTo: '/account' })
  const [shown] = await poke()
  await press(worker, { id: shown!.tag, leadsTo: shown!.leadsTo })
  assert.deepEqual((await noted()).opened, [`${server.address}/account`])
  assert.deepEqual((await noted()).focused, [], 'a tab that shows something else stays where it is: there may be a call in it')
  assert.deepEqual(await unread(), [])

  await press(worker, { leadsTo: '/today' })
  assert.deepEqual((await noted()).focused, ['/today'])
  assert.deepEqual((await noted()).opened, [`${server.address}/account`])

  for (const leadsTo of ['/\t/example.test', '//example.test', 'https://example.test/']) await press(worker, { leadsTo })
  assert.deepEqual((await noted()).opened.slice(1), Array<string>(3).fill(`${server.address}/notices`), 'and nothing leads elsewhere')
})

test('an address that the push service changes is made known, where poking was asked for and nowhere else', async () => {
  const { who, worker, page } = await atWork('Hal Moved')
  const change = (endpoint: string) =>
    worker.evaluate(async (endpoint) => {
      let done: Promise<unknown> = Promise.resolve()
      const event = Object.assign(new Event('pushsubscriptionchange'), {
        newSubscription: { endpoint },
        waitUntil: (until: Promise<unknown>) => void (done = until),
      })
      globalThis.dispatchEvent(event)
      await done
    }, endpoint)
  const known = async () =>
    (await server.db.sql<{ endpoint: string }>('select endpoint from push.subscriptions where person_id = $1', [who.id])).map(
      ({ endpoint }) => endpoint,
    )
  await change('https://push.example.test/unasked')
  assert.deepEqual(await known(), [])
  await subscribeHere(page, 'https://push.example.test/before')
  await change('https://push.example.test/after')
  assert.deepEqual(await known(), ['https://push.example.test/after'])
})

const subscribeHere = (page: Page, endpoint: string) =>
  page.evaluate(
    (endpoint) =>
      fetch('/api/push/browsers/this-one', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ endpoint }),
      }),
    endpoint,
  )
