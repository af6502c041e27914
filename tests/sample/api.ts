import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'

const title = z.string().check(z.minLength(1), z.maxLength(200))
export const Note = z.object({
  id: z.uuid(),
  title: z.string(),
  body: z.string(),
  kind: z.enum(['private', 'shared']),
  created_at: z.iso.datetime(),
})

export const readNote = operation({
  method: 'GET',
  path: '/sample/notes/:id',
  summary: 'One note',
  input: z.object({ id: z.uuid() }),
  output: Note,
  refusals: { no_such_note: 404 },
})

export const one = operation({
  method: 'GET',
  path: '/sample/one',
  summary: 'The least that can be asked of the database: what other reads are measured against',
  output: z.object({ one: z.int() }),
})

export const listNotes = operation({
  method: 'GET',
  path: '/sample/notes',
  summary: 'My notes and the shared ones, oldest first',
  input: z.object({ ...paging, kind: z.optional(z.enum(['private', 'shared'])), mine: z.optional(z.boolean()) }),
  output: pageOf(Note),
})

export const writeNote = operation({
  method: 'POST',
  path: '/sample/notes',
  summary: 'Write a note',
  input: z.object({
    title,
    body: z._default(z.string().check(z.maxLength(10_000)), ''),
    kind: z._default(z.enum(['private', 'shared']), 'private'),
  }),
  output: z.object({ id: z.uuid() }),
  refusals: { title_taken: 409 },
})

export const renameNote = operation({
  method: 'PATCH',
  path: '/sample/notes/:id',
  summary: 'Give a note another title',
  input: z.object({
    id: z.uuid(),
    title,
    about: z.optional(
      z.object({ why: z.string().check(z.maxLength(100)), tags: z.array(z.string().check(z.maxLength(20))).check(z.maxLength(5)) }),
    ),
  }),
  output: nothing,
  refusals: { title_taken: 409, no_such_note: 404 },
})

export const finishNote = operation({
  method: 'POST',
  path: '/sample/notes/:id/finish',
  summary: 'Finish a note, which the database refuses',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { nothing_to_finish: 409 },
})

export const countNotes = operation({
  method: 'GET',
  path: '/sample/count',
  summary: 'How many notes I have',
  output: z.object({ count: z.int() }),
})

export const visit = operation({
  method: 'POST',
  path: '/sample/visits',
  summary: 'Knock, and hear as whom the database sees you',
  who: 'anyone',
  output: z.object({ role: z.string() }),
  limit: 30,
})

export const countEverything = operation({
  method: 'GET',
  path: '/sample/everything',
  summary: 'How many notes there are',
  who: 'service',
  output: z.object({ count: z.int() }),
})

export const greet = operation({
  method: 'GET',
  path: '/sample/greeting',
  summary: 'A word for anyone',
  who: 'anyone',
  input: z.object({ name: z.optional(z.string().check(z.maxLength(50))), times: z.optional(z.int().check(z.minimum(1), z.maximum(3))) }),
  output: z.object({ says: z.string() }),
})

export const beginTalk = operation({
  method: 'POST',
  path: '/sample/talks',
  summary: 'Begin a talk with these people',
  input: z.object({ people: z.array(z.uuid()).check(z.maxLength(1_000)) }),
  output: z.object({ id: z.uuid() }),
  refusals: { no_such_person: 404 },
})

export const say = operation({
  method: 'POST',
  path: '/sample/talks/:id/lines',
  summary: 'Say something in a talk; again with the same id is once',
  input: z.object({ id: z.uuid(), client_id: z.uuid(), words: z.string().check(z.maxLength(1_000)) }),
  output: z.object({ first: z.boolean() }),
  refusals: { not_in_this_talk: 404 },
  limit: 1_000_000,
})

export const leaveTalk = operation({
  method: 'DELETE',
  path: '/sample/talks/:id/people/:person',
  summary: 'Somebody is no longer in a talk',
  input: z.object({ id: z.uuid(), person: z.uuid() }),
  output: nothing,
  refusals: { not_in_this_talk: 404 },
})

const seat = z.object({
  person: z.uuid(),
  role: z.string(),
  lets_in: z.optional(z.boolean()),
  waits: z.optional(z.boolean()),
  keeps_time: z.optional(z.boolean()),
  name: z.optional(z.string()),
})

const fromNow = z.int().check(z.minimum(-200_000), z.maximum(200_000))

export const openRoom = operation({
  method: 'POST',
  path: '/sample/rooms',
  summary: 'Open a room with these seats, and a clock on its wall',
  input: z.object({
    seats: z.array(seat).check(z.maxLength(20)),
    plan: z.optional(
      z.array(
        z.object({
          name: z.string(),
          seconds: z.nullable(z.int()),
          bells: z.optional(z.array(z.int())),
          by: z.optional(z.array(z.string())),
        }),
      ),
    ),
    /** Seconds from now. */
    opens_in: z._default(fromNow, -60),
    closes_in: z._default(fromNow, 3_600),
    most: z._default(z.int().check(z.minimum(0), z.maximum(10)), 4),
  }),
  output: z.object({ id: z.uuid() }),
  refusals: {
    no_such_person: 404,
    too_many_seats: 409,
    role_is_a_word: 422,
    name_is_short: 422,
    plan_is_sound: 422,
    four_at_most: 422,
    door_opens_before_it_closes: 422,
    door_is_open_for_a_day_at_most: 422,
  },
})

export const closeRoom = operation({
  method: 'DELETE',
  path: '/sample/rooms/:id',
  summary: 'Close a room, as its domain may',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { not_your_room: 404 },
})

export const removeSeat = operation({
  method: 'DELETE',
  path: '/sample/rooms/:id/seats/:person',
  summary: 'Take a seat away, as its domain may',
  input: z.object({ id: z.uuid(), person: z.uuid() }),
  output: nothing,
  refusals: { not_your_room: 404 },
})
