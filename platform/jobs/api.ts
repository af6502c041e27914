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
