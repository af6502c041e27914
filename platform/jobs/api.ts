import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'

// What a job was about is not shown: its data are ids of people's things, and the name and the reason say what is wrong.
export const DeadLetter = z.object({
  id: z.uuid(),
  name: z.string(),
  code: z.string(),
  attempts: z.int(),
  queued_at: z.iso.datetime(),
  failed_at: z.iso.datetime(),
})

export const listDeadLetters = operation({
  method: 'GET',
  path: '/jobs/dead-letters',
  summary: 'Jobs that failed more often than they may, latest first',
  who: 'service',
  input: z.object(paging),
  output: pageOf(DeadLetter),
})

export const retryDeadLetter = operation({
  method: 'POST',
  path: '/jobs/dead-letters/:id/retry',
  summary: 'Queue a dead letter anew',
  who: 'service',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { no_such_dead_letter: 404 },
})

// The same for administrators, who are people and not the operator's programs: whether they are one is the database's to say.
const forAdministrators = { administrators_only: 403 } as const

export const readJobs = operation({
  method: 'GET',
  path: '/jobs/work',
  summary: 'What waits, runs, was done within the hour and failed within the day, by name; for administrators',
  output: z.object({
    counted_at: z.nullable(z.iso.datetime()),
    jobs: z.array(
      z.object({
        name: z.string(),
        waiting: z.int(),
        again: z.int(),
        running: z.int(),
        done: z.int(),
        failed: z.int(),
        oldest_at: z.nullable(z.iso.datetime({ offset: true })),
      }),
    ),
  }),
  refusals: forAdministrators,
})

export const listFailedJobs = operation({
  method: 'GET',
  path: '/jobs/failed',
  summary: 'Jobs that failed more often than they may, latest first; for administrators',
  input: z.object(paging),
  output: pageOf(DeadLetter),
  refusals: forAdministrators,
})

export const retryFailedJob = operation({
  method: 'POST',
  path: '/jobs/failed/:id/retry',
  summary: 'Queue a failed job anew; for administrators, and that they did is recorded',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { ...forAdministrators, no_such_dead_letter: 404 },
})
