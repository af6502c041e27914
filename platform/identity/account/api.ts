import * as z from 'zod/mini'
import { claimRefusals } from '#platform/files/refusals.ts'
import { nothing, operation } from '#platform/operations/operation.ts'

const at = z.iso.datetime()

const account = z.object({
  id: z.uuid(),
  email: z.nullable(z.string()),
  name: z.string(),
  zone: z.nullable(z.string()),
  avatar_file_id: z.nullable(z.uuid()),
  administrator: z.boolean(),
  created_at: at,
  erases_at: z.nullable(at),
})

export const readAccount = operation({
  method: 'GET',
  path: '/identity/account',
  summary: 'My account',
  output: account,
})

export const readMe = operation({
  method: 'GET',
  path: '/identity/me',
  summary: 'Who is signed in here: their account, or nobody. What a page asks first, so a stranger is not refused',
  who: 'anyone',
  kept: true,
  output: z.object({ account: z.nullable(account) }),
})

// One line without control characters: it stands in mails, lists and announcements.
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(100), z.regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u))

export const changeAccount = operation({
  method: 'PATCH',
  path: '/identity/account',
  summary: 'Change my name or my time zone',
  input: z.object({ name: z.optional(name), zone: z.optional(z.nullable(z.string().check(z.maxLength(64)))) }),
  output: nothing,
  refusals: { no_such_zone: 422 },
})

export const changeAvatar = operation({
  method: 'PUT',
  path: '/identity/account/avatar',
  summary: 'Take an uploaded picture for my avatar, or none',
  input: z.object({ file_id: z.nullable(z.uuid()) }),
  output: nothing,
  refusals: claimRefusals,
})

export const listSessions = operation({
  method: 'GET',
  path: '/identity/sessions',
  summary: 'Where I am signed in, latest first',
  kept: true,
  output: z.object({
    sessions: z.array(
      z.object({ id: z.uuid(), device: z.string(), created_at: z.nullable(at), last_used_at: z.nullable(at), this_one: z.boolean() }),
    ),
  }),
})

export const endSession = operation({
  method: 'DELETE',
  path: '/identity/sessions/:id',
  summary: 'End one of my sign-in sessions',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { no_such_session: 404, sign_in_again: 403 },
})

export const endOtherSessions = operation({
  method: 'DELETE',
  path: '/identity/sessions',
  summary: 'End all my sign-in sessions but this one',
  output: z.object({ ended: z.int() }),
  refusals: { sign_in_again: 403 },
})
