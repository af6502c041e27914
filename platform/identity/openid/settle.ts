import { sql } from 'kysely'
import { auditFor } from '#platform/audit/append.ts'
import type { Registration } from '#platform/configuration/environment.ts'
import type { Tx } from '#platform/database/conversation.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import { endAll } from '../ending.ts'
import { changePerson, createPerson, isShutOut, personByEmail, personById, type Account } from '../people.ts'
import { mayNotSignUp } from '../registration.ts'
import { forgetWaysIn } from '../ways-in.ts'
import { mailProviderLinked } from '../ways-in-mails.ts'
import type { Found } from './found.ts'
import { linkIdentity, ownerOf } from './identities.ts'

type Db = Tx<'service_role'>

export type NotSettled = 'provider_email_needs_verification' | 'adult_declaration_required' | 'signup_disabled' | 'user_banned'
export type Terms = { registration: Registration; adult: boolean; invitation: Buffer | null }

/** Whose account this is: theirs from before, one with their address, or a new one. An invitation is refused as the database does. */
export async function settle(db: Db, found: Found, terms: Terms): Promise<{ userId: string } | NotSettled> {
  const owner = await ownerOf(db, found)
  if (owner) return welcome(await personById(db, owner))
  if (!found.email || !found.emailVerified) return 'provider_email_needs_verification'
  const there = await personByEmail(db, found.email)
  if (there && isShutOut(there)) return 'user_banned'
  if (there?.email_confirmed_at) return join(db, there, found)
  if (there) return terms.adult ? takeOver(db, there, found) : 'adult_declaration_required'
  const { invitation, adult } = terms
  if (invitation) await db.call('private.may_join', { address: found.email, invitation })
  const because = mayNotSignUp(invitation ? 'open' : terms.registration, { email: found.email, data: { adult } })
  if (because) return because
  const made = await make(db, found, found.email)
  if (!made) return settle(db, found, terms) // somebody with this address was faster, perhaps they themselves
  if (invitation) await db.call('private.take_invitation_for', { token_hash: invitation, person: made.id })
  return { userId: made.id }
}

const welcome = (account: Account | undefined) => (!account || isShutOut(account) ? 'user_banned' : { userId: account.id })

// Both have shown that mail to this address reaches them: here by our mail, there by the provider's word.
async function join(db: Db, { id }: Account, found: Found): Promise<{ userId: string }> {
  if (await linkIdentity(db, id, found)) {
    auditFor(db, id, { action: 'identity.provider-linked', subject: { kind: 'person', id }, details: { provider: found.provider } })
    await mailProviderLinked(db, id)
  }
  return { userId: id }
}

// Somebody signed up with this address and never showed that it is theirs: perhaps a stranger, who waits with a password, a
// passkey or an identity of their own for its owner to come. The owner has come; what the other one left behind goes.
async function takeOver(db: Db, { id }: Account, found: Found): Promise<{ userId: string }> {
  const held = await db.selectFrom('auth.users').select('email_confirmed_at').where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (held.email_confirmed_at) return join(db, (await personById(db, id))!, found)
  await endAll(db, id)
  await forgetWaysIn(db, id)
  await db.deleteFrom('auth.identities').where('user_id', '=', id).execute()
  await db.deleteFrom('auth.mfa_factors').where('user_id', '=', id).execute()
  await db.deleteFrom('auth.one_time_tokens').where('user_id', '=', id).execute()
  await db.deleteFrom('auth.flow_state').where('user_id', '=', id).execute()
  await changePerson(db, id, {
    encrypted_password: '',
    email_confirmed_at: sql<string>`now()`,
    email_change: '',
    raw_user_meta_data: JSON.stringify(about(found)),
  })
  await db.updateTable('identity.accounts').set({ adult_declared_at: sql<string>`now()`, zone: null }).where('user_id', '=', id).execute()
  await linkAtLast(db, id, found)
  auditFor(db, id, { action: 'identity.taken-over', subject: { kind: 'person', id }, details: { provider: found.provider } })
  return { userId: id }
}

async function make(db: Db, found: Found, email: string): Promise<Account | undefined> {
  const account = await createPerson(db, { email, passwordHash: null, data: about(found), confirmed: true })
  if (!account) return undefined
  await db.deleteFrom('auth.identities').where('user_id', '=', account.id).execute() // that of the mailbox: they did not come by it
  await linkAtLast(db, account.id, found)
  return account
}

// The same identity arrived a second time in this instant, with another address: then neither of the two accounts is made for it now.
async function linkAtLast(db: Db, userId: string, found: Found): Promise<void> {
  if (!(await linkIdentity(db, userId, found))) throw new ProblemError('busy')
}

const about = ({ name }: Found) => ({ adult: true, ...(name === undefined ? {} : { name }) })
