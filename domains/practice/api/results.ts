import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'
import { readable } from './texts.ts'
import { at, id, phase, role, round, slug, type } from './values.ts'

// Afterwards: what I have behind me, each with its sheet and both sides' words.

/** With whom; null: alone, or they have left, or are kept from me. */
const partner = z.nullable(z.object({ id, name: z.string(), avatar: z.nullable(z.string()) }))
export const ofAResult = {
  session_id: id,
  round,
  case_id: id,
  case_name: z.string(),
  category: z.string(),
  domain: z.string(),
  type,
  format: slug,
  role,
  /** How far it came. Before the feedback: it was stopped. */
  reached: phase,
  began_at: at,
  ended_at: z.nullable(at),
  with: partner,
}

export const listResults = operation({
  method: 'GET',
  path: '/practice/results',
  summary: 'Every round of mine that came to its feedback or was stopped, latest first, with its rating where I may see it',
  input: z.object({ ...paging, role: z.optional(role) }),
  output: pageOf(
    z.object({
      /** Of the row alone. */
      id: z.string(),
      ...ofAResult,
      handed_in: z.boolean(),
      /** The place of a word of the format's, from 0. */
      rating: z.nullable(z.int()),
    }),
  ),
})

export const Marked = z.object({
  id,
  domain: z.string(),
  words: z.string(),
  weight: z.int(),
  safety_critical: z.boolean(),
  /** Absent where the marks are not shown. */
  ticked: z.optional(z.boolean()),
})
/** What one of the two wrote to the other; the rating is the candidate's, of how the patient was played, from 1 to 5. */
const Remark = z.nullable(z.object({ words: z.string(), rating: z.nullable(z.int()) }))

export const readResult = operation({
  method: 'GET',
  path: '/practice/results/:session/:round',
  summary: 'A round as it was marked, beside what the case says, with both sides’ words; of a round that stopped early only the facts',
  recorded: true,
  input: z.object({ session: id, round }),
  output: z.object({
    ...ofAResult,
    /** Null: not open to me. */
    condition: z.nullable(z.string()),
    markscheme: z.nullable(z.string()),
    /** Null: not open to me, or a review, which has none. */
    checklist: z.nullable(z.array(Marked)),
    marks: z.boolean(),
    scores: z.nullable(z.record(z.string(), z.int())),
    rating: z.nullable(z.int()),
    words: z.nullable(z.string()),
    submitted_at: z.nullable(at),
    mine: Remark,
    theirs: Remark,
    /** Until when I may write to the other one; null: there is nobody to write to, or it is too early, or too late. */
    write_until: z.nullable(at),
  }),
  refusals: { result_not_found: 404 },
})

export const writeRemark = operation({
  method: 'PUT',
  path: '/practice/results/:session/:round/remark',
  summary:
    'Write to the other one what I made of the round, within a fortnight; the candidate rates how the patient was played. Nothing takes it back',
  input: z.object({
    session: id,
    round,
    words: z._default(z.string().check(z.maxLength(2_000)), ''),
    rating: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(5))), null),
  }),
  output: nothing,
  refusals: { ...readable, nobody_to_write_to: 409, too_late_to_write: 409 },
})
