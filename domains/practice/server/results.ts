import { sql } from 'kysely'
import type * as z from 'zod/mini'
import type { FunctionsOf } from '#platform/database/roles.ts'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import * as api from '../api/results.ts'

/** What is behind somebody, and what the two write to each other about it. */
export const results = [
  handle(api.listResults, async ({ input: { role, ...asked }, db }) => {
    let mine = db.selectFrom(sql<Listed>`private.my_results()`.as('mine')).select(listed)
    if (role) mine = mine.where('role', '=', role)
    const { items, next } = await page(mine, { by: ['began_at', 'session_id', 'round'], descending: true }, asked)
    return {
      items: items.map((row) => ({ ...row, id: `${row.session_id}.${row.round}`, with: partnerIn(row) })) as z.input<
        typeof api.listResults.output
      >['items'],
      next,
    }
  }),

  handle(api.readResult, async ({ input, db, refuse }) => {
    const [row] = await db.rows('private.see_result', input)
    if (!row) return refuse('result_not_found')
    return asResult(row)
  }),

  handle(api.writeRemark, async ({ input: { rating, ...remark }, db }) => {
    await db.call('private.write_remark', { ...remark, ...(rating !== null && { rating }) })
    return {}
  }),
]

type Seen = FunctionsOf['authenticated']['private.see_result']['rows'][number]
export const asResult = (row: Seen) => ({ ...row, round: row.number, with: partnerIn(row) }) as z.input<typeof api.readResult.output>

type Listed = FunctionsOf['authenticated']['private.my_results']['rows'][number]
const listed = [
  'session_id',
  'round',
  'case_id',
  'case_name',
  'category',
  'domain',
  'type',
  'format',
  'role',
  'reached',
  'began_at',
  'ended_at',
  'with_id',
  'with_name',
  'with_avatar',
  'handed_in',
  'rating',
] as const

const partnerIn = ({ with_id, with_name, with_avatar }: Pick<Listed, 'with_id' | 'with_name' | 'with_avatar'>) =>
  with_id === null ? null : { id: with_id, name: with_name ?? '', avatar: with_avatar }
