import * as z from 'zod/mini'
import { operation, pageOf, paging } from '#platform/operations/operation.ts'
import { day, id, slug, level, phase } from './values.ts'

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
  }),
  output: pageOf(
    z.object({
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
    }),
  ),
  limit: 240, // a letter typed is a call
})

export const listCategories = operation({
  method: 'GET',
  path: '/practice/categories',
  summary: 'The categories of the library, and how many cases each has',
  who: 'anyone',
  output: z.object({ items: z.array(z.object({ category: z.string(), cases: z.int() })) }),
})
