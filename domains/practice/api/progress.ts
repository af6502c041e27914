import * as z from 'zod/mini'
import { operation } from '#platform/operations/operation.ts'
import { at, id, round } from './values.ts'

// How I am getting on.

export const readProgress = operation({
  method: 'GET',
  path: '/practice/progress',
  summary: 'How I was marked, skill by skill, from the first sheet to the last; and what to practise next, with the reason',
  output: z.object({
    marks: z.array(
      z.object({
        session_id: id,
        round,
        began_at: at,
        /** Self: played alone, and marked by myself. */
        marked_by: z.enum(['partner', 'self']),
        /** Null: the global rating. */
        domain: z.nullable(z.string()),
        /** From 0 to `most`; null: on the checklist alone. */
        points: z.nullable(z.int()),
        most: z.nullable(z.int()),
        lines: z.int(),
        done: z.int(),
        critical: z.int(),
        missed: z.int(),
      }),
    ),
    next: z.array(
      z.object({
        why: z.enum(['safety', 'low', 'new']),
        domain: z.string(),
        /** The numbers of the reason: in how many of how many rounds; on average how far up the scale, from 0 to 1, in how many. */
        rounds: z.optional(z.int()),
        share: z.optional(z.number()),
        of: z.optional(z.int()),
        /** One that is new to me; null: there is none left. */
        case: z.nullable(z.object({ id, case_name: z.string(), category: z.string(), content_note: z.string() })),
      }),
    ),
    /** How I was found as the patient, from 1 to 5; null: nobody has said. */
    as_patient: z.nullable(z.object({ times: z.int(), mean: z.number() })),
  }),
})
