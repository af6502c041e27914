import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { evenly } from '../evenly.ts'
import { beginFlow, type Challenge } from '../flows.ts'
import { linkOf } from '../links.ts'
import { mailAlreadyHere, mailConfirmation } from '../mails.ts'
import { isStillOut, issueOneTime } from '../one-time.ts'
import { hashPassword, isPassword } from '../passwords.ts'
import { changePerson, createPerson, personByEmail, type Account, type Metadata } from '../people.ts'
import { join, mayJoin, type WayIn } from '../invitations/joining.ts'
import { mayNotSignUp, wayInOf } from '../registration.ts'
import { theServer } from '../the-server.ts'
import { addressOf, bodyOf, challengeOf, metadata, nameIn, passwordOf, pkce, text } from './body.ts'
import { mayMail, type GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { placeNamed } from './redirect.ts'
import { sessionOf, signIn } from './shapes.ts'

const SignUp = z.object({ email: text, phone: text, password: text, data: metadata, ...pkce })

type Wanted = {
  id: string
  email: string
  passwordHash: string
  data: Metadata
  way: WayIn
  challenge: Challenge | undefined
  next: string | undefined
}

export function serveSignUp(app: FastifyInstance, context: GoTrue): void {
  app.post('/signup', async (request, reply) => {
    const body = bodyOf(SignUp, request)
    const { email, data, way } = wellMeant(context, body)
    const password = passwordOf(body.password, { email, name: nameIn(data) })
    const challenge = challengeOf(body)
    const next = placeNamed(context, request)
    await mayMail(context, request, email)
    const answer = await evenly(async () => {
      const wanted = { id: randomUUID(), email, passwordHash: await hashPassword(password), data, way, challenge, next }
      // Whoever holds the set-up link read it off the server itself, which may have no way yet to send a mail.
      if (!context.rules.confirmation || way.setUp !== undefined) return signUpAtOnce(context, wanted, request)
      const seen = await seenUncontested(context, email, password)
      await context.database.write(theServer, (db) => askToConfirm(context, db, { ...wanted, seen }))
      return awaited(wanted)
    })
    return reply.send(answer)
  })
}

function wellMeant({ configuration }: GoTrue, body: z.output<typeof SignUp>): { email: string; data: Metadata; way: WayIn } {
  if (body.phone) throw new AuthError(400, 'phone_provider_disabled', 'Phone signups are disabled')
  if (!body.email) throw new AuthError(422, 'anonymous_provider_disabled', 'Anonymous sign-ins are disabled')
  const signUp = { email: addressOf(body.email), ...wayInOf(body.data ?? {}) }
  const invited = signUp.way.invitation !== undefined || signUp.way.setUp !== undefined
  const because = mayNotSignUp(invited ? 'open' : configuration.registration, signUp)
  if (because) throw new AuthError(422, because, says[because])
  return signUp
}
const says = {
  signup_disabled: 'Signups not allowed for this instance',
  adult_declaration_required: 'Please declare that you are 18 or older: options.data.adult must be true',
}

// Two who sign up with one address, each with a password of their own, while a link is out: which of them reads the mail,
// nobody can tell, and the link would open the account to the other one's password. So neither counts; whoever follows the
// link is in, and sets one by "Forgot your password?".
async function seenUncontested({ database }: GoTrue, email: string, password: string): Promise<string | null> {
  const before = await database.read(theServer, (db) => personByEmail(db, email))
  if (!before || before.email_confirmed_at) return null
  const contested = isStillOut(before.confirmation_sent_at) && !(await isPassword(password, before.encrypted_password))
  return contested ? null : before.encrypted_password
}

// Whoever has the address hears of it there, whatever was known before. Nobody else learns anything.
async function askToConfirm(context: GoTrue, db: Tx<'service_role'>, wanted: Wanted & { seen: string | null }): Promise<void> {
  const { email, passwordHash, data, way, seen } = wanted
  await mayJoin(db, email, { ...way, registration: context.configuration.registration })
  const before = (await createPerson(db, wanted)) === undefined ? await personByEmail(db, email) : undefined
  if (before?.email_confirmed_at) {
    await mailAlreadyHere(db, { userId: before.id }, `${context.configuration.publicUrl}/sign-in`)
    return
  }
  // Never confirmed, so nobody's yet: what counts is what the last one said who asked for a mail to this address. Were it the
  // first one's, a stranger could set a password for somebody who signs up later.
  if (before)
    await changePerson(db, before.id, {
      encrypted_password: sql<string>`case when encrypted_password = ${seen} then ${passwordHash} else '' end`,
      raw_user_meta_data: JSON.stringify(data),
    })
  const account = before ?? (await personByEmail(db, email))
  if (!account) return
  await join(db, account.id, way)
  await sendConfirmation(context, db, account, wanted)
}

export async function sendConfirmation(
  { configuration, secrets }: GoTrue,
  db: Tx<'service_role'>,
  { id, email }: Account,
  { challenge, next }: Pick<Wanted, 'challenge' | 'next'>,
): Promise<void> {
  if (challenge) await beginFlow(db, { userId: id, method: 'email/signup' }, challenge)
  const sent = await issueOneTime(db, secrets, { userId: id, purpose: 'confirmation_token', address: email!, pkce: Boolean(challenge) })
  await mailConfirmation(
    db,
    { userId: id, address: email! },
    { link: linkOf(configuration, { token: sent.token, type: 'signup', next }), code: sent.code },
  )
}

// The same answer for everybody, made from what was sent alone.
function awaited({ id, email, data }: Wanted): Record<string, unknown> {
  const now = new Date().toISOString()
  const identity = {
    identity_id: randomUUID(),
    id,
    user_id: id,
    identity_data: { sub: id, email, email_verified: false, phone_verified: false },
  }
  return {
    id,
    aud: 'authenticated',
    role: 'authenticated',
    email,
    phone: '',
    confirmation_sent_at: now,
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: data,
    identities: [{ ...identity, provider: 'email', last_sign_in_at: now, created_at: now, updated_at: now, email }],
    created_at: now,
    updated_at: now,
    is_anonymous: false,
  }
}

async function signUpAtOnce(
  { database, sign, configuration }: GoTrue,
  wanted: Wanted,
  request: FastifyRequest,
): Promise<Record<string, unknown>> {
  const { person, begun } = await database.write(theServer, async (db) => {
    await mayJoin(db, wanted.email, { ...wanted.way, registration: configuration.registration })
    const account = await createPerson(db, { ...wanted, confirmed: true })
    if (!account) throw new AuthError(422, 'user_already_exists', 'User already registered')
    await join(db, account.id, wanted.way)
    return signIn(db, account, { method: 'password', userAgent: request.headers['user-agent'], ip: request.ip })
  })
  return sessionOf(sign, person, begun)
}
