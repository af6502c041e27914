import type { Page } from 'playwright-core'

// What lies outside the building, and is not in a headless browser: whether it lets notifications be shown, and the push service of
// its maker.
export type Permitting = {
  permission: NotificationPermission
  /** What the person says when the browser asks. */
  answer?: NotificationPermission
  /** The address that the push service gives; without one it cannot be reached. */
  endpoint?: string
  /** Subscribed already, to this key. */
  subscribedTo?: string
}

export const permitting = (page: Page, given: Permitting): Promise<unknown> =>
  page.addInitScript(({ permission, answer = permission, endpoint, subscribedTo }) => {
    const bytesOf = (key: string) =>
      Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.codePointAt(0)!).buffer
    Object.defineProperty(Notification, 'permission', { get: () => sessionStorage.getItem('permission') ?? permission })
    Notification.requestPermission = async () => (sessionStorage.setItem('permission', answer), answer)
    const made = (key: string) => ({
      endpoint,
      options: { applicationServerKey: bytesOf(key) },
      unsubscribe: async () => {
        sessionStorage.removeItem('subscribed to')
        return true
      },
    })
    if (subscribedTo) sessionStorage.setItem('subscribed to', subscribedTo)
    PushManager.prototype.getSubscription = async () => {
      const key = sessionStorage.getItem('subscribed to')
      return (key ? made(key) : null) as PushSubscription | null
    }
    PushManager.prototype.subscribe = async (options) => {
      const key = options?.applicationServerKey as string
      if (!endpoint) throw new DOMException('Registration failed - push service error', 'AbortError')
      sessionStorage.setItem('subscribed to', key)
      return made(key) as unknown as PushSubscription
    }
    // Where a test wants no worker, what a page asks of it is there all the same.
    const registration = { pushManager: Object.create(PushManager.prototype) as PushManager } as ServiceWorkerRegistration
    navigator.serviceWorker.getRegistration = async () => registration
    Object.defineProperty(navigator.serviceWorker, 'ready', { get: async () => registration })
  }, given)
