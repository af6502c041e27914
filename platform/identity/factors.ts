import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/database/conversation.ts'
import type { Account } from './people.ts'
import { seal, unseal } from './sealed.ts'
import { newSecret, stepOf, uriOf } from './totp.ts'

// Second factors: authenticator apps today. Their secrets are sealed; a code counts once, and so does a challenge.
type Db = Tx<'service_role'>

export type Factor = {
  id: string
  friendly_name: string | null
  factor_type: 'totp' | 'webauthn' | 'phone'
  status: 'unverified' | 'verified'
  created_at: string
  updated_at: string
}
export type Challenge = { id: string; expiresAt: number }
export type Wrong = 'mfa_factor_not_found' | 'mfa_challenge_expired' | 'mfa_verification_failed'

const challengeSeconds = 300
export const mostFactors = 10

const columns = ['id', 'friendly_name', 'factor_type', 'status', 'created_at', 'updated_at'] as const

export const factorsOf = (db: Pick<Reader<'service_role'>, 'selectFrom'>, userId: string): Promise<Factor[]> =>
  db.selectFrom('auth.mfa_factors').select(columns).where('user_id', '=', userId).orderBy('created_at').execute()

export type Enrolment = { id: string; secret: string; uri: string }

/** Begun, but it counts only once its first code was right. */
export async function enrolTotp(
  db: Db,
  secrets: Buffer,
  account: Account,
  { name, issuer }: { name: string; issuer: string },
): Promise<Enrolment> {
  const id = randomUUID()
  const secret = newSecret()
  const now = sql<string>`now()`
  await db
    .insertInto('auth.mfa_factors')
    .values({
      id,
      user_id: account.id,
      friendly_name: name,
      factor_type: 'totp',
      status: 'unverified',
      secret: seal(secrets, id, secret),
      created_at: now,
      updated_at: now,
    })
    .execute()
  return { id, secret, uri: uriOf(secret, { issuer, account: account.email ?? account.id }) }
}

export async function challengeFactor(db: Db, factorId: string, ip: string): Promise<Challenge> {
  const id = randomUUID()
  await db.insertInto('auth.mfa_challenges').values({ id, factor_id: factorId, ip_address: ip, created_at: sql<string>`now()` }).execute()
  return { id, expiresAt: Math.floor(Date.now() / 1_000) + challengeSeconds }
}

export type Answer = { factorId: string; challengeId: string; code: string; userId: string }

/** Whether the answer was right; then the factor counts from now on. */
export async function answerChallenge(db: Db, secrets: Buffer, { factorId, challengeId, code, userId }: Answer): Promise<Wrong | 'right'> {
  const asked = await db
    .selectFrom('auth.mfa_challenges as c')
    .innerJoin('auth.mfa_factors as f', 'f.id', 'c.factor_id')
    .select(['f.secret', 'c.verified_at'])
    .select(sql<boolean>`c.created_at < now() - ${`${challengeSeconds} seconds`}::interval`.as('over'))
    .where('c.id', '=', challengeId)
    .where('f.id', '=', factorId)
    .where('f.user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (!asked?.secret) return 'mfa_factor_not_found'
  if (asked.over || asked.verified_at !== null) return 'mfa_challenge_expired'
  const step = stepOf(unseal(secrets, factorId, asked.secret), code)
  if (step === undefined || !(await useUp(db, factorId, step))) return 'mfa_verification_failed'
  await db.updateTable('auth.mfa_challenges').set({ verified_at: sql<string>`now()` }).where('id', '=', challengeId).execute()
  await db.updateTable('auth.mfa_factors').set({ status: 'verified', updated_at: sql<string>`now()` }).where('id', '=', factorId).execute()
  return 'right'
}

// Seen over a shoulder, or read off the wire: a code that was used is worth nothing.
async function useUp(db: Db, factorId: string, step: number): Promise<boolean> {
  const first = await db
    .insertInto('identity.used_codes')
    .values({ factor_id: factorId, step })
    .onConflict((at) => at.doNothing())
    .returning('step')
    .executeTakeFirst()
  return first !== undefined
}

/** Sessions that rest on it are what they were before. */
export async function removeFactor(db: Db, { factorId, userId }: { factorId: string; userId: string }): Promise<boolean> {
  const gone = await db
    .deleteFrom('auth.mfa_factors')
    .where('id', '=', factorId)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst()
  await db
    .updateTable('auth.sessions')
    .set({ aal: 'aal1', factor_id: null })
    .where('factor_id', '=', factorId)
    .where('user_id', '=', userId)
    .execute()
  return gone !== undefined
}
