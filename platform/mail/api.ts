import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'

export const Preference = z.object({
  kind: z.string(),
  says: z.string(),
  mandatory: z.boolean(),
  wanted: z.boolean(),
})

export const listPreferences = operation({
  method: 'GET',
  path: '/mail/preferences',
  summary: 'Every kind of mail there is, and whether I get it',
  kept: true,
  output: z.object({ kinds: z.array(Preference) }),
})

export const setPreference = operation({
  method: 'PUT',
  path: '/mail/preferences/:kind',
  summary: 'Say whether I want mails of a kind',
  input: z.object({ kind: z.string().check(z.maxLength(100)), wanted: z.boolean() }),
  output: nothing,
  refusals: { no_such_kind: 404, always_sent: 409 },
})
