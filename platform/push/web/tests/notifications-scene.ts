import type { Somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import type { Pages } from '#tests/pages.ts'
import { permitting, type Permitting } from '../../tests/browser-with-push.ts'

export const notificationsOn = (pages: Pages) => ({
  /** Their own browser, in which its maker's push service is as given. */
  async at(who: Somebody, given: Permitting) {
    const page = await browserOf(pages, who, '/healthz')
    await permitting(page, given)
    await page.goto('/account/notifications')
    return page
  },
  subscriptionsOf: (who: Somebody) =>
    pages.server.db.sql<{ id: string; endpoint: string }>('select id, endpoint from push.subscriptions where person_id = $1', [who.id]),
})
