import { auditFor } from '#platform/audit/append.ts'
import type { Tx } from '#platform/database/conversation.ts'
import { endSession } from '../ending.ts'
import { mailPasskeyRemoved } from '../ways-in-mails.ts'
import { holdWaysIn, isLastWayIn } from '../ways-in.ts'

type Db = Tx<'service_role'>

/** With it end the sessions that rest on it, but for the one in which it is removed: whoever has found or stolen the device is out. */
export async function removePasskey(
  db: Db,
  { id, userId, sessionId }: { id: string; userId: string; sessionId?: string | undefined },
): Promise<undefined | 'no_such_passkey' | 'last_way_in'> {
  const ways = await holdWaysIn(db, userId)
  if (!ways.passkeys.includes(id)) return 'no_such_passkey'
  if (isLastWayIn(ways, id)) return 'last_way_in'
  await db.deleteFrom('identity.passkeys').where('id', '=', id).execute()
  const resting = await db.selectFrom('auth.sessions').select('id').where('user_id', '=', userId).where('factor_id', '=', id).execute()
  for (const session of resting) if (session.id !== sessionId) await endSession(db, session.id)
  auditFor(db, userId, { action: 'identity.passkey-removed', subject: { kind: 'passkey', id } })
  await mailPasskeyRemoved(db, userId)
  return undefined
}
