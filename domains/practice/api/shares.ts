import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { Marked } from './results.ts'
import { readable } from './texts.ts'
import { at, id, round, slug } from './values.ts'

// Showing a result of mine to somebody I choose, and taking it back; what others show me.

const person = z.object({ id, name: z.string(), avatar: z.nullable(z.string()) })
const ofMine = { session: id, round }

export const listShares = operation({
  method: 'GET',
  path: '/practice/results/:session/:round/shares',
  summary: 'To whom I show a result of mine, and to whom I may show it by name: partners of other times, and teachers of my groups',
  input: z.object(ofMine),
  output: z.object({
    /** By name, or by the address as I wrote it. Neither: somebody who has left, or is kept from me. */
    items: z.array(z.object({ id, name: z.nullable(z.string()), address: z.nullable(z.string()), shared_at: at })),
    people: z.array(z.object({ ...person.shape, teaches: z.boolean() })),
  }),
})

export const shareResult = operation({
  method: 'POST',
  path: '/practice/results/:session/:round/shares',
  summary:
    'Show a result of mine to a partner of another time or a teacher of mine, or to whoever reads the mail of an address, once they have an account',
  input: z.object({ ...ofMine, person: z.optional(id), address: z.optional(z.string().check(z.trim(), z.maxLength(320))) }),
  output: z.object({ id }),
  refusals: {
    ...readable,
    nothing_to_share: 409,
    choose_one: 422,
    no_such_partner: 404,
    they_marked_it: 409,
    that_is_you: 409,
    address_is_one: 422,
    shared_with_twenty: 409,
  },
  limit: 10, // somebody shows a result to a few; whoever tries addresses learns nothing, and tells nobody more than this
})

export const takeBackShare = operation({
  method: 'DELETE',
  path: '/practice/shares/:id',
  summary: 'Take back what I show: from now on they find nothing',
  input: z.object({ id }),
  output: nothing,
  refusals: { no_such_share: 404 },
})

const Shown = z.object({
  id,
  shared_at: at,
  from: person,
  case_id: id,
  case_name: z.string(),
  category: z.string(),
  content_note: z.string(),
  format: slug,
  began_at: at,
  marked_by: z.enum(['partner', 'self']),
  rating: z.nullable(z.int()),
  scores: z.record(z.string(), z.int()),
  /** I know the case already, so that the whole gives nothing away. */
  known: z.boolean(),
})

export const listShown = operation({
  method: 'GET',
  path: '/practice/shares',
  summary: 'Results that others show me',
  output: z.object({ items: z.array(Shown) }),
})

export const readShown = operation({
  method: 'GET',
  path: '/practice/shares/:id',
  summary: 'One of them: who, which case, how it was rated; without what the case says',
  input: z.object({ id }),
  output: Shown,
  refusals: { no_such_share: 404 },
})

export const openShown = operation({
  method: 'GET',
  path: '/practice/shares/:id/whole',
  summary:
    'The whole of it: the checklist as marked and the words, which give the case away; so I say that I know. Not while I am the candidate in it',
  recorded: true,
  input: z.object({ id, knowing: z._default(z.boolean(), false) }),
  output: z.object({ condition: z.string(), checklist: z.array(Marked), words: z.string() }),
  refusals: { no_such_share: 404, gives_the_case_away: 409, not_yet: 403, no_profile_yet: 409 },
})
