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
