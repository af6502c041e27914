import { call, Refusal } from '#platform/operations/call.ts'
import { pokeHere, pokeNoMore } from '../api.ts'

// What this browser allows, asked anew each time: people change it in its own settings, and it does not say so.

export type State =
  | 'not_possible'
  /** On an iPhone or iPad only what is on the home screen may be woken up. */
  | 'install_first'
  /** The person said no to the browser once, or somebody set it so. */
  | 'blocked'
  | 'off'
  /** Subscribed; whether our server knows of it is another question. */
  | 'subscribed'

export async function stateHere(key: string): Promise<State> {
  if (!isPossible()) return isAppleTouch() ? 'install_first' : 'not_possible'
  if (Notification.permission === 'denied') return 'blocked'
  if (Notification.permission === 'default') return 'off'
  const known = await navigator.serviceWorker.getRegistration()
  const subscription = await known?.pushManager.getSubscription()
  return subscription && isFor(subscription, key) ? 'subscribed' : 'off'
}

/** From the press of a button, for a browser asks nobody who pressed nothing. */
export async function turnOn(key: string): Promise<void> {
  const permission = await Notification.requestPermission()
  if (permission !== 'granted') throw refused(permission === 'denied' ? 'browser_says_no' : 'browser_was_not_answered')
  const { pushManager } = await workerHere()
  const before = await pushManager.getSubscription()
  if (before && !isFor(before, key)) await before.unsubscribe() // of this server before it had other keys
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(thatIs)
  await call(pokeHere, { endpoint: subscription.endpoint })
}

export async function turnOff(id: string): Promise<void> {
  await call(pokeNoMore, { id })
  const known = await navigator.serviceWorker.getRegistration()
  await (await known?.pushManager.getSubscription())?.unsubscribe()
}

const isPossible = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

// An iPad says that it is a Mac; no Mac is touched.
const isAppleTouch = () =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)

// It is installed a moment after the first page, and in some private windows never.
async function workerHere(): Promise<ServiceWorkerRegistration> {
  const never = new Promise<undefined>((over) => setTimeout(over, 10_000))
  const known = await Promise.race([navigator.serviceWorker.ready, never])
  if (!known) throw refused('no_worker_here')
  return known
}

// Brave with its push switched off, Chromium without Google, a network that lets nobody out.
function thatIs(error: Error): never {
  if (error.name === 'NotAllowedError') throw refused('browser_says_no')
  if (error.name === 'AbortError') throw refused('no_push_service')
  throw error
}

function isFor({ options: { applicationServerKey } }: PushSubscription, key: string): boolean {
  if (!applicationServerKey) return false
  const text = String.fromCharCode(...new Uint8Array(applicationServerKey))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === key
}

const refused = (code: string) => new Refusal({ type: 'about:blank', status: 0, code, title: code })
