import { sql } from 'kysely'
import type * as z from 'zod/mini'
import type { FunctionsOf } from '#platform/database/roles.ts'
import { handle } from '#platform/operations/handle.ts'
import * as api from '../api.ts'
import { asOffer } from './finding.ts'

type Functions = FunctionsOf['authenticated']
type Rows = { [name in 'my_wishes' | 'offers_for_my_wishes' | 'my_proposals']: Functions[`private.${name}`]['rows'][number] }

/** Somebody says when they could, and whoever could then too is found. */
export const wishes = [
  handle(api.listWishes, async ({ db }) => {
    const [mine, offers, proposals] = await db.all(
      db
        .selectFrom(sql<Rows['my_wishes']>`private.my_wishes()`.as('mine'))
        .select(['id', 'since', 'until', 'minutes', 'type', 'format', 'level'])
        .orderBy('since')
        .orderBy('id'),
      db
        .selectFrom(sql<Rows['offers_for_my_wishes']>`private.offers_for_my_wishes()`.as('free'))
        .select(['wish_id', 'id', 'version', 'starts_at', 'minutes', 'type', 'format', 'level', 'note', 'host_id'])
        .select(['first_name', 'last_name', 'avatar'])
        .orderBy('starts_at')
        .orderBy('id'),
      db
        .selectFrom(sql<Rows['my_proposals']>`private.my_proposals()`.as('mine'))
        .select(['id', 'starts_at', 'minutes', 'type', 'format', 'level', 'other_id', 'first_name', 'last_name', 'avatar'])
        .select(['agreed', 'other_agreed'])
        .orderBy('starts_at')
        .orderBy('id'),
    )
    return {
      items: mine.map((wish) => ({ ...wish, offers: offers.filter(({ wish_id }) => wish_id === wish.id).map(asOffer) })),
      proposals: proposals.map(({ other_id, first_name, last_name, avatar, other_agreed, ...proposal }) => ({
        ...proposal,
        with: { id: other_id, name: `${first_name} ${last_name}`.trim(), avatar },
        they_agreed: other_agreed,
      })),
    } as z.input<typeof api.listWishes.output>
  }),

  // What has begun already begins now; what is past needs no question, and some of it PostgreSQL could not read.
  handle(api.wish, async ({ input: { since, until, format, ...rest }, db, refuse }) => {
    if (Date.parse(until) <= Date.now()) return refuse('starts_in_the_past')
    const from = new Date(Math.max(Date.parse(since), Date.now())).toISOString()
    return { id: await db.call('private.wish_for_a_partner', { since: from, until, ...rest, ...(format !== null && { format }) }) }
  }),

  handle(api.withdrawWish, async ({ input: { id: wish }, db }) => {
    await db.call('private.withdraw_wish', { wish })
    return {}
  }),

  handle(api.agreeToProposal, async ({ input: { id: proposal }, db }) => ({
    session: await db.call('private.agree_to_proposal', { proposal }),
  })),

  handle(api.declineProposal, async ({ input: { id: proposal }, db }) => {
    await db.call('private.decline_proposal', { proposal })
    return {}
  }),

  handle(api.listWaits, async ({ db }) => ({
    items: await db.selectFrom('practice.seat_waits').select(['session_id', 'since']).orderBy('since').execute(),
  })),

  handle(api.waitForSeat, async ({ input: { id: session }, db }) => {
    await db.call('private.wait_for_seat', { session })
    return {}
  }),

  handle(api.waitNoLonger, async ({ input: { id: session }, db }) => {
    await db.call('private.wait_no_longer', { session })
    return {}
  }),
]
