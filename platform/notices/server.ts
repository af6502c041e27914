import { sql } from 'kysely'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { noticesOfPerson } from './person.ts'
import { sweepNotices } from './sweep.ts'

export const notices: Part = {
  name: 'notices',
  api,
  jobs: [sweepNotices],
  people: [noticesOfPerson],
  handlers: [
    handle(api.listNotices, async ({ input, db }) => {
      const listed = await page(
        db.selectFrom('notices.notices').select(['id', 'kind', 'title', 'body', 'leads_to', 'made_at', 'read_at']),
        { by: ['made_at', 'id'], descending: true },
        input,
      )
      const [{ unread } = { unread: 0 }] = await db
        .selectFrom('notices.notices')
        .select(sql<number>`count(*)::int`.as('unread'))
        .where('read_at', 'is', null)
        .execute()
      return { ...listed, unread }
    }),

    handle(api.markRead, async ({ input, db, refuse }) => {
      const { numUpdatedRows } = await db
        .updateTable('notices.notices')
        .set({ read_at: sql<string>`coalesce(read_at, now())` })
        .where('id', '=', input.id)
        .executeTakeFirst()
      return numUpdatedRows === 1n ? {} : refuse('no_such_notice')
    }),

    handle(api.markAllRead, async ({ db }) => {
      await db.updateTable('notices.notices').set({ read_at: sql<string>`now()` }).where('read_at', 'is', null).execute()
      return {}
    }),
  ],
}
