import { randomUUID } from 'node:crypto'
import { sql, type UpdateObject } from 'kysely'
import type { Reader, Tx } from '#platform/database/conversation.ts'
import type { TablesOf } from '#platform/database/roles.ts'
import { endAll } from './ending.ts'

// Accounts: rows of auth.users as GoTrue would have made them, each with its identity row.
type Db = Tx<'service_role'>
export type Metadata = Record<string, unknown>
export type Account = {
  id: string
  email: string | null
  phone: string | null
  encrypted_password: string | null
  email_confirmed_at: string | null
  invited_at: string | null
  confirmation_sent_at: string | null
  recovery_sent_at: string | null
  email_change: string | null
  email_change_sent_at: string | null
  email_change_confirm_status: number | null
  reauthentication_sent_at: string | null
  last_sign_in_at: string | null
  banned_until: string | null
  deleted_at: string | null
  created_at: string
  updated_at: string
  raw_app_meta_data: Metadata
  raw_user_meta_data: Metadata
  suspended_at: string | null
}

const columns = [
  'u.id',
  'u.email',
  'u.phone',
  'u.encrypted_password',
  'u.email_confirmed_at',
  'u.invited_at',
  'u.confirmation_sent_at',
  'u.recovery_sent_at',
  'u.email_change',
  'u.email_change_sent_at',
  'u.email_change_confirm_status',
  'u.reauthentication_sent_at',
  'u.last_sign_in_at',
  'u.banned_until',
  'u.deleted_at',
  'u.created_at',
  'u.updated_at',
  'u.raw_app_meta_data',
  'u.raw_user_meta_data',
  'a.suspended_at',
] as const

/** All accounts there are, without those that were erased. */
export const accounts = (db: Pick<Reader<'service_role'>, 'selectFrom'>) =>
  db
    .selectFrom('auth.users as u')
    .leftJoin('identity.accounts as a', 'a.user_id', 'u.id')
    .select(columns)
    .where('u.deleted_at', 'is', null)
    .$castTo<Account>()

export const personById = (db: Pick<Reader<'service_role'>, 'selectFrom'>, id: string): Promise<Account | undefined> =>
  accounts(db).where('u.id', '=', id).executeTakeFirst().then(whole)

export const personByEmail = (db: Pick<Reader<'service_role'>, 'selectFrom'>, address: string): Promise<Account | undefined> =>
  accounts(db).where('u.email', '=', address).where('u.is_sso_user', '=', false).executeTakeFirst().then(whole)

// GoTrue leaves metadata null where it has none.
export const whole = (account: Account | undefined): Account | undefined =>
  account && {
    ...account,
    raw_app_meta_data: account.raw_app_meta_data ?? {},
    raw_user_meta_data: account.raw_user_meta_data ?? {},
  }

/** Nobody signs in as them: for a time (GoTrue's ban), or until an administrator says otherwise. */
export const isShutOut = ({ banned_until, suspended_at }: Account): boolean =>
  suspended_at !== null || (banned_until !== null && (banned_until === 'infinity' || Date.parse(banned_until) > Date.now()))

export type Newcomer = {
  id?: string
  email: string
  passwordHash: string | null
  data: Metadata
  appData?: Metadata
  confirmed?: boolean
  invited?: boolean
}

