import { deviceOf } from '#platform/identity/account/device.ts'
import { handle } from '#platform/operations/handle.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { pushOfPerson } from './person.ts'
import { sendPoke } from './send.ts'
import { sweepSubscriptions } from './sweep.ts'
import { publicKeyOf } from './vapid.ts'
import { isEndpoint, openInternet, type WayOut } from './way-out.ts'

export const pushBy = (way: WayOut): Part => ({
  name: 'push',
  api,
  jobs: [sendPoke, sweepSubscriptions],
  people: [pushOfPerson],
  handlers: ({ keys }) => [
    handle(api.listBrowsers, async ({ db }) => {
      const mine = await db.rows('private.my_subscriptions', {})
      return {
        key: publicKeyOf(keys.vapid),
        browsers: mine.map(({ id, user_agent, made_at, last_ok_at, failures, this_one }) => ({
          id: id!,
          device: deviceOf(user_agent),
          made_at: made_at!,
          last_ok_at,
          failures: failures!,
          this_one: this_one!,
        })),
      }
    }),

    handle(api.pokeHere, async ({ input: { endpoint }, db, refuse }) => {
      if (!isEndpoint(endpoint, way)) return refuse('not_a_push_service')
      await db.call('private.subscribe', { endpoint })
      return {}
    }),

    handle(api.pokeNoMore, async ({ input, db, refuse }) => {
      const { numDeletedRows } = await db.deleteFrom('push.subscriptions').where('id', '=', input.id).executeTakeFirst()
      return numDeletedRows === 1n ? {} : refuse('no_such_browser')
    }),
  ],
})
export const push = pushBy(openInternet)
