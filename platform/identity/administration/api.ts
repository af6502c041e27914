import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'

// Every act takes a reason. It stays in the audit when the person is gone, so it may not name them.
export const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(500))
export const byAdministrators = { administrators_only: 403, reason_needed: 422, reason_names_them: 422 } as const
const onSomebody = { ...byAdministrators, no_such_person: 404 } as const
const somebody = z.object({ id: z.uuid(), reason })
const at = z.iso.datetime()

export const findPeople = operation({
  method: 'GET',
  path: '/identity/people',
  summary: 'Find people by their address or name, latest first',
  recorded: true,
  input: z.object({ ...paging, search: z._default(z.string().check(z.maxLength(200)), ''), reason }),
  output: pageOf(
    z.object({
      id: z.uuid(),
      email: z.nullable(z.string()),
      name: z.string(),
      confirmed: z.boolean(),
      administrator: z.boolean(),
      suspended: z.boolean(),
      created_at: at,
    }),
  ),
  refusals: byAdministrators,
})

export const seePerson = operation({
  method: 'GET',
  path: '/identity/people/:id',
  summary: 'One person’s account and where they are signed in; that it was seen is recorded',
  recorded: true,
  input: somebody,
  output: z.object({
    id: z.uuid(),
    email: z.nullable(z.string()),
    name: z.string(),
    zone: z.nullable(z.string()),
    confirmed_at: z.nullable(at),
    created_at: at,
    last_sign_in_at: z.nullable(at),
    suspended_at: z.nullable(at),
    administrator: z.boolean(),
    second_factors: z.int(),
    sessions: z.array(z.object({ id: z.uuid(), device: z.string(), created_at: z.string(), aal: z.nullable(z.string()) })),
  }),
  refusals: onSomebody,
})

export const suspend = operation({
  method: 'PUT',
  path: '/identity/people/:id/suspension',
  summary: 'Suspend a person: their sessions end, and nobody signs in as them',
  input: somebody,
  output: nothing,
  refusals: { ...onSomebody, is_administrator: 409 },
})

export const liftSuspension = operation({
  method: 'DELETE',
  path: '/identity/people/:id/suspension',
  summary: 'Lift a suspension',
  input: somebody,
  output: nothing,
  refusals: onSomebody,
})

export const endSessionsOf = operation({
  method: 'DELETE',
  path: '/identity/people/:id/sessions',
  summary: 'End all sign-in sessions of a person',
  input: somebody,
  output: z.object({ ended: z.int() }),
  refusals: onSomebody,
})

export const confirmAddress = operation({
  method: 'PUT',
  path: '/identity/people/:id/confirmation',
  summary: 'Confirm a person’s address, known to be theirs by other means',
  input: somebody,
  output: nothing,
  refusals: onSomebody,
})

export const listAdministrators = operation({
  method: 'GET',
  path: '/identity/administrators',
  summary: 'Who administrates',
  output: z.object({
    administrators: z.array(z.object({ user_id: z.uuid(), granted_by: z.nullable(z.uuid()), granted_at: at, demo: z.boolean() })),
  }),
})

export const makeAdministrator = operation({
  method: 'PUT',
  path: '/identity/administrators/:id',
  summary: 'Make a person an administrator',
  input: somebody,
  output: nothing,
  refusals: { ...onSomebody, is_suspended: 409, is_leaving: 409 },
})

export const unmakeAdministrator = operation({
  method: 'DELETE',
  path: '/identity/administrators/:id',
  summary: 'Make an administrator an ordinary person again',
  input: somebody,
  output: nothing,
  refusals: { ...byAdministrators, not_an_administrator: 404, last_administrator: 409 },
})

export const setUp = operation({
  method: 'POST',
  path: '/identity/setup',
  summary: 'Become the first administrator, by the link that the server printed',
  input: z.object({ token: z.string().check(z.maxLength(200)) }),
  output: nothing,
  refusals: { setup_link_not_valid: 403, is_leaving: 409 },
  limit: 10,
})
