import { randomUUID } from 'node:crypto'
import { later } from '#platform/jobs/later.ts'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import type { Server } from '#platform/part.ts'
import { hashOfWord, wordOf } from '../word.ts'
import * as api from './api.ts'
import { invitationLink, mailInvitation } from './tell.ts'

const shown = ['id', 'role', 'email', 'made_by', 'made_at', 'expires_at', 'taken_at', 'taken_by', 'revoked_at'] as const

export const invitationHandlers = (server: Server) => [
  handle(api.invite, async ({ input: { role, email, days, reason }, db }) => {
    const id = randomUUID()
    const { configuration, keys } = server
    const token_hash = hashOfWord(wordOf(keys.secrets, 'invitation', id))
    await db.call('private.invite', { id, token_hash, role, email: email ?? null, days, reason })
    if (email !== undefined) await later(db, mailInvitation, { id })
    return { id, link: invitationLink(configuration.publicUrl, keys.secrets, id) }
  }),

  handle(api.listInvitations, async ({ input, db }) =>
    page(db.selectFrom('identity.invitations').select(shown), { by: ['made_at', 'id'], descending: true }, input),
  ),

  handle(api.revokeInvitation, async ({ input: { id, reason }, db }) => {
    await db.call('private.revoke_invitation', { invitation: id, reason })
    return {}
  }),

  handle(api.readInvitation, async ({ input, db }) => {
    const [invitation] = await db.rows('private.read_invitation', { token_hash: hashOfWord(input.token) })
    const { role, bound, expires_at } = invitation!
    return { role: role as 'person' | 'administrator', bound: bound!, expires_at: expires_at! }
  }),

  handle(api.takeInvitation, async ({ input, db }) => {
    await db.call('private.take_invitation', { token_hash: hashOfWord(input.token) })
    return {}
  }),
]
