import { useSyncExternalStore } from 'react'

// The service worker keeps the app for when nobody answers (../worker/worker.ts). A newer one waits until the person says so.
let waiting: ServiceWorker | undefined
let outdated = false // a file of this version is asked for, and the server does not have it any more
const listeners = new Set<() => void>()

export const useNewVersion = () => useSyncExternalStore(listenTo, () => waiting !== undefined || outdated)

export function takeNewVersion(): void {
  if (!waiting) return location.reload()
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has one origin, and takes no such argument
  waiting.postMessage('take over')
}

export function installWorker(): void {
  window.addEventListener('vite:preloadError', () => say(() => (outdated = navigator.onLine)))
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => setTimeout(() => void install(), 1_000)) // after what the person came for
}

async function install(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
    const look = () => {
      const next = registration.waiting
      if (next && navigator.serviceWorker.controller) say(() => (waiting = next))
    }
    look()
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') registration.update().catch(() => {}) // asked again at the next look
    })
  } catch {
    // Without it everything works while we are reached; some browsers forbid it in private windows.
  }
}

function say(change: () => void): void {
  change()
  for (const listener of listeners) listener()
}
function listenTo(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
