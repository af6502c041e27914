import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { Offer } from './finding.ts'
import { at, id, level, slug, type } from './values.ts'

// "Find me a partner": when I could, and what comes of it

const wished = {
  since: at,
  until: at,
  /** How long a session. */
  minutes: z.int().check(z.minimum(15), z.maximum(240)),
  type,
  /** Null: any. */
  format: z.nullable(slug),
  level,
}

export const listWishes = operation({
  method: 'GET',
  path: '/practice/wishes',
  summary: 'When I could, each with the offers that fit; and the sessions that are proposed to me, with whom',
  output: z.object({
    items: z.array(z.object({ id, ...wished, offers: z.array(Offer) })),
    proposals: z.array(
      z.object({
        id,
        starts_at: at,
        minutes: z.int(),
        type,
        format: slug,
        level,
        with: z.object({ id, name: z.string(), avatar: z.nullable(z.string()) }),
        agreed: z.boolean(),
        they_agreed: z.boolean(),
      }),
    ),
  }),
})

export const wish = operation({
  method: 'POST',
  path: '/practice/wishes',
  summary: 'Say when I could. Where somebody else could too, a session is proposed to both; no time is claimed before both agree',
  input: z.object({ ...wished, format: z._default(wished.format, null), level: z._default(level, 'any') }),
  output: z.object({ id }),
  refusals: {
    no_profile_yet: 409,
    no_such_format: 422,
    starts_in_the_past: 422,
    too_far_ahead: 422,
    wish_has_room_for_a_session: 422,
    wish_is_a_day_at_most: 422,
    you_wish_for_that_already: 409,
    wishes_are_twelve_at_most: 409,
  },
  limit: 20, // each is looked at beside all others
})

export const withdrawWish = operation({
  method: 'DELETE',
  path: '/practice/wishes/:id',
  summary: 'I could not then, after all; whoever was asked beside me is told that it is off',
  input: z.object({ id }),
  output: nothing,
  refusals: { no_such_wish: 404 },
})

export const agreeToProposal = operation({
  method: 'POST',
  path: '/practice/proposals/:id/agreement',
  summary: 'Yes. The second yes makes it a session and claims the time of both',
  input: z.object({ id }),
  output: z.object({ session: z.nullable(id) }),
  refusals: { proposal_is_off: 409, you_are_busy: 409, partner_is_busy: 409 },
})

export const declineProposal = operation({
  method: 'POST',
  path: '/practice/proposals/:id/declining',
  summary: 'No, thank you. The same two are not asked again for these hours',
  input: z.object({ id }),
  output: nothing,
  refusals: { proposal_is_off: 409 },
})

// A seat that somebody else has

export const listWaits = operation({
  method: 'GET',
  path: '/practice/waiting',
  summary: 'The seats I wait for',
  output: z.object({ items: z.array(z.object({ session_id: id, since: at })) }),
})

export const waitForSeat = operation({
  method: 'POST',
  path: '/practice/offers/:id/waiting',
  summary: 'Tell me when this seat is free again',
  input: z.object({ id }),
  output: nothing,
  refusals: {
    no_profile_yet: 409,
    session_not_found: 404,
    session_has_ended: 409,
    you_are_the_host: 409,
    seat_is_yours: 409,
    seat_is_free_again: 409,
    many_wait_already: 409,
  },
  limit: 20,
})

export const waitNoLonger = operation({
  method: 'DELETE',
  path: '/practice/offers/:id/waiting',
  summary: 'I do not wait for this seat any longer',
  input: z.object({ id }),
  output: nothing,
})
