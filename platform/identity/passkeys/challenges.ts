import { sql } from 'kysely'
import type { Tx } from '#platform/database/conversation.ts'

type Db = Tx<'service_role'>

export type Asked<Options> = { challenge_id: string; options: Options; expires_at: number }
export type NotAsked = 'no_such_challenge' | 'challenge_expired'

const seconds = 300

/** Keeps what was asked, until it is answered. `userId` is who registers a passkey; null asks whoever signs in. */
export async function ask<Options extends { challenge: string }>(db: Db, options: Options, userId: string | null): Promise<Asked<Options>> {
  const { id } = await db
    .insertInto('identity.passkey_challenges')
    .values({ challenge: options.challenge, user_id: userId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { challenge_id: id, options, expires_at: Math.floor(Date.now() / 1_000) + seconds }
}

/** Used up by whoever answers first, rightly or not; and only by the person who was asked. */
export async function takeChallenge(db: Db, id: string, userId: string | null): Promise<{ challenge: string } | NotAsked> {
  const asked = await db
    .deleteFrom('identity.passkey_challenges')
    .where('id', '=', id)
    .where('user_id', 'is not distinct from', userId)
    .returning('challenge')
    .returning(sql<boolean>`created_at < now() - ${`${seconds} seconds`}::interval`.as('over'))
    .executeTakeFirst()
  if (!asked) return 'no_such_challenge'
  return asked.over ? 'challenge_expired' : asked
}
