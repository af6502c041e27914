import './told.ts'

// The service worker: the app's own files, for when nobody answers. It never keeps what the server says to somebody (/api,
// /auth, /files). The list of files and their version is written in by the build (shell.ts).
declare const __SHELL__: { version: string; files: string[] }

type Extendable = Event & { waitUntil(done: Promise<unknown>): void }
type Fetching = Extendable & { request: Request; respondWith(answer: Promise<Response>): void }
type Worker = {
  clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
  addEventListener(type: 'message', listener: (event: Extendable & { data: unknown; ports: readonly MessagePort[] }) => void): void
}
const worker = globalThis as unknown as Worker
const { version, files } = __SHELL__
const shell = `vivavoce-${version}`
const page = '/index.html' // for every address; at `/` itself a stranger gets another one

worker.addEventListener('install', (event) =>
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) =>
        cache.addAll([page, ...files].map((file) => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' }))),
      ),
  ),
)

worker.addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith('vivavoce-') && name !== shell).map((name) => caches.delete(name))),
      )
      .then(() => worker.clients.claim()),
  ),
)

worker.addEventListener('message', ({ data, ports }) => {
  if (data === 'take over') void worker.skipWaiting()
  else ports[0]?.postMessage((data as { has: string[] }).has.every((file) => files.includes(file)))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate' && !theirs.test(pathname)) event.respondWith(fromNetwork(request, page))
  else if (files.includes(pathname))
    event.respondWith(pathname.startsWith('/assets/') ? fromShell(request) : fromNetwork(request, pathname))
})
const theirs = /^\/(?:api|auth\/v1|files|outbox|hooks|fhir|calendar|live|metrics|healthz|readyz)(?:\/|$)/

async function fromNetwork(request: Request, file: string): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await caches.match(file, { cacheName: shell })
    if (kept) return kept
    throw error
  }
}

async function fromShell(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: shell })) ?? fetch(request)
}
