import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'
import { at, changed, held, id, ofASession, phase, role, seen, slug, type } from './values.ts'

// My sessions, and the station

/** Of somebody one is kept from, or who has left, no name. */
const Seat = z.object({ id, name: z.nullable(z.string()), avatar: z.nullable(z.string()) })
const listed = {
  ...ofASession,
  /** Nobody: I play alone. */
  partner: z.enum(['person', 'nobody']),
  host: Seat,
  /** Null: the seat is free, or there is none. */
  guest: z.nullable(Seat),
  phase: z.enum(['scheduled', 'reading', 'running', 'marking', 'feedback', 'ended']),
  /** The round under way. */
  round: z.nullable(z.int()),
  cancelled_at: z.nullable(at),
  ended_at: z.nullable(at),
}

export const Session = z.object({
  ...listed,
  /** Who has said that they are there, has been in the room, or has played; of a session that is to be met in, and not before a quarter of an hour before. */
  host_came: z.boolean(),
  guest_came: z.boolean(),
  /** As what I sit there. */
  me: z.enum(['host', 'guest']),
  /** What I play in this round, or will in the next; null while that is open. */
  role: z.nullable(role),
  candidate_id: z.nullable(id),
  case_id: z.nullable(id),
  /** The room of platform/rooms in which the two meet; null while the seat is free, and once it is over. */
  room: z.nullable(id),
  /** The round's phases as they were planned when it began, and the instants at which each began or begins; null: somebody will say when. */
  plan: z.nullable(z.record(z.string(), z.object({ seconds: z.nullable(z.int()), bells: z.array(z.int()) }))),
  reading_at: z.nullable(at),
  running_at: z.nullable(at),
  marking_at: z.nullable(at),
  feedback_at: z.nullable(at),
  /** Since when the round stands still: what is to come moves by the length of the pause, when somebody resumes. */
  paused_at: z.nullable(at),
  /** What one of the two wants of the clock, and the other may agree to. */
  ask: z.nullable(z.object({ what: z.enum(['pause', 'extend']), by: id, phase, seconds: z.nullable(z.int()) })),
  /** By which clocks the other one lives, while there is something to come and they have said it. */
  other_zone: z.nullable(z.string()),
  /** The server's clock when it answered: a browser's counts for nothing. */
  now: at,
})

export const listPracticeSessions = operation({
  method: 'GET',
  path: '/practice/sessions',
  summary:
    'Sessions in which I have a seat: those to come in the order of time, or those that are past, latest first; or all, latest first',
  input: z.object({ ...paging, when: z.optional(z.enum(['to_come', 'past'])) }),
  output: pageOf(z.object(listed)),
})

export const readSession = operation({
  method: 'GET',
  path: '/practice/sessions/:id',
  summary: 'A session in which I have a seat, with its room, roles and clock',
  input: z.object({ id }),
  output: Session,
  refusals: { session_not_found: 404 },
})

export const chooseRoles = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/roles',
  summary: 'Say which of the two is the candidate; null leaves it open',
  input: z.object({ ...seen, candidate_id: z.nullable(id) }),
  output: changed,
  refusals: { ...held, candidate_has_a_seat: 422, phase_out_of_order: 409 },
})

const ofTheCase = { no_such_case: 422, case_already_opened: 409, candidate_knows_the_case: 409 } as const

export const chooseCase = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/case',
  summary: 'Say which case comes next; null is a surprise',
  input: z.object({ ...seen, case_id: z.nullable(id) }),
  output: changed,
  refusals: { ...held, ...ofTheCase, phase_out_of_order: 409 },
})

// The station

export const beginStation = operation({
  method: 'POST',
  path: '/practice/sessions/:id/beginning',
  summary: 'Ring the first bell',
  input: z.object(seen),
  output: changed,
  refusals: { ...held, ...ofTheCase, seat_is_free: 409, roles_are_open: 409, too_early: 409, phase_out_of_order: 409, no_case_left: 409 },
})

export const practiseAlone = operation({
  method: 'POST',
  path: '/practice/alone',
  summary: 'Begin a station by myself, now',
  input: z.object({ type: z._default(type, 'mock'), format: slug, case_id: z._default(z.nullable(id), null) }),
  output: z.object({ id }),
  refusals: { ...ofTheCase, no_profile_yet: 409, no_such_format: 422, no_case_left: 409 },
  limit: 20, // each is a row and a surprise; nobody plays more
})

export const moveOn = operation({
  method: 'POST',
  path: '/practice/sessions/:id/phase',
  summary: 'Go on to the next phase before its bell: the candidate from reading, the actor from running and marking',
  input: z.object({ ...seen, phase: z.enum(['running', 'marking', 'feedback']) }),
  output: changed,
  refusals: { ...held, phase_out_of_order: 409, not_your_role: 403, clock_is_paused: 409 },
})

export const nextRound = operation({
  method: 'POST',
  path: '/practice/sessions/:id/rounds',
  summary: 'After the feedback: the other way round, with this case, or a surprise',
  input: z.object({ ...seen, case_id: z._default(z.nullable(id), null) }),
  output: changed,
  refusals: { ...held, ...ofTheCase, phase_out_of_order: 409, no_case_left: 409 },
})

export const endPracticeSession = operation({
  method: 'POST',
  path: '/practice/sessions/:id/ending',
  summary: 'Enough: what is open stays open, nothing else opens',
  input: z.object(seen),
  output: nothing,
  refusals: { ...held, phase_out_of_order: 409 },
})
