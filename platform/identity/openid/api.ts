import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'

export const readWaysIn = operation({
  method: 'GET',
  path: '/identity/ways-in',
  summary: 'How I can sign in, and which other providers are offered here',
  kept: true,
  output: z.object({
    password: z.boolean(),
    mail: z.boolean(),
    passkeys: z.int(),
    authenticators: z.int(),
    recovery_codes_left: z.int(),
    providers: z.array(
      z.object({ id: z.uuid(), provider: z.string(), email: z.nullable(z.string()), created_at: z.nullable(z.iso.datetime()) }),
    ),
    offered: z.array(z.string()),
  }),
})

export const beginLink = operation({
  method: 'POST',
  path: '/identity/links/begin',
  summary: 'Where to go to make another provider a way into my account',
  input: z.object({ provider: z.string().check(z.maxLength(30)) }),
  output: z.object({ url: z.string() }),
  refusals: { sign_in_again: 403, no_such_provider: 404 },
})

export const acceptLink = operation({
  method: 'POST',
  path: '/identity/links',
  summary: 'Take the provider I came back from as a way into my account, by the word in the address',
  input: z.object({ word: z.string().check(z.maxLength(100)) }),
  output: nothing,
  refusals: { no_such_link: 404, identity_is_anothers: 409 },
})

export const removeLink = operation({
  method: 'DELETE',
  path: '/identity/links/:id',
  summary: 'Take away a provider as a way into my account',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { sign_in_again: 403, no_such_identity: 404, last_way_in: 409 },
})
