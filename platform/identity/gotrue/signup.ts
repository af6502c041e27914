import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { evenly } from '../evenly.ts'
import { beginFlow, type Challenge } from '../flows.ts'
import { linkOf } from '../links.ts'
import { mailAlreadyHere, mailConfirmation } from '../mails.ts'
import { issueOneTime } from '../one-time.ts'
import { hashPassword } from '../passwords.ts'
import { changePerson, createPerson, personByEmail, type Account, type Metadata } from '../people.ts'
import { mayNotSignUp } from '../registration.ts'
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
  challenge: Challenge | undefined
  next: string | undefined
}

export function serveSignUp(app: FastifyInstance, context: GoTrue): void {
  app.post('/signup', async (request, reply) => {
    const body = bodyOf(SignUp, request)
    const { email, data } = wellMeant(context, body)
    const password = passwordOf(body.password, { email, name: nameIn(data) })
    const challenge = challengeOf(body)
    const next = placeNamed(context, request)
    await mayMail(context, request, email)
    return evenly(async () => {
      const wanted = { id: randomUUID(), email, passwordHash: await hashPassword(password), data, challenge, next }
      if (!context.rules.confirmation) return reply.send(await signUpAtOnce(context, wanted, request))
      await context.database.write(theServer, (db) => askToConfirm(context, db, wanted))
      return reply.send(awaited(wanted))
    })
  })
}

function wellMeant({ configuration }: GoTrue, body: z.output<typeof SignUp>): { email: string; data: Metadata } {
  if (body.phone) throw new AuthError(400, 'phone_provider_disabled', 'Phone signups are disabled')
  if (!body.email) throw new AuthError(422, 'anonymous_provider_disabled', 'Anonymous sign-ins are disabled')
  const signUp = { email: addressOf(body.email), data: body.data ?? {} }
  const because = mayNotSignUp(configuration.registration, signUp)
  if (because) throw new AuthError(422, because, says[because])
  return signUp
}
const says = {
  signup_disabled: 'Signups not allowed for this instance',
  adult_declaration_required: 'Please declare that you are 18 or older: options.data.adult must be true',
}

// Whoever has the address hears of it there, whatever was known before. Nobody else learns anything.
async function askToConfirm(context: GoTrue, db: Tx<'service_role'>, wanted: Wanted): Promise<void> {
  const { email, passwordHash, data } = wanted
  const before = await personByEmail(db, email)
  if (before?.email_confirmed_at) {
    await mailAlreadyHere(db, { userId: before.id }, `${context.configuration.publicUrl}/sign-in`)
    return
  }
  // Never confirmed, so nobody's yet: what counts is what the last one said who asked for a mail to this address. Were it the
  // first one's, a stranger could set a password for somebody who signs up later.
  if (before) await changePerson(db, before.id, { encrypted_password: passwordHash, raw_user_meta_data: JSON.stringify(data) })
  const account = before ?? (await createPerson(db, wanted)) ?? (await personByEmail(db, email))
  if (account) await sendConfirmation(context, db, account, wanted)
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

async function signUpAtOnce({ database, sign }: GoTrue, wanted: Wanted, request: FastifyRequest): Promise<Record<string, unknown>> {
  const { person, begun } = await database.write(theServer, async (db) => {
    const account = await createPerson(db, { ...wanted, confirmed: true })
    if (!account) throw new AuthError(422, 'user_already_exists', 'User already registered')
    return signIn(db, account, { method: 'password', userAgent: request.headers['user-agent'], ip: request.ip })
  })
  return sessionOf(sign, person, begun)
}
