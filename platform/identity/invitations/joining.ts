import type { Registration } from '#platform/configuration/environment.ts'
import type { Tx } from '#platform/database/conversation.ts'
import { RefusedError } from '#platform/operations/problem.ts'
import { hashOfWord } from '../word.ts'

/** What lets a newcomer in where registration is not open: the word of an invitation's link, or of the set-up link that the server printed. */
export type WayIn = { invitation?: string | undefined; setUp?: string | undefined }
export type Joining = WayIn & { registration: Registration }

/** Whether somebody with this address may join. Asked before it is looked up, so that the answer is the same whether it is known or not. */
export async function mayJoin(db: Tx<'service_role'>, email: string, { registration, invitation, setUp }: Joining): Promise<void> {
  if (invitation !== undefined || setUp !== undefined)
    return db.call('private.may_join', { address: email, invitation: hashed(invitation), set_up: hashed(setUp) })
  if (registration === 'closed') throw new RefusedError('registration_is_closed', 403)
  if (registration === 'invite') throw new RefusedError('invitation_needed', 403)
}

/** In the transaction that makes their account: an invitation is used with it, or not at all. */
export async function join(db: Tx<'service_role'>, userId: string, { invitation, setUp }: WayIn): Promise<void> {
  if (setUp !== undefined) await db.call('private.take_setup_for', { token_hash: hashOfWord(setUp), person: userId })
  if (invitation !== undefined) await db.call('private.take_invitation_for', { token_hash: hashOfWord(invitation), person: userId })
}

const hashed = (word: string | undefined) => (word === undefined ? undefined : hashOfWord(word))
