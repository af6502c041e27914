import * as z from 'zod/mini'
import { operation, pageOf, paging } from '#platform/operations/operation.ts'
import { at, day, id, slug, level, phase } from './values.ts'

// What can be practised

export const listFormats = operation({
  method: 'GET',
  path: '/practice/formats',
  summary: 'How stations go: phases, bells, scales',
  who: 'anyone',
  output: z.object({
    items: z.array(
      z.object({
        id: slug,
        name: z.string(),
        words: z.string(),
        /** The global rating, from worst to best. */
        rating: z.array(z.string()),
        /** In their order; a phase that is left out is not in here. Without seconds it lasts until somebody goes on. */
        phases: z.array(z.object({ phase, seconds: z.nullable(z.int()), bells: z.array(z.int()) })),
        scales: z.array(z.object({ domain: z.string(), points: z.array(z.string()) })),
      }),
    ),
  }),
})

export const listDomains = operation({
  method: 'GET',
  path: '/practice/domains',
  summary: 'The skills that cases exercise and sheets rate',
  who: 'anyone',
  output: z.object({ items: z.array(z.object({ key: z.string(), name: z.string() })) }),
})

/** Null: not clinically reviewed. */
const Review = z.nullable(z.object({ named_as: z.string(), signed_on: day, review_by: day }))

const listed = {
  id,
  case_name: z.string(),
  category: z.string(),
  domain: z.string(),
  level,
  /** None: any. */
  formats: z.array(z.string()),
  /** What may distress, without saying what it is about. */
  content_note: z.string(),
  author: z.string(),
  review: Review,
}

export const listCases = operation({
  method: 'GET',
  path: '/practice/cases',
  summary: 'The library, by name: every word of the search is somewhere in the name',
  who: 'anyone',
  input: z.object({
    ...paging,
    search: z._default(z.string().check(z.maxLength(80)), ''),
    category: z.optional(z.string().check(z.maxLength(60))),
    domain: z.optional(z.string().check(z.maxLength(30))),
    /** With the cases for any level. */
    level: z.optional(level),
    /** With the cases for any format. */
    format: z.optional(slug),
    /** Only those of which I have opened nothing yet. */
    fresh: z.optional(z.literal('yes')),
    /** Only those that a clinician's signature holds for today. */
    reviewed: z.optional(z.literal('yes')),
  }),
  output: pageOf(
    z.object({
      ...listed,
      /** Whether I have opened anything of it in a round. */
      opened: z.boolean(),
    }),
  ),
  limit: 240, // a letter typed is a call
})

export const seeCase = operation({
  method: 'GET',
  path: '/practice/cases/:id',
  summary: 'One case as the library shows it, without a word of its texts, and how often I had it',
  who: 'anyone',
  input: z.object({ id }),
  output: z.object({
    ...listed,
    file_version: z.int(),
    /** No: a draft, which is seen by those who write, check or administrate it. */
    published: z.boolean(),
    part: z.nullable(z.enum(['author', 'reviewer'])),
    mine: z.object({ opened_at: z.nullable(at), as_candidate: z.int(), as_actor: z.int(), last_at: z.nullable(at) }),
  }),
  refusals: { no_such_case: 404 },
})

export const listCategories = operation({
  method: 'GET',
  path: '/practice/categories',
  summary: 'The categories of the library, and how many cases each has',
  who: 'anyone',
  output: z.object({ items: z.array(z.object({ category: z.string(), cases: z.int() })) }),
})
