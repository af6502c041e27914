import { sql } from 'kysely'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { alarm, news } from './mails.ts'
import { film, paper, picture } from './purposes.ts'

const fromNow = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
const shown = ['id', 'title', 'body', 'kind', 'created_at'] as const

export const sample: Part = {
  name: 'sample',
  api,
  mails: [alarm, news],
  purposes: [film, paper, picture],
  handlers: [
    handle(api.readNote, async ({ input, db, refuse }) => {
      const [note] = await db.selectFrom('sample.notes').select(shown).where('id', '=', input.id).execute()
      return note ?? refuse('no_such_note')
    }),

    handle(api.one, async ({ db }) => (await db.selectFrom(sql<{ one: number }>`(select 1 as one)`.as('x')).select('one').execute())[0]!),

    handle(api.listNotes, async ({ input, db, person }) => {
      let notes = db.selectFrom('sample.notes').select(shown)
      if (input.kind) notes = notes.where('kind', '=', input.kind)
      if (input.mine) notes = notes.where('owner_id', '=', person.id)
      return page(notes, { by: ['created_at', 'id'] }, input)
    }),

    // Gives back more than the operation promises: the rest must not leave.
    handle(api.writeNote, async ({ input, db }) => db.insertInto('sample.notes').values(input).returning(shown).executeTakeFirstOrThrow()),

    handle(api.renameNote, async ({ input, db, refuse }) => {
      const { numUpdatedRows } = await db
        .updateTable('sample.notes')
        .set({ title: input.title })
        .where('id', '=', input.id)
        .executeTakeFirst()
      return numUpdatedRows === 1n ? {} : refuse('no_such_note')
    }),

    handle(api.finishNote, async ({ input, db }) => {
      await db.call('sample.finish', { note: input.id })
      return {}
    }),

    handle(api.countNotes, async ({ db }) => ({ count: await db.call('sample.count_notes', {}) })),

    handle(api.visit, async ({ db }) => ({ role: await db.call('sample.role', {}) })),

    handle(api.countEverything, async ({ db }) =>
      db
        .selectFrom('sample.notes')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    ),

    handle(api.beginTalk, async ({ input, db }) => ({ id: await db.call('private.sample_talk', { people: input.people }) })),

    handle(api.say, async ({ input: { id, client_id, words }, db }) => ({
      first: await db.call('private.sample_say', { talk: id, client_id, words }),
    })),

    handle(api.leaveTalk, async ({ input, db }) => {
      await db.call('private.sample_leave', { talk: input.id, person: input.person })
      return {}
    }),

    handle(api.openRoom, async ({ input: { seats, plan, opens_in, closes_in, most }, db }) => ({
      id: await db.call('private.sample_room', {
        seats: JSON.stringify(seats),
        plan: plan ? JSON.stringify(plan) : null,
        opens: fromNow(opens_in),
        closes: fromNow(closes_in),
        most,
      }),
    })),

    handle(api.closeRoom, async ({ input, db }) => {
      await db.call('private.sample_close_room', { room: input.id })
      return {}
    }),

    handle(api.removeSeat, async ({ input: { id: room, person }, db }) => {
      await db.call('private.sample_remove_seat', { room, person })
      return {}
    }),

    handle(api.greet, async ({ input }) => ({
      says: Array(input.times ?? 1)
        .fill(`Hello, ${input.name ?? 'stranger'}`)
        .join(' '),
    })),
  ],
}
