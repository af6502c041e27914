import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'

const at = z.iso.datetime()
const version = z.int().check(z.minimum(0), z.maximum(2_000_000_000)) // the database's integer
const phase = z.int().check(z.minimum(1), z.maximum(20))

const Seat = z.object({
  person: z.uuid(),
  name: z.string(),
  role: z.string(),
  state: z.enum(['outside', 'waiting', 'inside', 'left']),
  /** Since when they are in that state. */
  since: at,
  /** The tab that counts; null unless they are inside or waiting, and to whoever is not inside (but one's own). */
  entry: z.nullable(z.uuid()),
  lets_in: z.boolean(),
  waits: z.boolean(),
  keeps_time: z.boolean(),
  /** Inside or waiting, and not heard of since; null while they are heard of. */
  away_since: z.nullable(at),
})

const Clock = z.object({
  version,
  plan: z.array(
    z.object({
      name: z.string(),
      /** null: until somebody goes on. */
      seconds: z.nullable(z.int()),
      /** Seconds after the phase would have begun, counted from its end. */
      bells: z.array(z.int()),
      /** The roles that may go on from it; without any, whoever keeps time. */
      by: z.array(z.string()),
    }),
  ),
  /** When each phase begins, and the last one ends: one more than phases; null where nobody knows. Empty: not begun. */
  instants: z.array(z.nullable(at)),
  paused_at: z.nullable(at),
  stopped_at: z.nullable(at),
  /** Of the phase it is about; void when that is over. Only for who is inside. */
  ask: z.nullable(z.object({ what: z.enum(['pause', 'extend']), by: z.uuid(), phase, seconds: z.nullable(z.int()) })),
})

export const Room = z.object({
  id: z.uuid(),
  kind: z.string(),
  version,
  /** The database's clock when it answered. */
  now: at,
  opens_at: at,
  closes_at: at,
  /** When the door closes by itself, a while after `closes_at`. */
  ends_at: at,
  /** Also where it has ended by the clock and nobody has tidied up yet. */
  closed_at: z.nullable(at),
  /** How many may be inside at once. */
  most: z.int(),
  me: Seat,
  /** Those whom I may see: inside everybody with a seat, else those who let in. */
  others: z.array(Seat),
  clock: z.nullable(Clock),
})

const here = { not_your_room: 404 } as const
const id = z.uuid()
const entry = z.uuid()

export const readRoom = operation({
  method: 'GET',
  path: '/rooms/:id',
  summary: 'A room in which I have a seat: who is there, and its clock',
  input: z.object({ id }),
  output: Room,
  refusals: here,
  limit: 240,
})

export const enterRoom = operation({
  method: 'PUT',
  path: '/rooms/:id/entry',
  summary: 'Go in, or wait to be let in; a newer entry of mine takes over from an older one',
  input: z.object({ id, entry }),
  output: Room,
  refusals: { ...here, room_is_not_open_yet: 409, room_is_closed: 409, room_is_full: 409, entry_is_taken: 409 },
})

export const stillHere = operation({
  method: 'PUT',
  path: '/rooms/:id/here',
  summary: 'Say every half a minute that this entry is still there',
  input: z.object({ id, entry }),
  output: nothing,
  refusals: { ...here, not_inside: 409, taken_over: 409 },
})

export const leaveRoom = operation({
  method: 'POST',
  path: '/rooms/:id/leaving',
  summary: 'Leave, with the entry by which I came; I may come back while the door is open',
  input: z.object({ id, entry }),
  output: nothing,
  refusals: { ...here, not_inside: 409, taken_over: 409 },
})

export const admit = operation({
  method: 'POST',
  path: '/rooms/:id/seats/:person/admission',
  summary: 'Let somebody in who waits',
  input: z.object({ id, person: z.uuid() }),
  output: Room,
  refusals: {
    ...here,
    room_is_closed: 409,
    not_inside: 409,
    not_yours_to_let_in: 403,
    not_waiting: 409,
    room_is_full: 409,
    cannot_come_in_now: 409,
  },
})

