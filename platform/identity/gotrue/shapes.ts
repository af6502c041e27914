import type { Reader } from '#platform/database/conversation.ts'
import { factorsOf, type Factor } from '../factors.ts'
import type { Account } from '../people.ts'
import { beginSession, type Begun, type Beginning } from '../sessions.ts'
import type { Tx } from '#platform/database/conversation.ts'
import type { Sign } from '../tokens.ts'

// Accounts and sessions as GoTrue writes them (its models/user.go, tokens/service.go). What is null is left out there, too.
type Identity = {
  id: string
  provider_id: string
  user_id: string
  identity_data: unknown
  provider: string
  last_sign_in_at: string | null
  created_at: string | null
  updated_at: string | null
  email: string | null
}
export type Person = { account: Account; identities: Identity[]; factors: Factor[] }

export async function personOf(db: Pick<Reader<'service_role'>, 'selectFrom'>, account: Account): Promise<Person> {
  const identities = await db
    .selectFrom('auth.identities')
    .select(['id', 'provider_id', 'user_id', 'identity_data', 'provider', 'last_sign_in_at', 'created_at', 'updated_at', 'email'])
    .where('user_id', '=', account.id)
    .orderBy('created_at')
    .execute()
  return { account, identities, factors: await factorsOf(db, account.id) }
}

export function userOf({ account, identities, factors }: Person): Record<string, unknown> {
  return present({
    id: account.id,
    aud: 'authenticated',
    role: 'authenticated',
    email: account.email ?? '',
    email_confirmed_at: account.email_confirmed_at,
    invited_at: account.invited_at,
    phone: account.phone ?? '',
    confirmation_sent_at: account.confirmation_sent_at,
    confirmed_at: account.email_confirmed_at,
    recovery_sent_at: account.recovery_sent_at,
    new_email: account.email_change || null,
    email_change_sent_at: account.email_change_sent_at,
    reauthentication_sent_at: account.reauthentication_sent_at,
    last_sign_in_at: account.last_sign_in_at,
    app_metadata: account.raw_app_meta_data,
    user_metadata: account.raw_user_meta_data,
    factors: factors.length > 0 ? factors : null,
    identities: identities.map(({ id, provider_id, ...identity }) => present({ identity_id: id, id: provider_id, ...identity })),
    created_at: account.created_at,
    updated_at: account.updated_at,
    banned_until: account.banned_until,
    is_anonymous: false,
  })
}

const present = (fields: Record<string, unknown>) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

/** What somebody gets who has just proved who they are. */
export async function sessionOf(sign: Sign, person: Person, { session, refreshToken }: Begun): Promise<Record<string, unknown>> {
  const unproved = person.factors.some(({ status }) => status === 'verified')
  const { token, lasts, expiresAt } = await sign(person.account, { ...session, unproved })
  return {
    access_token: token,
    token_type: 'bearer',
    expires_in: lasts,
    expires_at: expiresAt,
    refresh_token: refreshToken,
    user: userOf(person),
  }
}

export async function signIn(
  db: Tx<'service_role'>,
  account: Account,
  by: Omit<Beginning, 'userId'>,
): Promise<{ person: Person; begun: Begun }> {
  const begun = await beginSession(db, { ...by, userId: account.id })
  return { person: await personOf(db, { ...account, last_sign_in_at: new Date().toISOString() }), begun }
}
