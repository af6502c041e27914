// A poke says nothing (platform/push): this asks our own server, as whoever is signed in here, what it is about.
type Waiting = { id: string; title: string; leads_to: string | null; urgency: 'now' | 'soon' | 'later' }
type Shown = { id?: string; leadsTo: string }

type Extendable = Event & { waitUntil(done: Promise<unknown>): void }
type Clicked = Extendable & { notification: Notification }
type Changed = Extendable & { oldSubscription?: PushSubscription | null; newSubscription?: PushSubscription | null }
type Tab = { url: string; focused: boolean; focus(): Promise<unknown> }
type Worker = {
  registration: ServiceWorkerRegistration
  clients: { matchAll(which: object): Promise<readonly Tab[]>; openWindow(url: string): Promise<unknown> }
  addEventListener(type: 'push', listener: (event: Extendable) => void): void
  addEventListener(type: 'notificationclick', listener: (event: Clicked) => void): void
  addEventListener(type: 'pushsubscriptionchange', listener: (event: Changed) => void): void
}
const worker = globalThis as unknown as Worker

worker.addEventListener('push', (event) => event.waitUntil(tell()))
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(follow(event.notification.data as Shown))
})
worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(goOn(event)))

// Whatever becomes of it, something is shown: browsers take the permission away from who wakes up and says nothing.
async function tell(): Promise<void> {
  const waiting = await whatWaits()
  if (!waiting) return show('Something is waiting for you in Vivavoce', { leadsTo: '/notices' }, { silent: false })
  const open = await worker.registration.getNotifications()
  for (const notification of open) if (!waiting.some(({ id }) => id === notification.tag)) notification.close() // read elsewhere
  const silent = (await tabs()).some(({ focused }) => focused) // they see it happen on the page
  const known = await shownBefore()
  const fresh = known ? waiting.filter(({ id }) => !known.includes(id)) : waiting.slice(0, 1) // the first time: not a day's worth
  await remember(waiting.map(({ id }) => id))

  const [latest] = waiting
  if (!latest) return show('Nothing new in Vivavoce', { leadsTo: '/notices' }, { silent: true })
  if (fresh.length === 0) return showOne(latest, true)
  const alone = fresh.length > most ? fresh.filter(({ urgency }) => urgency === 'now') : fresh
  const others = fresh.length - alone.length
  if (others > 0)
    await show(others === 1 ? 'One thing waits for you' : `${others} things wait for you`, { leadsTo: '/notices' }, { silent })
  for (const notice of alone.toReversed()) await showOne(notice, silent)
}
const most = 3 // beside each other; more are one

const showOne = ({ id, title, leads_to }: Waiting, silent: boolean) => show(title, { id, leadsTo: leads_to ?? '/notices' }, { silent })

// Of one tag there is one: the same notice, or the same general words, take the place of what was shown before.
const show = (title: string, data: Shown, { silent }: { silent: boolean }) =>
  worker.registration.showNotification(title, { tag: data.id ?? 'vivavoce', data, silent, icon: '/icon-192.png', lang: 'en-GB' })

/** Nothing, if nobody is signed in here or nobody answers. */
async function whatWaits(): Promise<Waiting[] | undefined> {
  try {
    const answer = await fetch('/api/notices/waiting', { signal: AbortSignal.timeout(patience) })
    return answer.ok ? ((await answer.json()) as { items: Waiting[] }).items : undefined
  } catch {
    return undefined // no connection, or none in time: then it is said without saying what
  }
}
const patience = 5_000

// A tab that is there already is only brought to the front: another one may be in a call, which going elsewhere would end.
async function follow({ id, leadsTo }: Shown): Promise<void> {
  const page = new URL(leadsTo, location.origin)
  const { href } = page.origin === location.origin ? page : new URL('/notices', location.origin) // never elsewhere, whoever said so
  const there = (await tabs()).find(({ url }) => url === href)
  await Promise.all([there ? there.focus() : worker.clients.openWindow(href), id && send(`/api/notices/mine/${id}/read`)])
}

const tabs = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true })

// The browser's push service gave it another address. Only where the person has asked to be poked, in this very session.
async function goOn({ oldSubscription, newSubscription }: Changed): Promise<void> {
  const answer = await fetch('/api/push/browsers')
  if (!answer.ok) return
  const { key, browsers } = (await answer.json()) as { key: string; browsers: { this_one: boolean }[] }
  if (!browsers.some(({ this_one }) => this_one)) return
  const options = oldSubscription?.options ?? { userVisibleOnly: true, applicationServerKey: key }
  const { endpoint } = newSubscription ?? (await worker.registration.pushManager.subscribe(options))
  await send('/api/push/browsers/this-one', { endpoint })
}

const send = (path: string, body = {}) =>
  fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

// Ids alone, of what was shown within the day, so that nothing comes up twice. A cache, because a worker has nothing smaller.
const kept = '/told'
async function shownBefore(): Promise<string[] | undefined> {
  return (await (await caches.match(kept, { cacheName: 'told' }))?.json()) as string[] | undefined
}
async function remember(ids: string[]): Promise<void> {
  await (await caches.open('told')).put(kept, Response.json(ids))
}
