import { hash, randomUUID, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '#platform/database/conversation.ts'

// PKCE (RFC 7636): the page that asks for a mail keeps a secret and sends its hash along. The link in the mail then leads back
// with a code, which is worth nothing without the secret: not to whoever reads the address bar, the history or the mail.
type Db = Tx<'service_role'>

export type Challenge = { challenge: string; method: 's256' | 'plain' }
export type Flow = { userId: string; method: string }
export type NoFlow = 'flow_state_not_found' | 'flow_state_expired' | 'bad_code_verifier'

const codeLasts = '5 minutes'

export async function beginFlow(db: Db, { userId, method }: Flow, { challenge, method: challengeMethod }: Challenge): Promise<void> {
  const now = sql<string>`now()`
  await db.deleteFrom('auth.flow_state').where('user_id', '=', userId).where('authentication_method', '=', method).execute()
  await db
    .insertInto('auth.flow_state')
    .values({
      id: randomUUID(),
      user_id: userId,
      auth_code: hashed(randomUUID()), // nobody's, until the link is followed
      code_challenge: challenge,
      code_challenge_method: challengeMethod,
      provider_type: 'email',
      authentication_method: method,
      created_at: now,
      updated_at: now,
    })
    .execute()
}

/** Once the link was followed: the code that leads back. */
export async function codeOfFlow(db: Db, { userId, method }: Flow): Promise<string | undefined> {
  const code = randomUUID()
  const flow = await db
    .updateTable('auth.flow_state')
    .set({ auth_code: hashed(code), auth_code_issued_at: sql<string>`now()`, updated_at: sql<string>`now()` })
    .where('user_id', '=', userId)
    .where('authentication_method', '=', method)
    .returning('id')
    .executeTakeFirst()
  return flow && code
}

/** A code is used up by the first who shows it, even with the wrong secret. A refusal is a value, for it must be committed. */
export async function endFlow(db: Db, code: string, verifier: string): Promise<Flow | NoFlow> {
  const flow = await db
    .deleteFrom('auth.flow_state')
    .where('auth_code', '=', hashed(code))
    .returning(['user_id', 'authentication_method', 'code_challenge', 'code_challenge_method'])
    .returning(sql<boolean>`coalesce(auth_code_issued_at < now() - ${codeLasts}::interval, true)`.as('over'))
    .executeTakeFirst()
  if (!flow?.user_id || !flow.code_challenge) return 'flow_state_not_found'
  if (flow.over) return 'flow_state_expired'
  const shown = flow.code_challenge_method === 's256' ? hash('sha256', verifier, 'base64url') : verifier
  if (!same(shown, flow.code_challenge)) return 'bad_code_verifier'
  return { userId: flow.user_id, method: flow.authentication_method }
}

const hashed = (code: string) => hash('sha256', `flow ${code}`)
const same = (a: string, b: string) => timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
