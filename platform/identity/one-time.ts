import { hash, randomInt, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '#platform/database/conversation.ts'
import { derived } from './sealed.ts'

// What a mail carries: a link, and six digits beside it for whoever reads mail on another device. Both are one secret in two
// spellings: the link's token is derived from the digits with our key. So one hash answers for both, and whoever reads
// the table can neither follow the link nor try out a million codes.
type Db = Tx<'service_role'>

export type Purpose =
  | 'confirmation_token'
  | 'recovery_token'
  | 'email_change_token_current'
  | 'email_change_token_new'
  | 'reauthentication_token'
export type Sent = { token: string; code: string }
export type Redeemed = { userId: string; purpose: Purpose; address: string }

const lasts = '1 hour'
const sentAt = {
  confirmation_token: 'confirmation_sent_at',
  recovery_token: 'recovery_sent_at',
  email_change_token_current: 'email_change_sent_at',
  email_change_token_new: 'email_change_sent_at',
  reauthentication_token: 'reauthentication_sent_at',
} as const satisfies Record<Purpose, string>

// By this a link tells that a page with a secret of its own waits for its code (PKCE), as GoTrue's links do.
const pkcePrefix = 'pkce_'
export const isForPkce = (token: string) => token.startsWith(pkcePrefix)

/** Whether a link or code that was sent then may still be used. */
export const isStillOut = (sent: string | null): boolean => sent !== null && Date.parse(sent) > Date.now() - 60 * 60 * 1_000

type Order = { userId: string; purpose: Purpose; address: string; pkce?: boolean }

/** Of each purpose a person has one at a time: a new one ends the old. */
export async function issueOneTime(db: Db, secrets: Buffer, { userId, purpose, address, pkce = false }: Order): Promise<Sent> {
  const code = `${randomInt(1_000_000)}`.padStart(6, '0')
  const token = (pkce ? pkcePrefix : '') + tokenOf(secrets, { userId, purpose, address }, code)
  const row = { token_hash: hashed(token), relates_to: address, created_at: nowUtc, updated_at: nowUtc }
  await db
    .insertInto('auth.one_time_tokens')
    .values({ id: randomUUID(), user_id: userId, token_type: purpose, ...row })
    .onConflict((at) => at.columns(['user_id', 'token_type']).doUpdateSet(row))
    .execute()
  await db
    .updateTable('auth.users')
    .set({ [sentAt[purpose]]: sql<string>`now()` })
    .where('id', '=', userId)
    .execute()
  return { token, code }
}

/** Uses up what a link carries. */
export async function redeemToken(db: Db, token: string, purposes: readonly Purpose[]): Promise<Redeemed | undefined> {
  const used = await db
    .deleteFrom('auth.one_time_tokens')
    .where('token_hash', '=', hashed(token))
    .where('token_type', 'in', purposes)
    .where('created_at', '>', notTooOld)
    .returning(['user_id', 'token_type', 'relates_to'])
    .executeTakeFirst()
  return used && { userId: used.user_id, purpose: used.token_type as Purpose, address: used.relates_to }
}

type ByCode = { address: string; code: string; purposes: readonly Purpose[]; userId?: string }

/** Uses up what somebody typed. How often they may try is the caller's to limit. */
export async function redeemCode(db: Db, secrets: Buffer, { address, code, purposes, userId }: ByCode): Promise<Redeemed | undefined> {
  let out = db
    .selectFrom('auth.one_time_tokens')
    .select(['id', 'user_id', 'token_type', 'token_hash'])
    .where('relates_to', '=', address)
    .where('token_type', 'in', purposes)
    .where('created_at', '>', notTooOld)
  if (userId !== undefined) out = out.where('user_id', '=', userId)
  for (const { id, user_id, token_type, token_hash } of await out.execute()) {
    const token = tokenOf(secrets, { userId: user_id, purpose: token_type as Purpose, address }, code)
    if (token_hash !== hashed(token) && token_hash !== hashed(pkcePrefix + token)) continue
    const used = await db.deleteFrom('auth.one_time_tokens').where('id', '=', id).returning('id').executeTakeFirst()
    if (used) return { userId: user_id, purpose: token_type as Purpose, address }
  }
  return undefined
}

const tokenOf = (secrets: Buffer, { userId, purpose, address }: Order, code: string) =>
  Buffer.from(derived(secrets, 'one-time', userId, purpose, address, code), 'base64url').toString('hex')
const hashed = (token: string) => hash('sha256', `one-time ${token}`)

// The column has no zone; it is in UTC.
const nowUtc = sql<string>`now() at time zone 'UTC'`
const notTooOld = sql<string>`now() at time zone 'UTC' - ${lasts}::interval`
