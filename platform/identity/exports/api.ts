import * as z from 'zod/mini'
import { operation, pageOf, paging } from '#platform/operations/operation.ts'
import { byAdministrators, reason } from '../administration/api.ts'

const at = z.iso.datetime()

export const askForExport = operation({
  method: 'POST',
  path: '/identity/exports',
  summary: 'Ask for a copy of everything of mine; a mail says when it is ready',
  output: z.object({ id: z.uuid() }),
  refusals: { export_under_way: 409 },
  limit: 5,
})

export const listExports = operation({
  method: 'GET',
  path: '/identity/exports',
  summary: 'Exports made for me, latest first; each is a file of that id',
  kept: true,
  input: z.object(paging),
  output: pageOf(
    z.object({
      id: z.uuid(),
      user_id: z.uuid(),
      requested_at: at,
      ready_at: z.nullable(at),
      expires_at: z.nullable(at),
      bytes: z.nullable(z.int()),
    }),
  ),
})

export const handOver = operation({
  method: 'POST',
  path: '/identity/people/:id/export',
  summary: 'Make a copy of a person’s data: for them, or (broken glass, of which they are told) for me',
  input: z.object({ id: z.uuid(), reason, to: z.enum(['person', 'me']) }),
  output: z.object({ id: z.uuid() }),
  refusals: { ...byAdministrators, no_such_person: 404, export_under_way: 409 },
})
