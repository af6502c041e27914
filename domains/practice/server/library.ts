import { sql } from 'kysely'
import type * as z from 'zod/mini'
import { handle } from '#platform/operations/handle.ts'
import { pageBy } from '#platform/operations/paging.ts'
import * as api from '../api.ts'

const order = ['reading', 'running', 'marking', 'feedback'] as const

/** What can be practised: formats, domains, cases; and how I appear to those I practise with. */
export const library = [
  handle(api.listFormats, async ({ db }) => {
    const [formats, phases, scales] = await db.all(
      db.selectFrom('practice.formats').select(['id', 'name', 'words', 'rating']).orderBy('position').orderBy('id'),
      db.selectFrom('practice.format_phases').select(['format', 'phase', 'seconds', 'bells']),
      db.selectFrom('practice.format_scales').select(['format', 'domain', 'points']).orderBy('position').orderBy('domain'),
    )
    return {
      items: formats.map((format) => ({
        ...format,
        phases: order.flatMap((name) => phases.find((one) => one.format === format.id && one.phase === name) ?? []),
        scales: scales.filter((scale) => scale.format === format.id),
      })),
    }
  }),

  handle(api.listDomains, async ({ db }) => ({
    items: await db.selectFrom('practice.domains').select(['key', 'name']).orderBy('name').execute(),
  })),

  handle(api.listCases, async ({ input: { search, category, domain, level, format, fresh, reviewed, ...asked }, db }) => {
    const { items, next } = await pageBy(['name_key', 'id'], asked, (last, most) =>
      db.rows('private.published_cases', {
        search,
        most,
        ...(category !== undefined && { only_category: category }),
        ...(domain !== undefined && { only_domain: domain }),
        ...(level && { only_level: level }),
        ...(format && { only_format: format }),
        ...(fresh && { only_new: true }),
        ...(reviewed && { only_reviewed: true }),
        ...(last && { after_name: `${last[0]}`, after: `${last[1]}` }),
      }),
    )
    return {
      items: items.map(withReview) as z.input<typeof api.listCases.output>['items'],
      next,
    }
  }),

  handle(api.seeCase, async ({ input, db }) => {
    const [found] = await db.rows('private.case_for_me', { case_id: input.id })
    const { opened_at, as_candidate, as_actor, last_at, ...seen } = found!
    return { ...withReview(seen), mine: { opened_at, as_candidate, as_actor, last_at } } as z.input<typeof api.seeCase.output>
  }),

  handle(api.listCategories, async ({ db }) => ({
    items: await db
      .selectFrom('practice.cases')
      .select(['category', sql<number>`count(*)::int`.as('cases')])
      .groupBy('category')
      .orderBy('category')
      .execute(),
  })),

  handle(api.readProfile, async ({ db }) => {
    const [mine] = await db.rows('private.my_practice_profile', {})
    return {
      profile: mine
        ? { first_name: mine.first_name!, last_name: mine.last_name!, training_level: mine.training_level!, avatar: mine.avatar }
        : null,
    }
  }),

  handle(api.appear, async ({ input, db }) => {
    await db
      .insertInto('practice.profiles')
      .values(input)
      .onConflict((before) => before.column('user_id').doUpdateSet(input))
      .execute()
    return {}
  }),
]

type Signed = { named_as: string | null; signed_on: string | null; review_by: string | null }
const withReview = <T extends Signed>({ named_as, signed_on, review_by, ...listed }: T) => ({
  ...listed,
  review: named_as === null ? null : { named_as, signed_on, review_by },
})
