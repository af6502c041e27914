import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { byAdministrators, reason } from '../administration/api.ts'

const at = z.iso.datetime()

export const readDeletion = operation({
  method: 'GET',
  path: '/identity/deletion',
  summary: 'Whether I am leaving, and what stays when I do',
  kept: true,
  output: z.object({
    asked_at: z.nullable(at),
    erases_at: z.nullable(at),
    keeps: z.array(z.object({ part: z.string(), says: z.string() })),
  }),
})

export const askForDeletion = operation({
  method: 'POST',
  path: '/identity/deletion',
  summary: 'Leave: in two weeks everything of mine is erased, and until then I can think better of it',
  output: z.object({ erases_at: at }),
  refusals: { already_leaving: 409, is_administrator: 409 },
  limit: 10,
})

export const cancelDeletion = operation({
  method: 'DELETE',
  path: '/identity/deletion',
  summary: 'Stay after all',
  output: nothing,
  refusals: { nothing_to_cancel: 409 },
})

// Without signing in: somebody else may have asked in their name and changed the password.
export const cancelDeletionByLink = operation({
  method: 'POST',
  path: '/identity/deletion/cancelling',
  summary: 'Stay after all, by the link in the mail',
  who: 'anyone',
  input: z.object({ token: z.string().check(z.maxLength(200)) }),
  output: nothing,
  refusals: { nothing_to_cancel: 409 },
  limit: 10,
})

export const erasePersonNow = operation({
  method: 'DELETE',
  path: '/identity/people/:id',
  summary: 'Erase a person at once; there is no way back',
  input: z.object({ id: z.uuid(), reason }),
  output: nothing,
  refusals: { ...byAdministrators, no_such_person: 404, is_administrator: 409 },
})
