import type { Registration } from '#platform/configuration/environment.ts'
import type { Tx } from '#platform/database/conversation.ts'
import { RefusedError } from '#platform/operations/problem.ts'
import { hashOfWord } from '../word.ts'

export type Joining = {
  registration: Registration
  userId: string
  /** The word of an invitation's link. */
  invitation?: string | undefined
  /** The token of the set-up link that the server printed. */
  setUp?: string | undefined
}

/** Whether a newcomer may join. In the transaction that makes their account: refused, there was no account; and an invitation is used with it or not at all. */
export async function join(db: Tx<'service_role'>, { registration, userId, invitation, setUp }: Joining): Promise<void> {
  if (setUp !== undefined) return db.call('private.take_setup_for', { token_hash: hashOfWord(setUp), person: userId })
  if (invitation !== undefined) return db.call('private.take_invitation_for', { token_hash: hashOfWord(invitation), person: userId })
  if (registration === 'closed') throw new RefusedError('registration_is_closed', 403)
  if (registration === 'invite') throw new RefusedError('invitation_needed', 403)
}
