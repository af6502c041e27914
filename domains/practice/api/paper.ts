import * as z from 'zod/mini'
import { operation } from '#platform/operations/operation.ts'
import { id, round } from './values.ts'

export const takeResult = operation({
  method: 'GET',
  path: '/practice/results/:session/:round/paper',
  summary: 'A result as a PDF, with the same that its page shows me, in base64; times are those of the zone',
  recorded: true,
  input: z.object({ session: id, round, zone: z._default(z.string().check(z.maxLength(64)), 'UTC') }),
  output: z.object({ name: z.string(), pdf: z.string() }),
  refusals: { result_not_found: 404, no_such_zone: 422, not_yet: 403 },
  limit: 20, // each is drawn anew, in a tenth of a second
})
