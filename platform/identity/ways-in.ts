import type { Reader, Tx } from '#platform/database/conversation.ts'

// How somebody gets into their account. Nobody may take away the last way in, not even their own: a mail to their address
// opens the account only where that is how it began, because whoever came by a provider never showed us that they read it.
type Db = Tx<'service_role'>

export type WaysIn = { password: boolean; mail: boolean; providers: string[]; passkeys: string[] }

/** To take one away: the account's row is held until the transaction ends, else two ways, removed at once, would each be spared for the other. */
export async function holdWaysIn(db: Db, userId: string): Promise<WaysIn> {
  await db.selectFrom('auth.users').select('id').where('id', '=', userId).forUpdate().execute()
  return waysInOf(db, userId)
}

export async function waysInOf(db: Reader<'service_role'>, userId: string): Promise<WaysIn> {
  const [[account], identities, passkeys] = await db.all(
    db.selectFrom('auth.users').select(['encrypted_password', 'email_confirmed_at']).where('id', '=', userId),
    db.selectFrom('auth.identities').select(['id', 'provider']).where('user_id', '=', userId),
    db.selectFrom('identity.passkeys').select('id').where('user_id', '=', userId),
  )
  return {
    password: Boolean(account?.encrypted_password),
    mail: Boolean(account?.email_confirmed_at) && identities.some(({ provider }) => provider === 'email'),
    providers: identities.filter(({ provider }) => provider !== 'email').map(({ id }) => id),
    passkeys: passkeys.map(({ id }) => id),
  }
}

export const isLastWayIn = ({ password, mail, providers, passkeys }: WaysIn, id: string): boolean =>
  !password && !mail && [...providers, ...passkeys].every((other) => other === id)

/** Of somebody who is erased, or whose account turns out to have been made by somebody else. */
export async function forgetWaysIn(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('identity.passkeys').where('user_id', '=', userId).execute()
  await db.deleteFrom('identity.passkey_challenges').where('user_id', '=', userId).execute()
  await db.deleteFrom('identity.recovery_codes').where('user_id', '=', userId).execute()
  await db.deleteFrom('identity.proposed_links').where('user_id', '=', userId).execute()
  await db.deleteFrom('identity.journeys').where('linking_id', '=', userId).execute()
}
