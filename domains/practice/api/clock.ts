import * as z from 'zod/mini'
import { operation } from '#platform/operations/operation.ts'
import { changed, held, phase, seen } from './values.ts'

// A pause and more time by agreement, as in platform/rooms: the round is the clock here.

const turned = { ...held, clock_is_not_running: 409 } as const

export const askTheClock = operation({
  method: 'POST',
  path: '/practice/sessions/:id/clock/ask',
  summary:
    'Ask for a pause, or for so many more seconds of this phase; done at once where the other cannot answer, or has asked for the same',
  input: z.object({
    ...seen,
    phase,
    what: z.enum(['pause', 'extend']),
    /** Of more time. */
    seconds: z.optional(z.int().check(z.minimum(30), z.maximum(1_800))),
  }),
  output: changed,
  refusals: {
    ...turned,
    clock_is_paused: 409,
    phase_is_over: 409,
    phase_has_no_end: 409,
    yours_to_wait: 409,
    answer_first: 409,
    seconds_are_missing: 422,
  },
})

export const agreeToTheClock = operation({
  method: 'POST',
  path: '/practice/sessions/:id/clock/agreement',
  summary: 'Agree to what the other has asked of the clock',
  input: z.object(seen),
  output: changed,
  refusals: { ...turned, nothing_is_asked: 409, yours_to_wait: 409 },
})

export const declineTheClock = operation({
  method: 'DELETE',
  path: '/practice/sessions/:id/clock/ask',
  summary: 'Decline what the other has asked of the clock, or take back what I have asked',
  input: z.object(seen),
  output: changed,
  refusals: { ...turned, nothing_is_asked: 409 },
})

export const resumeTheClock = operation({
  method: 'POST',
  path: '/practice/sessions/:id/clock/resumption',
  summary: 'End the pause; everything to come moves by its length',
  input: z.object(seen),
  output: changed,
  refusals: { ...turned, clock_is_not_paused: 409 },
})
