import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'
import { byAdministrators, reason } from '../administration/api.ts'

const at = z.iso.datetime()
const role = z.enum(['person', 'administrator'])
const token = z.string().check(z.maxLength(200))
const closed = {
  no_such_invitation: 404,
  invitation_used: 409,
  invitation_revoked: 409,
  invitation_expired: 409,
} as const

export const invite = operation({
  method: 'POST',
  path: '/identity/invitations',
  summary: 'Make an invitation; with an address it is mailed, and taken by its owner alone',
  input: z.object({
    role: z._default(role, 'person'),
    email: z.optional(z.email().check(z.maxLength(254))),
    days: z._default(z.int().check(z.minimum(1), z.maximum(31)), 7),
    reason,
  }),
  output: z.object({ id: z.uuid(), link: z.string() }),
  refusals: byAdministrators,
})

export const listInvitations = operation({
  method: 'GET',
  path: '/identity/invitations',
  summary: 'Invitations, latest first',
  input: z.object(paging),
  output: pageOf(
    z.object({
      id: z.uuid(),
      role,
      email: z.nullable(z.string()),
      made_by: z.uuid(),
      made_at: at,
      expires_at: at,
      taken_at: z.nullable(at),
      taken_by: z.nullable(z.uuid()),
      revoked_at: z.nullable(at),
    }),
  ),
})

export const revokeInvitation = operation({
  method: 'DELETE',
  path: '/identity/invitations/:id',
  summary: 'Revoke an invitation that nobody took yet',
  input: z.object({ id: z.uuid(), reason }),
  output: nothing,
  refusals: { ...byAdministrators, no_such_invitation: 404 },
})

// POST, though it only reads: what is in an address ends up in histories and logs.
export const readInvitation = operation({
  method: 'POST',
  path: '/identity/invitations/reading',
  summary: 'What an invitation is for, for whoever has its link',
  who: 'anyone',
  input: z.object({ token }),
  output: z.object({ role, bound: z.boolean(), expires_at: at }),
  refusals: closed,
  limit: 30,
})

export const takeInvitation = operation({
  method: 'POST',
  path: '/identity/invitations/taking',
  summary: 'Take an invitation with the account I have',
  input: z.object({ token }),
  output: nothing,
  refusals: { ...closed, invitation_for_another: 403, is_leaving: 409 },
  limit: 30,
})
