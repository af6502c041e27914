import { sql } from 'kysely'
import type * as z from 'zod/mini'
import { callOf } from '#platform/database/conversation.ts'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'

const shown = ['id', 'name', 'code', 'attempts', 'queued_at', 'failed_at'] as const

export const jobs: Part = {
  name: 'jobs',
  api,
  handlers: [
    handle(api.listDeadLetters, async ({ input, db }) =>
      page(db.selectFrom('jobs.dead_letters').select(shown), { by: ['failed_at', 'id'], descending: true }, input),
    ),

    // By the name and data it was buried with: `later` would need the job itself, which this version may not know any more.
    handle(api.retryDeadLetter, async ({ input, db, refuse }) => {
      const [letter] = await db.deleteFrom('jobs.dead_letters').where('id', '=', input.id).returning(['name', 'data']).execute()
      if (!letter) return refuse('no_such_dead_letter')
      db.later(callOf('private.enqueue', letter))
      return {}
    }),

    handle(api.readJobs, async ({ db }) => {
      const { counted_at, jobs } = await db.call('private.jobs_at_work', {})
      return { counted_at, jobs: jobs as z.output<typeof api.readJobs.output>['jobs'] }
    }),

    handle(api.listFailedJobs, async ({ input, db }) =>
      page(
        db.selectFrom(sql<z.output<typeof api.DeadLetter>>`private.failed_jobs()`.as('failed')).select(shown),
        { by: ['failed_at', 'id'], descending: true },
        input,
      ),
    ),

    handle(api.retryFailedJob, async ({ input, db }) => {
      await db.call('private.retry_job', { letter: input.id })
      return {}
    }),
  ],
}
