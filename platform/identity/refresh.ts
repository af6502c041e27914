import { sql } from 'kysely'
import type { Tx } from '#platform/database/conversation.ts'
import { endSession } from './ending.ts'
import { isShutOut, personById, type Account } from './people.ts'
import { derived } from './sealed.ts'
import { hashOfToken, idle, proofsOf } from './sessions.ts'
import type { Session } from './tokens.ts'

// A refresh token is used once and gives the next. Only its hash is kept; the next one is derived from it with our secret,
// so that whoever comes again because the answer was lost can be given the very same again, although nobody wrote it down.
type Db = Tx<'service_role'>

export type Refreshed = { account: Account; session: Session; refreshToken: string }
export type NotRefreshed = 'refresh_token_not_found' | 'refresh_token_already_used' | 'session_expired' | 'user_banned'

// Two tabs, or a retry that overtakes: for so long after its use a token still leads to the one that counts (GoTrue's
// reuse interval). Later only the parent of the one that counts does, for its answer was never used.
const reuse = '10 seconds'
const furthest = 20

const childOf = (secrets: Buffer, token: string) => derived(secrets, 'refresh', token)

/** A refusal is a value, for it must be committed: a token that was used before ends its session. */
export async function refresh(db: Db, secrets: Buffer, token: string): Promise<Refreshed | NotRefreshed> {
  const used = await lockChain(db, hashOfToken(token))
  if (!used) return 'refresh_token_not_found'
  if (used.over) {
    await endSession(db, used.session_id)
    return 'session_expired'
  }
  const account = await personById(db, used.user_id)
  if (!account) return 'refresh_token_not_found'
  if (isShutOut(account)) return 'user_banned'

  const refreshToken = used.revoked ? await sameAgain(db, secrets, token, used) : await next(db, secrets, token, used)
  if (refreshToken === undefined) {
    await endSession(db, used.session_id) // two have it: which of them is the thief, nobody can tell
    return 'refresh_token_already_used'
  }
  await db
    .updateTable('auth.sessions')
    .set({ refreshed_at: sql<string>`now()`, updated_at: sql<string>`now()` })
    .where('id', '=', used.session_id)
    .execute()
  return {
    account,
    session: { id: used.session_id, aal: used.aal ?? 'aal1', amr: await proofsOf(db, used.session_id), ends: used.ends ?? undefined },
    refreshToken,
  }
}

type Used = NonNullable<Awaited<ReturnType<typeof lockChain>>>

// Token and session are locked: of two who come at once the second one sees what the first one did.
const lockChain = (db: Db, hashed: string) =>
  db
    .selectFrom('auth.refresh_tokens as r')
    .innerJoin('auth.sessions as s', 's.id', 'r.session_id')
    .select(['r.id', 'r.revoked', 's.user_id', 's.aal'])
    .select((the) => the.ref('s.id').as('session_id'))
    .select(sql<number | null>`floor(extract(epoch from s.not_after))::integer`.as('ends'))
    .select(sql<boolean>`r.updated_at > now() - ${reuse}::interval`.as('just_used'))
    .select(
      sql<boolean>`coalesce(s.not_after, 'infinity') < now() or
        coalesce(s.refreshed_at at time zone 'UTC', s.created_at) < now() - ${idle}::interval`.as('over'),
    )
    .where('r.token', '=', hashed)
    .forUpdate()
    .executeTakeFirst()

async function next(db: Db, secrets: Buffer, token: string, { session_id, user_id }: Used): Promise<string> {
  const child = childOf(secrets, token)
  const now = sql<string>`now()`
  await db
    .updateTable('auth.refresh_tokens')
    .set({ revoked: true, updated_at: now })
    .where('session_id', '=', session_id)
    .where('revoked', '=', false)
    .execute()
  await db
    .insertInto('auth.refresh_tokens')
    .values({
      instance_id: '00000000-0000-0000-0000-000000000000',
      token: hashOfToken(child),
      parent: hashOfToken(token),
      user_id,
      session_id,
      revoked: false,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return child
}

async function sameAgain(db: Db, secrets: Buffer, token: string, used: Used): Promise<string | undefined> {
  const counting = await db
    .selectFrom('auth.refresh_tokens')
    .select(['token', 'parent'])
    .where('session_id', '=', used.session_id)
    .where('revoked', '=', false)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const isParent = counting?.parent === hashOfToken(token)
  if (!counting || !(isParent || used.just_used)) return undefined
  const found = descend(secrets, token, counting.token)
  // The one that counts was not derived from this one: SECRETS_KEY has changed, or a second factor came between.
  return found ?? (isParent ? next(db, secrets, token, used) : undefined)
}

function descend(secrets: Buffer, token: string, hashed: string | null): string | undefined {
  for (let steps = 0; steps < furthest; steps++) {
    token = childOf(secrets, token)
    if (hashOfToken(token) === hashed) return token
  }
  return undefined
}

/** A new token for a session that is at hand: its person has just proved themselves once more. */
export async function renew(db: Db, secrets: Buffer, { id }: Session): Promise<string> {
  const counting = await db
    .selectFrom('auth.refresh_tokens')
    .select(['token', 'user_id'])
    .where('session_id', '=', id)
    .where('revoked', '=', false)
    .orderBy('id', 'desc')
    .forUpdate()
    .executeTakeFirstOrThrow()
  const now = sql<string>`now()`
  const token = derived(secrets, 'refresh', counting.token!, new Date().toISOString())
  await db
    .updateTable('auth.refresh_tokens')
    .set({ revoked: true, updated_at: now })
    .where('session_id', '=', id)
    .where('revoked', '=', false)
    .execute()
  await db
    .insertInto('auth.refresh_tokens')
    .values({
      instance_id: '00000000-0000-0000-0000-000000000000',
      token: hashOfToken(token),
      parent: counting.token,
      user_id: counting.user_id,
      session_id: id,
      revoked: false,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return token
}
