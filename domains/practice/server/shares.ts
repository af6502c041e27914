import { sql } from 'kysely'
import type * as z from 'zod/mini'
import type { FunctionsOf } from '#platform/database/roles.ts'
import { handle } from '#platform/operations/handle.ts'
import * as api from '../api/shares.ts'

/** A result, shown to somebody and taken back; and what others show. */
export const shares = [
  handle(api.listShares, async ({ input: { session, round }, db }) => {
    const [items, people] = await db.all(
      db
        .selectFrom(
          sql<FunctionsOf['authenticated']['private.shares_of']['rows'][number]>`private.shares_of(${session}, ${round})`.as('mine'),
        )
        .select(['id', 'name', 'address', 'shared_at']),
      db
        .selectFrom(sql<FunctionsOf['authenticated']['private.whom_to_show']['rows'][number]>`private.whom_to_show()`.as('mine'))
        .select(['id', 'name', 'avatar', 'teaches']),
    )
    return { items, people } as z.input<typeof api.listShares.output>
  }),

  handle(api.shareResult, async ({ input: { session, round, person, address }, db }) => {
    const id = await db.call('private.share_result', { session, round, ...(person && { person }), ...(address && { address }) })
    return { id }
  }),

  handle(api.takeBackShare, async ({ input, db }) => {
    await db.call('private.take_back_share', { share: input.id })
    return {}
  }),

  handle(api.listShown, async ({ db }) => ({ items: (await db.rows('private.shared_with_me', {})).map(asShown) })),

  handle(api.readShown, async ({ input, db, refuse }) => {
    const [row] = await db.rows('private.shared_with_me', { share: input.id })
    return row ? asShown(row) : refuse('no_such_share')
  }),

  handle(api.openShown, async ({ input: { id: share, knowing }, db, refuse }) => {
    const [whole] = await db.rows('private.open_shared', { share, knowing })
    return whole ? (whole as z.input<typeof api.openShown.output>) : refuse('no_such_share')
  }),
]

type Row = FunctionsOf['authenticated']['private.shared_with_me']['rows'][number]
const asShown = ({ from_id, from_name, from_avatar, ...row }: Row) =>
  ({ ...row, from: { id: from_id, name: from_name ?? '', avatar: from_avatar } }) as z.input<typeof api.readShown.output>