// The acts on the clock answer with the room as it is then.
const acting = { id, version }
const clockActs = {
  ...here,
  room_is_closed: 409,
  not_inside: 409,
  no_clock_here: 404,
  not_your_clock: 403,
  clock_has_changed: 409,
} as const

export const beginClock = operation({
  method: 'POST',
  path: '/rooms/:id/clock/beginning',
  summary: 'Begin the first phase, now',
  input: z.object(acting),
  output: Room,
  refusals: { ...clockActs, clock_has_begun: 409 },
})

export const askClock = operation({
  method: 'POST',
  path: '/rooms/:id/clock/ask',
  summary:
    'Ask for a pause, or for so many more seconds of this phase; done at once where nobody else keeps time, or the other has asked for the same',
  input: z.object({
    ...acting,
    phase,
    what: z.enum(['pause', 'extend']),
    /** Of an extension. */
    seconds: z.optional(z.int().check(z.minimum(30), z.maximum(1_800))),
  }),
  output: Room,
  refusals: {
    ...clockActs,
    clock_is_not_running: 409,
    clock_is_paused: 409,
    phase_is_over: 409,
    phase_has_no_end: 409,
    yours_to_wait: 409,
    answer_first: 409,
    seconds_are_missing: 422,
  },
})

export const agreeClock = operation({
  method: 'POST',
  path: '/rooms/:id/clock/agreement',
  summary: 'Agree to what another has asked of the clock',
  input: z.object(acting),
  output: Room,
  refusals: {
    ...clockActs,
    nothing_is_asked: 409,
    yours_to_wait: 409,
  },
})

export const declineClock = operation({
  method: 'DELETE',
  path: '/rooms/:id/clock/ask',
  summary: 'Decline what another has asked of the clock, or take back what I have asked',
  input: z.object(acting),
  output: Room,
  refusals: { ...clockActs, nothing_is_asked: 409 },
})

export const resumeClock = operation({
  method: 'POST',
  path: '/rooms/:id/clock/resumption',
  summary: 'End the pause; everything to come moves by its length',
  input: z.object(acting),
  output: Room,
  refusals: { ...clockActs, clock_is_not_paused: 409 },
})

export const nextPhase = operation({
  method: 'POST',
  path: '/rooms/:id/clock/next',
  summary: 'Go on from this phase before its bell; from the last one, the clock is over',
  input: z.object({ ...acting, phase }),
  output: Room,
  refusals: { ...clockActs, clock_is_not_running: 409, clock_is_paused: 409, phase_is_over: 409, not_your_role: 403 },
})

export const stopClock = operation({
  method: 'POST',
  path: '/rooms/:id/clock/stopping',
  summary: 'Stop the clock for good',
  input: z.object(acting),
  output: Room,
  refusals: { ...clockActs, clock_is_not_running: 409 },
})

const relays = z.object({
  ice_servers: z.array(z.object({ urls: z.array(z.string()), username: z.optional(z.string()), credential: z.optional(z.string()) })),
  /** Whether one of them is a relay (TURN): else a call needs a network that lets the two reach each other. */
  relay: z.boolean(),
  /** Ask again before, for instance with an ICE restart. */
  expires_at: at,
})

export const iceServers = operation({
  method: 'POST',
  path: '/rooms/:id/ice-servers',
  summary:
    'The relays of this installation for a call in which I am, with credentials until a while after its door closes, four hours at most; none where the operator has set none',
  input: z.object({ id }),
  output: relays,
  refusals: { ...here, room_is_closed: 409, not_inside: 409 },
  limit: 20,
})

export const iceServersToCheck = operation({
  method: 'POST',
  path: '/rooms/ice-servers',
  summary: 'The relays of this installation, with credentials for ten minutes, to see whether this network lets a call through',
  output: relays,
  limit: 6, // somebody who tries this and that with their network; a relay's traffic costs
})
