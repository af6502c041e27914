import { sql } from 'kysely'
import { auditFor } from '#platform/audit/append.ts'
import type { Reader, Tx } from '#platform/database/conversation.ts'
import { changePerson, personById } from '../people.ts'
import { mailProviderUnlinked } from '../ways-in-mails.ts'
import { holdWaysIn, isLastWayIn } from '../ways-in.ts'
import type { Found } from './found.ts'

// Rows of auth.identities as GoTrue writes them. The database lets an identity belong to one account only.
type Db = Tx<'service_role'>

export async function ownerOf(db: Pick<Db, 'updateTable'>, { provider, subject }: Found): Promise<string | undefined> {
  const identity = await db
    .updateTable('auth.identities')
    .set({ last_sign_in_at: sql<string>`now()` })
    .where('provider', '=', provider)
    .where('provider_id', '=', subject)
    .returning('user_id')
    .executeTakeFirst()
  return identity?.user_id
}

/** False if it is linked already, to this account or to another. */
export async function linkIdentity(db: Db, userId: string, found: Found): Promise<boolean> {
  const { provider, subject, issuer, email, emailVerified, name } = found
  const now = sql<string>`now()`
  const made = await db
    .insertInto('auth.identities')
    .values({
      provider_id: subject,
      user_id: userId,
      provider,
      identity_data: JSON.stringify({
        sub: subject,
        iss: issuer,
        provider_id: subject,
        email_verified: emailVerified,
        phone_verified: false,
        ...(email === undefined ? {} : { email }),
        ...(name === undefined ? {} : { name, full_name: name }),
      }),
      last_sign_in_at: now,
      created_at: now,
      updated_at: now,
    })
    .onConflict((at) => at.columns(['provider_id', 'provider']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) await nameProviders(db, userId)
  return made !== undefined
}

export async function unlinkIdentity(
  db: Db,
  { id, userId }: { id: string; userId: string },
): Promise<undefined | 'no_such_identity' | 'last_way_in'> {
  const ways = await holdWaysIn(db, userId)
  if (!ways.providers.includes(id)) return 'no_such_identity'
  if (isLastWayIn(ways, id)) return 'last_way_in'
  await db.deleteFrom('auth.identities').where('id', '=', id).execute()
  await nameProviders(db, userId)
  auditFor(db, userId, { action: 'identity.provider-unlinked', subject: { kind: 'person', id: userId } })
  await mailProviderUnlinked(db, userId)
  return undefined
}

// GoTrue repeats in the account by which providers somebody comes: programs read it there.
async function nameProviders(db: Db, userId: string): Promise<void> {
  const identities = await identitiesOf(db, userId)
  const names = [...new Set(identities.map(({ provider }) => provider))]
  const account = await personById(db, userId)
  await changePerson(db, userId, {
    raw_app_meta_data: JSON.stringify({ ...account?.raw_app_meta_data, provider: names[0] ?? 'email', providers: names }),
  })
}

export const identitiesOf = (db: Pick<Reader<'service_role'>, 'selectFrom'>, userId: string) =>
  db
    .selectFrom('auth.identities')
    .select(['id', 'provider', 'email', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
