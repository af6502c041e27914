import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { Registered } from './credential.ts'

// Signing in with a passkey is `/auth/v1/passkeys/authentication/…`, for programs and for our own pages alike.
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(120), z.regex(/^\P{C}*$/u))

export const Passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  transports: z.array(z.string()),
  backed_up: z.boolean(),
  created_at: z.iso.datetime(),
  last_used_at: z.nullable(z.iso.datetime()),
})

export const listPasskeys = operation({
  method: 'GET',
  path: '/identity/passkeys',
  summary: 'My passkeys, oldest first',
  output: z.object({ passkeys: z.array(Passkey) }),
})

export const beginPasskeyRegistration = operation({
  method: 'POST',
  path: '/identity/passkeys/registration',
  summary: 'What to hand to navigator.credentials.create() for a new passkey',
  output: z.object({ challenge_id: z.uuid(), options: z.record(z.string(), z.unknown()), expires_at: z.int() }),
  refusals: { sign_in_again: 403, too_many_passkeys: 409 },
  limit: 30,
})

export const finishPasskeyRegistration = operation({
  method: 'POST',
  path: '/identity/passkeys',
  summary: 'Register the passkey that navigator.credentials.create() gave',
  input: z.object({ challenge_id: z.uuid(), credential: Registered, name: z.optional(name) }),
  output: Passkey,
  refusals: {
    sign_in_again: 403,
    no_such_challenge: 404,
    challenge_expired: 409,
    passkey_is_known_already: 409,
    too_many_passkeys: 409,
    passkey_not_accepted: 422,
  },
})

export const renamePasskey = operation({
  method: 'PATCH',
  path: '/identity/passkeys/:id',
  summary: 'Call a passkey of mine something else',
  input: z.object({ id: z.uuid(), name }),
  output: nothing,
  refusals: { no_such_passkey: 404 },
})

export const removePasskey = operation({
  method: 'DELETE',
  path: '/identity/passkeys/:id',
  summary: 'Remove a passkey of mine',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { sign_in_again: 403, no_such_passkey: 404, last_way_in: 409 },
})
