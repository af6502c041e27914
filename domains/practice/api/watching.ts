import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { at, changed, held, id, ofASession, seen, type } from './values.ts'

// Watching, by consent of both: one sends a link, somebody asks by it, the other agrees.

const token = z.string().check(z.minLength(10), z.maxLength(100))
const seated = { session_not_found: 404, session_is_cancelled: 409, session_has_ended: 409, seat_is_free: 409 } as const

export const makeObserverLink = operation({
  method: 'POST',
  path: '/practice/sessions/:id/observer-link',
  summary: 'The link by which somebody may ask to watch, on my word; the other has to agree to them',
  input: z.object({ id }),
  output: z.object({ link: z.string() }),
  refusals: seated,
})

export const listObservers = operation({
  method: 'GET',
  path: '/practice/sessions/:id/observers',
  summary: 'Who watches a session of mine, or asks to',
  input: z.object({ id }),
  output: z.object({
    items: z.array(z.object({ id, name: z.string(), avatar: z.nullable(z.string()), invited_by: id, asked_at: at, agreed: z.boolean() })),
  }),
})

export const agreeToObserver = operation({
  method: 'POST',
  path: '/practice/sessions/:id/observers/:person/agreement',
  summary: 'Agree to somebody whom the other has invited to watch',
  input: z.object({ ...seen, person: id }),
  output: changed,
  refusals: { ...held, no_such_observer: 404, yours_to_wait: 409 },
})

export const removeObserver = operation({
  method: 'DELETE',
  path: '/practice/sessions/:id/observers/:person',
  summary: 'Not agree to somebody who asks to watch, or agree no longer; they are outside at once',
  input: z.object({ id, person: id }),
  output: nothing,
  refusals: seated,
})

export const readObserverLink = operation({
  method: 'POST',
  path: '/practice/watching/reading',
  summary: 'What a link to watch leads to, for whoever has it',
  input: z.object({ token }),
  output: z.object({
    id,
    host_name: z.string(),
    guest_name: z.string(),
    invited_by: z.string(),
    starts_at: at,
    minutes: z.int(),
    type,
    format: z.string(),
    /** Null: I have not asked yet. */
    part: z.nullable(z.enum(['player', 'asked', 'observer'])),
  }),
  refusals: { link_opens_nothing: 404 },
  limit: 60,
})

export const askToWatch = operation({
  method: 'POST',
  path: '/practice/watching',
  summary: 'Ask to watch, by the link that one of the two has sent me',
  input: z.object({ token }),
  output: z.object({ id }),
  refusals: { link_opens_nothing: 404, no_profile_yet: 409, you_sit_there: 409, observers_are_two: 409 },
  limit: 20,
})

const { level: _level, note: _note, ...ofWhatIWatch } = ofASession

export const Watched = z.object({
  ...ofWhatIWatch,
  host_name: z.nullable(z.string()),
  guest_name: z.nullable(z.string()),
  candidate: z.nullable(z.enum(['host', 'guest'])),
  /** Both agree: until then there is neither a room nor a clock to be seen. */
  agreed: z.boolean(),
  room: z.nullable(id),
  cancelled_at: z.nullable(at),
  ended_at: z.nullable(at),
  round: z.nullable(z.int()),
  phase: z.enum(['scheduled', 'reading', 'running', 'marking', 'feedback', 'ended']),
  plan: z.nullable(z.record(z.string(), z.object({ seconds: z.nullable(z.int()), bells: z.array(z.int()) }))),
  reading_at: z.nullable(at),
  running_at: z.nullable(at),
  marking_at: z.nullable(at),
  feedback_at: z.nullable(at),
  paused_at: z.nullable(at),
  now: at,
})

export const listWatched = operation({
  method: 'GET',
  path: '/practice/watching',
  summary: 'Sessions that I watch, or ask to watch, latest first; fifty at most',
  input: z.object({}),
  output: z.object({ items: z.array(Watched) }),
})

export const readWatched = operation({
  method: 'GET',
  path: '/practice/watching/:id',
  summary: 'A session that I watch; its texts come as everybody’s do, by GET /practice/sessions/:id/texts',
  input: z.object({ id }),
  output: Watched,
  refusals: { session_not_found: 404 },
})

export const stopWatching = operation({
  method: 'DELETE',
  path: '/practice/watching/:id',
  summary: 'Watch no longer, or ask no longer',
  input: z.object({ id }),
  output: nothing,
  refusals: { session_not_found: 404 },
})
