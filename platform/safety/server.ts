import { sql } from 'kysely'
import { later } from '#platform/jobs/later.ts'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { safetyOfPerson } from './person.ts'
import { closedMail, tellReporter } from './tell.ts'

export const safety: Part = {
  name: 'safety',
  api,
  mails: [closedMail],
  jobs: [tellReporter],
  people: [safetyOfPerson],
  handlers: [
    handle(api.block, async ({ input, db }) => {
      await db
        .insertInto('safety.blocks')
        .values({ blocked_id: input.id })
        .onConflict((block) => block.columns(['blocker_id', 'blocked_id']).doNothing())
        .execute()
      return {}
    }),

    handle(api.unblock, async ({ input, db, refuse }) => {
      const { numDeletedRows } = await db.deleteFrom('safety.blocks').where('blocked_id', '=', input.id).executeTakeFirst()
      return numDeletedRows === 1n ? {} : refuse('not_blocked')
    }),

    handle(api.listBlocks, async ({ db }) => {
      const blocks = await db.rows('private.my_blocks', {})
      return { blocks: blocks.map(({ person_id, name, blocked_at }) => ({ person_id: person_id!, name: name!, blocked_at: blocked_at! })) }
    }),

    handle(api.report, async ({ input: { person_id, context = {}, ...about }, db }) => ({
      id: await db.call('private.report', { ...about, context, person: person_id }),
    })),

    handle(api.listMyReports, async ({ input, db }) =>
      page(db.selectFrom('safety.reports').select(mine), { by: ['reported_at', 'id'], descending: true }, input),
    ),

    handle(api.listReports, async ({ input: { state, ...paging }, db }) =>
      page(
        db.selectFrom(sql<Waiting>`private.reports_to_work(${state})`.as('waiting')).select(waiting),
        { by: ['reported_at', 'id'] },
        paging,
      ),
    ),

    handle(api.takeReport, async ({ input, db }) => {
      await db.call('private.take_report', { report: input.id })
      return {}
    }),

    handle(api.closeReport, async ({ input: { id, decision, reason }, db }) => {
      await db.call('private.close_report', { report: id, decision, reason })
      await later(db, tellReporter, { id })
      return {}
    }),
  ],
}

const mine = ['id', 'subject_kind', 'subject_id', 'kind', 'words', 'state', 'reported_at', 'closed_at'] as const
const waiting = [...mine, 'reporter_id', 'reported_id', 'context', 'taken_by', 'decision', 'reason'] as const

type Waiting = {
  id: string
  reporter_id: string
  reported_id: string | null
  subject_kind: string
  subject_id: string
  kind: 'harassment' | 'threat' | 'sexual' | 'hate' | 'spam' | 'impersonation' | 'unsafe_advice' | 'privacy' | 'other'
  words: string
  context: Record<string, string>
  state: 'open' | 'in_work' | 'closed'
  taken_by: string | null
  decision: 'nothing_found' | 'warned' | 'removed' | 'suspended' | 'passed_on' | null
  reason: string | null
  reported_at: string
  closed_at: string | null
}
