import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'

const at = z.iso.datetime()
const asked = z.iso.datetime().check(z.maxLength(30)) // nanoseconds; of much longer ones PostgreSQL makes no instant

const planned = z.object({
  id: z.uuid(),
  kind: z.string(),
  /** In neutral words; 'Busy' where nobody tells. */
  title: z.string(),
  state: z.enum(['agreed', 'open', 'asked', 'yours', 'held', 'busy']),
  with: z.array(z.object({ name: z.string(), zone: z.optional(z.string()) })),
  leads_to: z.nullable(z.string()),
  join: z.nullable(z.string()),
  starts_at: at,
  ends_at: at,
})

const span = { from: asked, until: asked }

export const readCalendar = operation({
  method: 'GET',
  path: '/scheduling/calendar',
  summary: 'What I have planned between two instants, at most 62 days apart, in the order of time',
  input: z.object(span),
  output: z.object({ items: z.array(planned) }),
  refusals: { span_is_not_one: 422 },
})

export const readNext = operation({
  method: 'GET',
  path: '/scheduling/next',
  summary: 'What is next of mine, the first five within two weeks; and apart from them what waits for an answer of mine',
  output: z.object({ next: z.array(planned), waiting: z.array(planned) }),
})

export const amIFree = operation({
  method: 'GET',
  path: '/scheduling/free',
  summary:
    'Whether I am free between two instants, and which plans of mine are in the way. With a meeting of mine: as if it were moved there, and whether the others in it are free, but never who is not, or why; for a time as long as the meeting is, from a quarter of an hour on, and sixty times a day',
  input: z.object({ ...span, meeting: z.optional(z.uuid()) }),
  output: z.object({ free: z.boolean(), in_the_way: z.array(planned), others_are_free: z.nullable(z.boolean()) }),
  recorded: true, // counts how often somebody asks about others
  refusals: { span_is_not_one: 422, no_such_meeting: 404, not_a_time_to_move_to: 422, asked_enough_for_today: 409 },
  limit: 10, // enough to look for an hour, and too little to read somebody's week by trying
})

export const readFeed = operation({
  method: 'GET',
  path: '/scheduling/feed',
  summary: 'The address of my calendar for programs elsewhere, if I have made one',
  output: z.object({ feed: z.nullable(z.object({ url: z.string(), made_at: at, fetched_at: z.nullable(at) })) }),
})

export const makeFeed = operation({
  method: 'POST',
  path: '/scheduling/feed',
  summary: 'Make an address for my calendar; the one before it is good no longer',
  output: z.object({ url: z.string() }),
  limit: 10,
})

export const revokeFeed = operation({
  method: 'DELETE',
  path: '/scheduling/feed',
  summary: 'Revoke the address of my calendar',
  output: nothing,
})

const reminders = { day_before: z.boolean(), hour_before: z.boolean(), ten_minutes: z.boolean() }

export const readReminders = operation({
  method: 'GET',
  path: '/scheduling/reminders',
  summary: 'How long before a meeting I am reminded of it',
  output: z.object(reminders),
})

export const chooseReminders = operation({
  method: 'PUT',
  path: '/scheduling/reminders',
  summary: 'Choose how long before a meeting I am reminded of it',
  input: z.object(reminders),
  output: nothing,
})
