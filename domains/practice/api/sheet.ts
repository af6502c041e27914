import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { at, id, round } from './values.ts'
import { readable } from './texts.ts'

// The sheet

const ofARound = { id, round }
const Item = z.object({
  id,
  domain: z.string(),
  words: z.string(),
  weight: z.int(),
  safety_critical: z.boolean(),
  /** Where the marks are shown. */
  ticked: z.optional(z.boolean()),
})

export const readSheet = operation({
  method: 'GET',
  path: '/practice/sessions/:id/rounds/:round/sheet',
  summary: 'The checklist, with the marks where I may see them: the marker always, the candidate once the sheet is handed in',
  recorded: true,
  input: z.object(ofARound),
  output: z.object({
    round,
    checklist: z.array(Item),
    /** Whether the marks are shown: else they are absent, not empty. */
    marks: z.boolean(),
    scores: z.nullable(z.record(z.string(), z.int())),
    rating: z.nullable(z.int()),
    words: z.nullable(z.string()),
    submitted_at: z.nullable(at),
  }),
  refusals: readable,
})

const marking = { ...readable, nothing_to_mark: 409, nobody_to_write_to: 409, sheet_is_submitted: 409 } as const
const place = z.int().check(z.minimum(0), z.maximum(32_767))

export const tickItem = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/rounds/:round/ticks/:item',
  summary: 'Tick an item of the checklist, or take the tick back; again is once',
  input: z.object({ ...ofARound, item: id, ticked: z._default(z.boolean(), true) }),
  output: nothing,
  refusals: { ...marking, no_such_item: 404 },
})

export const scoreDomain = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/rounds/:round/scores/:domain',
  summary: 'Score a domain of the format: the place of a word of its scale, from 0',
  input: z.object({ ...ofARound, domain: z.string().check(z.minLength(1), z.maxLength(30)), points: place }),
  output: nothing,
  refusals: { ...marking, no_such_scale: 404, score_is_off_the_scale: 422 },
})

export const submitSheet = operation({
  method: 'POST',
  path: '/practice/sessions/:id/rounds/:round/sheet',
  summary: 'Hand the sheet in, whole and for good, once the running is over',
  input: z.object({ ...ofARound, rating: place, words: z._default(z.string().check(z.maxLength(4_000)), '') }),
  output: nothing,
  refusals: { ...marking, rating_is_off_the_scale: 422, sheet_is_not_finished: 409 },
})
