import * as z from 'zod/mini'
import type { Reader } from '#platform/database/conversation.ts'
import type { FunctionsOf } from '#platform/database/roles.ts'
import { isZone } from '#platform/identity/account/zone.ts'
import { handle } from '#platform/operations/handle.ts'
import { pageBy } from '#platform/operations/paging.ts'
import { plusDays, startOf } from '#platform/scheduling/time.ts'
import * as api from '../api.ts'

/** Two people find each other: one offers a session, another takes the seat in it. */
export const finding = [
  // Signed in, one sees no more here than a stranger, but not whom one is kept from.
  handle(api.listOpenSeats, async ({ input, person, db, refuse }) => {
    if (!isZone(input.zone)) return refuse('no_such_zone')
    const span = spanOf(input)
    if (!span) return nothingThen
    const { items, next } = await pageBy(['date', 'time', 'id'], input, async (last, most) => {
      const since = last && { since: `${last[0]}T${last[1]}Z`, after: `${last[2]}` }
      const asked = { ...span, ...since, ...chosen(input), most }
      if (!person) return db.rows('private.offers_for_strangers', asked)
      const offers = await (db as unknown as Reader<'authenticated'>).rows('private.offers_for_me', asked)
      return offers.map((offer) => ({ ...offer, date: offer.starts_at!.slice(0, 10), time: offer.starts_at!.slice(11, 19) }))
    })
    return { items: items as Output<typeof api.listOpenSeats>['items'], next }
  }),

  handle(api.listOffers, async ({ input, db, refuse }) => {
    if (!isZone(input.zone)) return refuse('no_such_zone')
    const span = spanOf(input)
    if (!span) return nothingThen
    const { items, next } = await pageBy(['starts_at', 'id'], input, (last, most) =>
      db.rows('private.offers_for_me', { ...span, ...(last && { since: `${last[0]}`, after: `${last[1]}` }), ...chosen(input), most }),
    )
    return { items: items.map(asOffer), next }
  }),

  handle(api.readOffer, async ({ input, db, refuse }) => {
    const [offer] = await db.rows('private.offer_for_me', { session: input.id })
    if (!offer) return refuse('session_not_found')
    const [kept] = await db.rows('private.host_came_to', { session: input.id })
    return { ...asOffer(offer), came: kept?.came ?? 0, planned: kept?.planned ?? 0 }
  }),

  handle(api.offerSession, async ({ input: { starts_at, as_candidate, case_id, ...rest }, db, refuse }) => {
    if (isPast(starts_at)) return refuse('starts_in_the_past')
    const id = await db.call('private.offer_session', {
      ...inColumns(starts_at),
      ...rest,
      as_candidate,
      ...(case_id !== null && { case_id }),
    })
    return { id, version: 1 }
  }),

  handle(api.changeOffer, async ({ input: { id: session, starts_at, ...rest }, db, refuse }) => {
    if (isPast(starts_at)) return refuse('starts_in_the_past')
    return { version: await db.call('private.change_session', { session, ...inColumns(starts_at), ...rest }) }
  }),

  handle(api.withdrawOffer, async ({ input: { id: session, version }, db }) => {
    await db.call('private.withdraw_session', { session, version })
    return {}
  }),

  handle(api.takeSeat, async ({ input: { id: session, version }, db, refuse }) => {
    const next = await db.call('private.sit_down', { session, version })
    if (next !== null) return { version: next }
    const others = await db.rows('private.nearest_offers', { session })
    return refuse('seat_taken', { alternatives: z.parse(z.array(api.Offer), others.map(asOffer)) })
  }),

  handle(api.leaveSeat, async ({ input: { id: session, version }, db }) => {
    await db.call('private.leave_seat', { session, version })
    return {}
  }),
]

type Output<P extends { output: z.ZodMiniType }> = z.input<P['output']>
type OfferRow = FunctionsOf['authenticated']['private.offer_for_me']['rows'][number]
export const asOffer = ({ host_id, first_name, last_name, avatar, ...offer }: OfferRow) =>
  ({ ...offer, host: { id: host_id, name: `${first_name} ${last_name}`.trim(), avatar } }) as z.input<typeof api.Offer>

type Wanted = Pick<z.output<typeof api.listOffers.input>, 'day' | 'zone' | 'type' | 'format' | 'level'>
const chosen = ({ type, format, level }: Wanted) => ({
  ...(type && { only_type: type }),
  ...(format && { only_format: format }),
  ...(level && { only_level: level }),
})

// Nothing is planned further ahead than half a year (private.check_practice_time), nor in the past: other days need no question, and some
// of them neither Temporal nor PostgreSQL could read.
const aYear = 366 * 86_400_000
const nothingThen = { items: [], next: null }
function spanOf({ day, zone }: Wanted): { since?: string; until?: string } | undefined {
  if (day === undefined) return {}
  if (Math.abs(Date.parse(day) - Date.now()) > aYear) return undefined
  return { since: startOf(day, zone).toISOString(), until: startOf(plusDays(day, 1), zone).toISOString() }
}

const isPast = (at: string) => Date.parse(at) <= Date.now() // by the database's clock it is asked again; this keeps years from it that it cannot read
const inColumns = (at: string) => {
  const utc = new Date(at).toISOString()
  return { on_date: utc.slice(0, 10), at_time: utc.slice(11, 23) }
}
