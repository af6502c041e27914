import type { Page } from 'playwright-core'
import { failing, first, keys, opened, slow, until, type Scene } from './scene.ts'

export const frameScenes: Scene[] = [
  { name: 'Landing', page: '/' },
  { name: 'Nothing there, for a stranger', page: '/', at: '/no/such/page' },
  { name: 'Nothing there', page: '/today', at: '/no/such/page', who: 'person' },
  { name: 'Today on the first day', page: '/today', who: 'newcomer' },
  { name: 'Today', page: '/today', who: 'person' },
  { name: 'Today of somebody who is leaving', page: '/today', who: 'leaver' },
  { name: 'Today of an administrator', page: '/today', who: 'administrator' },
  { name: 'Today without a connection', page: '/today', who: 'person', offline: true, does: until('You are offline') },
  { name: 'Today while it loads', page: '/today', who: 'person', given: slow('/api/identity/me'), loading: true },
  { name: 'Today that cannot be shown', page: '/today', who: 'person', given: failing('/api/identity/me') },
  { name: 'Where to go', page: '/today', who: 'person', does: first(keys('Control+k'), opened) },
  { name: 'Keys', page: '/today', who: 'person', does: first(keys('?'), opened) },
  {
    name: 'One’s own menu',
    page: '/today',
    who: 'person',
    does: (page) =>
      page
        .getByRole('button', { name: /Hana Novotná/ })
        .first()
        .click(),
  },
  {
    name: 'Bell',
    page: '/today',
    who: 'person',
    does: (page) =>
      page
        .getByRole('button', { name: /^Notices/ })
        .first()
        .click(),
  },
  { name: 'Notices', page: '/notices', who: 'person' },
  { name: 'No notices', page: '/notices', who: 'newcomer' },
  { name: 'Notices while they load', page: '/notices', who: 'person', given: slow('/api/notices/mine?*'), loading: true },
  { name: 'Signing out, and nothing is lost', page: '/sign-out', who: 'person' },
  { name: 'Signing out while something is not sent', page: '/sign-out', who: 'newcomer', does: first(leftUnsent, until('not sent yet')) },
  { name: 'The look', page: '/look', showsLoading: true },
  { name: 'Privacy', page: '/privacy' },
  { name: 'Terms', page: '/terms' },
  { name: 'Imprint', page: '/imprint' },
]

/** As a page of a domain leaves it. */
async function leftUnsent(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { account } = (await (await fetch('/api/identity/me')).json()) as { account: { id: string } }
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const opening = indexedDB.open('vivavoce')
    opening.addEventListener('success', () => resolve(opening.result))
    const db = (await promise) as IDBDatabase
    const refused = { status: 403, code: 'not_allowed' }
    db.transaction('unsent', 'readwrite')
      .objectStore('unsent')
      .put({ order: 1, person: account.id, queue: 'scene', refused, made_at: '2026-11-20T01:10:00Z', page: '/today' })
  })
}
