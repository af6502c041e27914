import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'

export const File = z.object({
  id: z.uuid(),
  purpose: z.string(),
  name: z.string(),
  state: z.enum(['uploading', 'scanning', 'clean', 'quarantined']),
  mime: z.nullable(z.string()),
  size: z.nullable(z.int()),
  sha256: z.nullable(z.string()),
  created_at: z.iso.datetime(),
  expires_at: z.nullable(z.iso.datetime()),
})

export const readFile = operation({
  method: 'GET',
  path: '/files/:id',
  summary: 'What is known of a file of mine',
  input: z.object({ id: z.uuid() }),
  output: File,
  refusals: { no_such_file: 404 },
})

export const linkFile = operation({
  method: 'POST',
  path: '/files/:id/link',
  summary: 'A link by which I can download a file for some minutes',
  input: z.object({ id: z.uuid() }),
  output: z.object({ url: z.string(), expiresAt: z.iso.datetime() }),
  refusals: { no_such_file: 404, file_is_lost: 404, file_is_being_scanned: 409, file_is_quarantined: 409 },
})

export const removeFile = operation({
  method: 'DELETE',
  path: '/files/:id',
  summary: 'Throw away a file of mine that nothing holds',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { no_such_file: 404, file_is_in_use: 409 },
})
