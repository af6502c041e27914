import { hash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/database/conversation.ts'
import type { Proof, Session } from './tokens.ts'

// Sign-in sessions of API clients.
type Db = Tx<'service_role'>

export type Begun = { session: Session; refreshToken: string }
export type Beginning = { userId: string; method: string; userAgent?: string | undefined; ip?: string | undefined }

/** ASVS 5.0, 7.3.1 and 7.3.2: after this long without use, and after this long at the latest, people sign in anew. */
export const idle = '30 days'
const longest = '90 days'

export async function beginSession(db: Db, { userId, method, userAgent, ip }: Beginning): Promise<Begun> {
  const id = randomUUID()
  const refreshToken = randomBytes(32).toString('base64url')
  const now = sql<string>`now()`
  await db.all(
    db.insertInto('auth.sessions').values({
      id,
      user_id: userId,
      aal: 'aal1',
      created_at: now,
      updated_at: now,
      not_after: sql<string>`now() + ${longest}::interval`,
      user_agent: userAgent?.slice(0, 500) ?? null,
      ip: ip ?? null,
    }),
    db.insertInto('auth.mfa_amr_claims').values(claim(id, method)),
    db.insertInto('auth.refresh_tokens').values({
      instance_id: '00000000-0000-0000-0000-000000000000',
      token: hashOfToken(refreshToken),
      user_id: userId,
      revoked: false,
      parent: '',
      session_id: id,
      created_at: now,
      updated_at: now,
    }),
    db.updateTable('auth.users').set({ last_sign_in_at: now, updated_at: now }).where('id', '=', userId),
  )
  return { session: { id, aal: 'aal1', amr: [{ method, timestamp: Math.floor(Date.now() / 1_000) }] }, refreshToken }
}

/** A second proof for a session that is there: it is now known to be the person by two means. */
export async function liftSession(db: Db, { id, method, factorId }: { id: string; method: string; factorId: string }): Promise<Session> {
  await db
    .updateTable('auth.sessions')
    .set({ aal: 'aal2', factor_id: factorId, updated_at: sql<string>`now()` })
    .where('id', '=', id)
    .execute()
  await db
    .insertInto('auth.mfa_amr_claims')
    .values(claim(id, method))
    .onConflict((at) => at.columns(['session_id', 'authentication_method']).doUpdateSet({ updated_at: sql<string>`now()` }))
    .execute()
  return { id, aal: 'aal2', amr: await proofsOf(db, id) }
}

/** Of a refresh token only this is kept. */
export const hashOfToken = (token: string) => hash('sha256', `refresh ${token}`, 'base64url')

const claim = (session_id: string, authentication_method: string) => ({
  id: randomUUID(),
  session_id,
  authentication_method,
  created_at: sql<string>`now()`,
  updated_at: sql<string>`now()`,
})

/** The claim amr: the latest proof first, as GoTrue lists it. */
export async function proofsOf(db: Pick<Reader<'service_role'>, 'selectFrom'>, id: string): Promise<Proof[]> {
  const rows = await db
    .selectFrom('auth.mfa_amr_claims')
    .select(['authentication_method', 'updated_at'])
    .where('session_id', '=', id)
    .orderBy('updated_at', 'desc')
    .execute()
  return rows.map(({ authentication_method, updated_at }) => ({
    method: authentication_method,
    timestamp: Math.floor(Date.parse(updated_at) / 1_000),
  }))
}
