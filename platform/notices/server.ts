import { sql } from 'kysely'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { changeOf, choicesOf } from './choices.ts'
import { digestMail, sendDigests } from './digest.ts'
import { handOn } from './hand-on.ts'
import { noticesOfPerson } from './person.ts'
import { sweepNotices } from './sweep.ts'

export const notices: Part = {
  name: 'notices',
  api,
  jobs: [handOn, sendDigests, sweepNotices],
  mails: [digestMail],
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

    handle(api.listWaiting, async ({ db }) => ({
      items: await db
        .selectFrom('notices.notices')
        .select(['id', 'title', 'leads_to', 'urgency'])
        .where('read_at', 'is', null)
        .where('handed_on_at', '>', sql<string>`now() - interval '1 day'`)
        .orderBy('handed_on_at', 'desc')
        .orderBy('id', 'desc')
        .limit(10)
        .execute(),
    })),

    handle(api.readChoices, async ({ db }) => choicesOf(db)),

    handle(api.changeChoices, async ({ input, db }) => {
      const said = changeOf(input)
      if (Object.keys(said).length === 0) return {}
      await db
        .insertInto('notices.choices')
        .values(said)
        .onConflict((before) => before.column('person_id').doUpdateSet(said))
        .execute()
      return {}
    }),

    handle(api.tryMe, async ({ db }) => {
      await db.call('private.try_me', {})
      return {}
    }),
  ],
}
