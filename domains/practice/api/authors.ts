import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { at, day, id, version } from './values.ts'

// For those who write and check cases

export const listMyCases = operation({
  method: 'GET',
  path: '/practice/cases/mine',
  summary: 'The cases that I wrote or am asked to check, drafts too',
  output: z.object({
    items: z.array(
      z.object({
        id,
        case_name: z.string(),
        category: z.string(),
        domain: z.string(),
        edition: z.int(),
        published_at: z.nullable(at),
        part: z.enum(['author', 'reviewer']),
        since: at,
        /** Whether I have signed this edition. */
        signed: z.boolean(),
      }),
    ),
  }),
})

export const readCase = operation({
  method: 'GET',
  path: '/practice/cases/:id/whole',
  summary: 'All that a case says, for its authors and reviewers; not while I am the candidate in it',
  input: z.object({ id }),
  output: z.object({
    id,
    edition: z.int(),
    category: z.string(),
    condition: z.string(),
    case_name: z.string(),
    domain: z.string(),
    candidate_brief: z.string(),
    actor_brief: z.string(),
    markscheme: z.string(),
    checklist: z.array(
      z.object({ id, position: z.int(), domain: z.string(), words: z.string(), weight: z.int(), safety_critical: z.boolean() }),
    ),
    published_at: z.nullable(at),
  }),
  refusals: { not_your_case: 404, not_yet: 403 },
})

export const askToReview = operation({
  method: 'POST',
  path: '/practice/cases/:id/reviewers',
  summary: 'Ask somebody to check a case; for administrators, on record',
  input: z.object({ id, person: id, reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(500)) }),
  output: nothing,
  refusals: {
    administrators_only: 403,
    reason_needed: 422,
    reason_names_them: 422,
    no_such_person: 404,
    no_such_case: 404,
    nobody_reviews_their_own_case: 409,
  },
})

export const signCase = operation({
  method: 'POST',
  path: '/practice/cases/:id/signatures',
  summary: 'Sign the edition of a case that I have checked, by the name that will stand beside it, until a date',
  input: z.object({
    id,
    edition: version,
    named_as: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
    review_by: day,
  }),
  output: nothing,
  refusals: {
    not_your_case: 404,
    nobody_reviews_their_own_case: 409,
    case_has_changed: 409,
    case_is_signed_already: 409,
    review_is_due_within_three_years: 422,
  },
})
