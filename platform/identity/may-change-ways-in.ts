import { sql } from 'kysely'
import type { Reader } from '#platform/database/conversation.ts'

// A session that was left open, or stolen, must not be enough to give somebody else a way in of their own, or to take the
// person's away (ASVS 5.0, 7.5.1): whoever changes that has proved themselves just now, by the second factor if they have one.
const justNow = '15 minutes'

export type MayNot = 'sign_in_again' | 'second_factor_needed'

/** Undefined if they may. */
export async function mayNotChangeWaysIn(
  db: Pick<Reader<'service_role'>, 'selectFrom'>,
  { userId, sessionId }: { userId: string; sessionId: string | undefined },
): Promise<MayNot | undefined> {
  if (sessionId === undefined) return 'sign_in_again'
  const session = await db
    .selectFrom('auth.sessions as s')
    .select('s.aal')
    .select(({ exists, selectFrom }) => [
      exists(
        selectFrom('auth.mfa_amr_claims as p')
          .select('p.id')
          .whereRef('p.session_id', '=', 's.id')
          .where('p.updated_at', '>', sql<string>`now() - ${justNow}::interval`),
      ).as('fresh'),
      exists(
        selectFrom('auth.mfa_factors as f').select('f.id').whereRef('f.user_id', '=', 's.user_id').where('f.status', '=', 'verified'),
      ).as('has_second_factor'),
    ])
    .where('s.id', '=', sessionId)
    .where('s.user_id', '=', userId)
    .executeTakeFirst()
  if (!session?.fresh) return 'sign_in_again'
  return session.has_second_factor && session.aal === 'aal1' ? 'second_factor_needed' : undefined
}
