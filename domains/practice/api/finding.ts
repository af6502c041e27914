import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'
import { at, day, id, version, slug, type, level, ofASession, seen, changed, held } from './values.ts'

// Who looks for somebody

const wanted = {
  ...paging,
  limit: z._default(z.int().check(z.minimum(1), z.maximum(100)), 20), // a screenful: who finds nothing in it chooses a day
  type: z.optional(type),
  format: z.optional(slug),
  level: z.optional(level),
  /** Of that day, from its first to its last minute on somebody's wall in that zone. */
  day: z.optional(day),
  zone: z._default(z.string().check(z.maxLength(64)), 'UTC'),
}

// A list that strangers read: what is not in here does not leave the server.
export const listOpenSeats = operation({
  method: 'GET',
  path: '/practice/open-seats',
  summary: 'Sessions whose seat is free, for whoever has no account: date and time (UTC), type, format, level and a first name',
  who: 'anyone',
  input: z.object(wanted),
  output: pageOf(z.object({ id, date: day, time: z.string(), type, format: slug, level, first_name: z.string() })),
  refusals: { no_such_zone: 422 },
  limit: 120,
})

export const Offer = z.object({
  ...ofASession,
  host: z.object({ id, name: z.string(), avatar: z.nullable(z.string()) }),
})

export const listOffers = operation({
  method: 'GET',
  path: '/practice/offers',
  summary: 'Sessions of others whose seat is free, by time; without those of anybody I am kept from',
  input: z.object(wanted),
  output: pageOf(Offer),
  refusals: { no_such_zone: 422 },
})

export const readOffer = operation({
  method: 'GET',
  path: '/practice/offers/:id',
  summary: 'One session whose seat is free, by its address',
  input: z.object({ id }),
  /** Of how many sessions of the last year the host came to how many: shown kindly, and not at all of a few. */
  output: z.extend(Offer, { came: z.int(), planned: z.int() }),
  refusals: { session_not_found: 404 },
})

const timed = { starts_in_the_past: 422, too_far_ahead: 422, you_are_busy: 409, no_such_format: 422 } as const
const planned = {
  starts_at: at,
  minutes: z.int().check(z.minimum(5), z.maximum(240)),
  type,
  format: slug,
  level: z._default(level, 'any'),
  note: z._default(z.string().check(z.maxLength(500)), ''),
}

export const offerSession = operation({
  method: 'POST',
  path: '/practice/offers',
  summary: 'Offer a session; my time is claimed. Without a case it is a surprise; the roles stay open unless I want to be the candidate',
  input: z.object({ ...planned, case_id: z._default(z.nullable(id), null), as_candidate: z._default(z.boolean(), false) }),
  output: z.object({ id, version }),
  refusals: { ...timed, no_profile_yet: 409, no_such_case: 422, candidate_knows_the_case: 409, offers_are_forty_at_most: 409 },
  limit: 20, // nobody plans more in a minute; a program that did would bury everybody else's offers
})

export const changeOffer = operation({
  method: 'PUT',
  path: '/practice/offers/:id',
  summary: 'Change my offer, as long as nobody sits in it',
  input: z.object({ ...seen, ...planned }),
  output: changed,
  refusals: { ...held, ...timed, host_only: 403, session_has_begun: 409, guest_is_seated: 409 },
})

export const withdrawOffer = operation({
  method: 'POST',
  path: '/practice/offers/:id/withdrawal',
  summary: 'Withdraw my session. Where somebody sits in it, they are told',
  input: z.object(seen),
  output: nothing,
  refusals: { ...held, host_only: 403, session_has_begun: 409 },
})

export const takeSeat = operation({
  method: 'POST',
  path: '/practice/offers/:id/guest',
  summary: 'Take the seat. `seat_taken` comes with `alternatives`: the offers nearest to it in time at which I am free, as in the list',
  input: z.object(seen),
  output: changed,
  refusals: {
    ...held,
    seat_taken: 409,
    seat_is_yours: 409,
    you_are_the_host: 409,
    no_profile_yet: 409,
    you_are_busy: 409,
    host_is_busy: 409,
  },
  limit: 20, // enough to lose twenty races in a minute, and too few to take seats by program
})

export const leaveSeat = operation({
  method: 'POST',
  path: '/practice/sessions/:id/leaving',
  summary: 'Leave my seat as a guest, in whatever phase; it is free again',
  input: z.object(seen),
  output: nothing,
  refusals: { ...held, not_your_seat: 404 },
})
