import { sql } from 'kysely'
import type { Tx } from '#platform/database/conversation.ts'
import { erasePerson } from '../people.ts'
import { derived } from '../sealed.ts'

// The last step: what identity itself keeps of a person. The bare row stays, for the other side of other people's records.
export async function eraseAccount(db: Tx<'service_role'>, userId: string, secrets: Buffer): Promise<void> {
  const [account] = await db.selectFrom('auth.users').select('email').where('id', '=', userId).execute()
  const tried = [userId, account?.email ?? userId].map((whom) => derived(secrets, 'attempts', whom)) // as attempts.ts names them
  await db.deleteFrom('identity.attempts').where('whom', 'in', tried).execute()
  if (account?.email) await db.updateTable('identity.invitations').set({ email: null }).where('email', '=', account.email).execute()
  await db.deleteFrom('identity.exports').where('user_id', '=', userId).execute()
  await erasePerson(db, userId)
}

/** What no longer counts must not hold an address for ever: of invitations that nobody took in time. */
export const forgetInvited = (db: Tx<'service_role'>) =>
  db
    .updateTable('identity.invitations')
    .set({ email: null })
    .where('email', 'is not', null)
    .where('expires_at', '<', sql<string>`now()`)
    .execute()
