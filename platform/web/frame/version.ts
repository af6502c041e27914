import { useSyncExternalStore } from 'react'
import { listenTo as listenToConnection } from '../connection.ts'

// The service worker keeps the app for when nobody answers (../worker/worker.ts). A newer one waits until the person says so.
let registration: ServiceWorkerRegistration | undefined
let newer = false
const listeners = new Set<() => void>()

export const useNewVersion = () =>
  useSyncExternalStore(
    listenTo,
    () => newer,
    () => false,
  )

export function takeNewVersion(): void {
  const waiting = registration?.waiting
  if (!waiting) return location.reload()
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has one origin, and takes no such argument
  waiting.postMessage('take over')
}

export function installWorker(): void {
  window.addEventListener('vite:preloadError', () => navigator.onLine && say()) // the server does not have a file of this version any more
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const soon = () => setTimeout(() => void install(), 1_000) // after what the person came for
  if (document.readyState === 'complete') soon()
  else window.addEventListener('load', soon)
}

async function install(): Promise<void> {
  try {
    const known = (registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }))
    const look = () => void sayIfNewer(known.waiting)
    known.addEventListener('updatefound', () => known.installing?.addEventListener('statechange', look))
    navigator.serviceWorker.addEventListener('controllerchange', () => void sayIfNewer(navigator.serviceWorker.controller)) // another tab pressed Reload
    look()
    const ask = () => void known.update().catch(() => {}) // asked again at the next look
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && ask())
    listenToConnection(ask) // a server that was away for a moment may have come back as a newer one
    setInterval(ask, anHour)
  } catch {
    // Without it everything works while we are reached; some browsers forbid it in private windows.
  }
}
const anHour = 3_600_000

/** Unless the page is of that version already, as after a reload that nobody asked us for. */
async function sayIfNewer(worker: ServiceWorker | null): Promise<void> {
  if (!worker || !navigator.serviceWorker.controller) return
  const { port1, port2 } = new MessageChannel()
  const { promise: ofThisVersion, resolve } = Promise.withResolvers<boolean>()
  port1.addEventListener('message', ({ data }) => resolve(data as boolean), { once: true })
  port1.start()
  worker.postMessage({ has: filesOfThisPage() }, [port2])
  if (!(await ofThisVersion)) say()
}

const filesOfThisPage = () =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => /^\/assets\/.*\.(?:js|css)$/.test(path))

function say(): void {
  newer = true
  for (const listener of listeners) listener()
}
function listenTo(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