/** Undefined if somebody has this address already, even if they came in the same instant. */
export async function createPerson(db: Db, newcomer: Newcomer): Promise<Account | undefined> {
  const { id = randomUUID(), email, passwordHash, data, appData = {}, confirmed = false, invited = false } = newcomer
  const made = await db
    .insertInto('auth.users')
    .values({
      instance_id: '00000000-0000-0000-0000-000000000000',
      id,
      aud: 'authenticated',
      role: 'authenticated',
      email,
      encrypted_password: passwordHash ?? '',
      email_confirmed_at: confirmed ? sql<string>`now()` : null,
      invited_at: invited ? sql<string>`now()` : null,
      // GoTrue reads these into strings that cannot be null.
      confirmation_token: '',
      recovery_token: '',
      email_change_token_new: '',
      email_change: '',
      raw_app_meta_data: JSON.stringify({ ...appData, provider: 'email', providers: ['email'] }),
      raw_user_meta_data: JSON.stringify(data),
      is_super_admin: false,
      created_at: sql<string>`now()`,
      updated_at: sql<string>`now()`,
    })
    .onConflict((at) => at.column('email').where(sql<boolean>`is_sso_user = false`).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return undefined
  await db
    .insertInto('auth.identities')
    .values({
      provider_id: id,
      user_id: id,
      provider: 'email',
      identity_data: JSON.stringify({ sub: id, email, email_verified: confirmed, phone_verified: false }),
      last_sign_in_at: sql<string>`now()`,
      created_at: sql<string>`now()`,
      updated_at: sql<string>`now()`,
    })
    .execute()
  return personById(db, id)
}

/** They have shown that mail to their address reaches them. */
export async function confirmEmail(db: Db, { id }: Pick<Account, 'id'>): Promise<void> {
  await changePerson(db, id, { email_confirmed_at: sql<string>`coalesce(email_confirmed_at, now())` })
  await changeEmailIdentity(db, id, { email_verified: true })
}

/** False if somebody else has the address by now. */
export async function changeEmail(db: Db, { id }: Pick<Account, 'id'>, email: string): Promise<boolean> {
  const taken = await personByEmail(db, email)
  if (taken && taken.id !== id) return false
  await changePerson(db, id, {
    email,
    email_change: '',
    email_change_confirm_status: 0,
    email_confirmed_at: sql<string>`coalesce(email_confirmed_at, now())`,
  })
  await changeEmailIdentity(db, id, { email, email_verified: true })
  await db.deleteFrom('auth.one_time_tokens').where('user_id', '=', id).execute() // what still lies in the old mailbox
  return true
}

/** Whatever was sent to reset the old one ends with it. Sessions are the caller's to end: all, or all but one. */
export async function changePassword(db: Db, { id }: Pick<Account, 'id'>, passwordHash: string): Promise<void> {
  await changePerson(db, id, { encrypted_password: passwordHash })
  await db.deleteFrom('auth.one_time_tokens').where('user_id', '=', id).execute()
}

/** What is null in the changes is taken away. */
export const mergeMetadata = (before: Metadata, changes: Metadata): Metadata =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null))

export async function changePerson(db: Db, id: string, changes: UpdateObject<TablesOf['service_role'], 'auth.users'>): Promise<void> {
  await db
    .updateTable('auth.users')
    .set({ ...changes, updated_at: sql<string>`now()` })
    .where('id', '=', id)
    .execute()
}

async function changeEmailIdentity(db: Db, id: string, data: Metadata): Promise<void> {
  await db
    .updateTable('auth.identities')
    .set({ identity_data: sql`identity_data || ${JSON.stringify(data)}::jsonb`, updated_at: sql<string>`now()` })
    .where('user_id', '=', id)
    .where('provider', '=', 'email')
    .execute()
}

/** Takes everything personal out of the account and leaves the bare row, so that other people's records keep their other side. */
export async function erasePerson(db: Db, id: string): Promise<void> {
  await endAll(db, id)
  await db.deleteFrom('auth.identities').where('user_id', '=', id).execute()
  await db.deleteFrom('auth.mfa_factors').where('user_id', '=', id).execute()
  await db.deleteFrom('auth.one_time_tokens').where('user_id', '=', id).execute()
  await db.deleteFrom('auth.flow_state').where('user_id', '=', id).execute()
  await db
    .updateTable('identity.accounts')
    .set({ adult_declared_at: null, zone: null, avatar_file_id: null })
    .where('user_id', '=', id)
    .execute()
  await changePerson(db, id, {
    deleted_at: sql<string>`coalesce(deleted_at, now())`,
    email: null,
    phone: null,
    encrypted_password: '',
    confirmation_token: '',
    recovery_token: '',
    email_change: '',
    email_change_token_new: '',
    email_change_token_current: '',
    reauthentication_token: '',
    phone_change: '',
    phone_change_token: '',
    raw_app_meta_data: '{}',
    raw_user_meta_data: '{}',
    ...Object.fromEntries(moments.map((column) => [column, null])),
  })
}
const moments = [
  'email_confirmed_at',
  'invited_at',
  'confirmation_sent_at',
  'recovery_sent_at',
  'email_change_sent_at',
  'last_sign_in_at',
  'phone_confirmed_at',
  'phone_change_sent_at',
  'reauthentication_sent_at',
  'banned_until',
]
