import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { linkOf, type LinkType } from '../links.ts'
import { issueOneTime, type Purpose } from '../one-time.ts'
import { hashPassword } from '../passwords.ts'
import { changePerson, createPerson, personByEmail, type Account, type Metadata } from '../people.ts'
import { theServer } from '../the-server.ts'
import { noted } from './admin.ts'
import { mustBeOperator } from './asking.ts'
import { addressOf, bodyOf, invalid, metadata, nameIn, passwordOf, text } from './body.ts'
import type { GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { placeNamed } from './redirect.ts'
import { personOf, userOf } from './shapes.ts'

const Wish = z.object({ type: text, email: text, new_email: text, password: text, data: metadata, redirect_to: text })
type Wish = z.output<typeof Wish>

/** The same links as in the mails, for an operator who sends mails of their own. */
export function serveGenerateLink(app: FastifyInstance, context: GoTrue): void {
  const { configuration, database, secrets } = context

  app.post('/admin/generate_link', async (request, reply) => {
    await mustBeOperator(context, request)
    const wish = bodyOf(Wish, request)
    const email = addressOf(wish.email)
    const passwordHash = wish.password ? await hashPassword(passwordOf(wish.password, { email, name: nameIn(wish.data ?? {}) })) : null
    const next = wish.redirect_to ?? placeNamed(context, request)
    const answer = await database.write(theServer, async (db) => {
      const { account, purpose, type, verifies, address } = await prepared(db, wish, email, passwordHash)
      const { token, code } = await issueOneTime(db, secrets, { userId: account.id, purpose, address })
      await noted(db, 'identity.link-generated', account.id)
      return {
        ...userOf(await personOf(db, account)),
        action_link: linkOf(configuration, { token, type, next }),
        email_otp: code,
        hashed_token: token,
        verification_type: verifies,
        redirect_to: next ?? configuration.publicUrl,
      }
    })
    return reply.send(answer)
  })
}

type Prepared = { account: Account; purpose: Purpose; type: LinkType; verifies: string; address: string }

function prepared(db: Tx<'service_role'>, wish: Wish, email: string, passwordHash: string | null): Promise<Prepared> {
  const type = wish.type ?? 'none'
  if (type === 'invite') return toAccept(db, wish, email)
  if (type === 'signup' || type === 'magiclink' || type === 'recovery') return toSignIn(db, wish, { type, email, passwordHash })
  if (type === 'email_change_current' || type === 'email_change_new') return toChange(db, wish, { type, email })
  throw invalid(`Invalid email action link type requested: ${type}`)
}

async function toAccept(db: Tx<'service_role'>, { data }: Wish, email: string): Promise<Prepared> {
  const account = await invited(db, email, data ?? {})
  return { account, purpose: 'confirmation_token', type: 'invite', verifies: 'invite', address: email }
}

type SignIn = { type: 'signup' | 'magiclink' | 'recovery'; email: string; passwordHash: string | null }

async function toSignIn(db: Tx<'service_role'>, { data }: Wish, { type, email, passwordHash }: SignIn): Promise<Prepared> {
  const before = await personByEmail(db, email)
  if (before && type !== 'signup') return { account: before, purpose: 'recovery_token', type, verifies: type, address: email }
  if (before?.email_confirmed_at) throw exists()
  if (type === 'recovery') throw nobody()
  if (before) await changePerson(db, before.id, { encrypted_password: passwordHash ?? '' })
  const account = before ?? (await createPerson(db, { email, passwordHash, data: data ?? {} }))
  if (!account) throw exists()
  return { account, purpose: 'confirmation_token', type: 'signup', verifies: 'signup', address: email }
}

type Change = { type: 'email_change_current' | 'email_change_new'; email: string }

async function toChange(db: Tx<'service_role'>, { new_email }: Wish, { type, email }: Change): Promise<Prepared> {
  const before = await personByEmail(db, email)
  if (!before) throw nobody()
  const wanted = addressOf(new_email)
  if (await personByEmail(db, wanted)) throw exists()
  // The two links are asked for one after the other; the second one must not take back what the first has brought about.
  if (before.email_change !== wanted) await changePerson(db, before.id, { email_change: wanted, email_change_confirm_status: 0 })
  const account = { ...before, email_change: wanted }
  return type === 'email_change_new'
    ? { account, purpose: 'email_change_token_new', type: 'email_change', verifies: type, address: wanted }
    : { account, purpose: 'email_change_token_current', type: 'email_change', verifies: type, address: email }
}

/** An account that waits for its person. */
export async function invited(db: Tx<'service_role'>, email: string, data: Metadata): Promise<Account> {
  const before = await personByEmail(db, email)
  if (before?.email_confirmed_at) throw exists()
  if (before) await changePerson(db, before.id, { encrypted_password: '' }) // of whoever tried this address, but never read a mail there
  const account = before ?? (await createPerson(db, { email, passwordHash: null, data, invited: true }))
  if (!account) throw exists()
  await noted(db, 'identity.invited', account.id)
  return account
}

const exists = () => new AuthError(422, 'email_exists', 'A user with this email address has already been registered')
const nobody = () => new AuthError(404, 'user_not_found', 'User with this email not found')
