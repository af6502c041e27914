import * as z from 'zod/mini'
import { nothing, operation, paging } from '#platform/operations/operation.ts'

const at = z.iso.datetime()

export const listNotices = operation({
  method: 'GET',
  path: '/notices/mine',
  summary: 'What I was told, latest first, and how much of it I have not read',
  kept: true,
  input: z.object(paging),
  output: z.object({
    items: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        title: z.string(),
        body: z.string(),
        leads_to: z.nullable(z.string()),
        made_at: at,
        read_at: z.nullable(at),
      }),
    ),
    next: z.nullable(z.string()),
    unread: z.int(),
  }),
})

export const markRead = operation({
  method: 'PUT',
  path: '/notices/mine/:id/read',
  summary: 'Say that I have read a notice',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { no_such_notice: 404 },
})

export const markAllRead = operation({
  method: 'PUT',
  path: '/notices/mine/read',
  summary: 'Say that I have read all notices',
  output: nothing,
})

// What the service worker asks when it is poked (platform/web/worker/told.ts).
export const listWaiting = operation({
  method: 'GET',
  path: '/notices/waiting',
  summary: 'What my browsers were poked for within a day and I have not read, latest first, ten at most',
  output: z.object({
    items: z.array(
      z.object({ id: z.uuid(), title: z.string(), leads_to: z.nullable(z.string()), urgency: z.enum(['now', 'soon', 'later']) }),
    ),
  }),
})

const wallTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const quiet = z.nullable(z.object({ from: wallTime, until: wallTime }))

export const readChoices = operation({
  method: 'GET',
  path: '/notices/choices',
  summary: 'How I want to be told: whether my browsers may be poked, and when it is quiet (wall times in my zone, UTC without one)',
  output: z.object({ push: z.boolean(), quiet, zone: z.nullable(z.string()) }),
})

export const changeChoices = operation({
  method: 'PATCH',
  path: '/notices/choices',
  summary: 'Say how I want to be told',
  input: z.object({ push: z.optional(z.boolean()), quiet: z.optional(quiet) }),
  output: nothing,
  refusals: { quiet_from_until: 422 },
})

export const tryMe = operation({
  method: 'POST',
  path: '/notices/trial',
  summary: 'Tell me something, now and on every browser of mine that may be poked, to see whether it arrives',
  output: nothing,
  refusals: { nothing_is_on: 409 },
  limit: 6,
})
