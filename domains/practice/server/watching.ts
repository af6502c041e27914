import { hash, randomUUID } from 'node:crypto'
import type * as z from 'zod/mini'
import type { FunctionsOf } from '#platform/database/roles.ts'
import { derived } from '#platform/identity/sealed.ts'
import { handle } from '#platform/operations/handle.ts'
import type { Server } from '#platform/part.ts'
import * as api from '../api/watching.ts'

/** Watching by consent of both. */
export const watching = ({ configuration, keys }: Server) => {
  const wordOf = (link: string) => derived(keys.secrets, 'practice observer', link)

  return [
    handle(api.makeObserverLink, async ({ input, db }) => {
      const link_id = randomUUID()
      const made = await db.call('private.make_observer_link', { session: input.id, link_id, link_hash: hashOf(wordOf(link_id)) })
      return { link: `${configuration.publicUrl}/practice/watching/by/${wordOf(made)}` }
    }),

    handle(api.listObservers, async ({ input, db }) => ({
      items: (await db.rows('private.observers_of', { session: input.id })) as z.input<typeof api.listObservers.output>['items'],
    })),

    handle(api.agreeToObserver, async ({ input: { id: session, version, person }, db }) => ({
      version: await db.call('private.agree_to_observer', { session, version, person }),
    })),

    handle(api.removeObserver, async ({ input: { id: session, person }, db }) => {
      await db.call('private.remove_observer', { session, person })
      return {}
    }),

    handle(api.readObserverLink, async ({ input, db }) => {
      const [found] = await db.rows('private.read_observer_link', { link_hash: hashOf(input.token) })
      return found as z.input<typeof api.readObserverLink.output>
    }),

    handle(api.askToWatch, async ({ input, db }) => ({ id: await db.call('private.ask_to_watch', { link_hash: hashOf(input.token) }) })),

    handle(api.listWatched, async ({ db }) => ({
      items: (await db.rows('private.my_watched_sessions', {})).slice(0, 50).map(asWatched),
    })),

    handle(api.readWatched, async ({ input, db, refuse }) => {
      const [row] = await db.rows('private.my_watched_sessions', { session: input.id })
      return row ? asWatched(row) : refuse('session_not_found')
    }),

    handle(api.stopWatching, async ({ input, db }) => {
      await db.call('private.stop_watching', { session: input.id })
      return {}
    }),
  ]
}

type Row = FunctionsOf['authenticated']['private.my_watched_sessions']['rows'][number]
const asWatched = ({ room_url, ...row }: Row) =>
  ({ ...row, host_name: row.host_name || null, guest_name: row.guest_name || null, room: room_url }) as z.input<typeof api.Watched>

const hashOf = (token: string) => hash('sha256', token, 'buffer')
