import type * as z from 'zod/mini'
import { handle } from '#platform/operations/handle.ts'
import * as api from '../api.ts'

/** Those who write cases and those who check them, apart from any session. */
export const authors = [
  handle(api.listMyCases, async ({ db }) => ({
    items: (await db.rows('private.my_cases', {})) as z.input<typeof api.listMyCases.output>['items'],
  })),

  handle(api.readCase, async ({ input, db }) => {
    const [found] = await db.rows('private.read_case', { case_id: input.id })
    return found as z.input<typeof api.readCase.output>
  }),

  handle(api.askToReview, async ({ input: { id: case_id, person, reason }, db }) => {
    await db.call('private.ask_to_review', { case_id, person, reason })
    return {}
  }),

  handle(api.signCase, async ({ input: { id: case_id, ...signature }, db, refuse }) => {
    if (signature.review_by < firstYear) return refuse('review_is_due_within_three_years') // a year 0 is none to PostgreSQL
    await db.call('private.sign_case', { case_id, ...signature })
    return {}
  }),
]

const firstYear = '0001'
