import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { codeOfFlow } from '../flows.ts'
import { mailAddressChanged } from '../mails.ts'
import { isForPkce, redeemCode, redeemToken, type Purpose, type Redeemed } from '../one-time.ts'
import { changeEmail, changePerson, confirmEmail, isShutOut, personById, type Account } from '../people.ts'
import { theServer } from '../the-server.ts'
import { addressOf, bodyOf, invalid, text } from './body.ts'
import { tooMany, type GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { placeNamed } from './redirect.ts'
import { sessionOf, signIn } from './shapes.ts'

const purposes: Record<string, readonly Purpose[]> = {
  signup: ['confirmation_token'],
  invite: ['confirmation_token'],
  magiclink: ['recovery_token', 'confirmation_token'],
  recovery: ['recovery_token'],
  email: ['confirmation_token', 'recovery_token'],
  email_change: ['email_change_token_current', 'email_change_token_new'],
}
// How a sign-in by each of them is noted, and found again when a page waits for it (flows.ts).
const methods: Record<string, string> = {
  signup: 'email/signup',
  invite: 'invite',
  magiclink: 'magiclink',
  recovery: 'recovery',
  email: 'magiclink',
  email_change: 'email_change',
}
const halfDone = 'Confirmation link accepted. Please proceed to confirm link sent to the other email'

export function serveVerify(app: FastifyInstance, context: GoTrue): void {
  app.post('/verify', async (request, reply) => {
    const asked = bodyOf(z.object({ type: text, token: text, token_hash: text, email: text, phone: text }), request)
    if (asked.phone) throw new AuthError(400, 'phone_provider_disabled', 'Phone logins are disabled')
    const type = typeOf(asked.type)
    const redeem = asked.token_hash ? byToken(asked.token_hash, type) : await byCode(context, asked, type)
    const account = await context.database.write(theServer, (db) => proved(db, redeem))
    if (account === 'half') return reply.send({ msg: halfDone, code: '200' })
    return reply.send(await begin(context, account, request))
  })

  // For links that lead here at once, as GoTrue's do; ours lead to a page.
  app.get('/verify', async (request, reply) => {
    const link = bodyOf(z.object({ type: text, token: text, token_hash: text }), { body: request.query })
    const token = link.token_hash ?? link.token ?? ''
    const place = new URL(placeNamed(context, request) ?? context.configuration.publicUrl)
    try {
      return await follow(context, request, reply, { place, type: typeOf(link.type), token })
    } catch (error) {
      if (!(error instanceof AuthError)) throw error
      const says = new URLSearchParams({ error: 'access_denied', error_code: error.code, error_description: error.message })
      if (isForPkce(token)) for (const [name, value] of says) place.searchParams.set(name, value)
      place.hash = says.toString()
      return reply.redirect(place.href, 303)
    }
  })
}

type Followed = { place: URL; type: string; token: string }

async function follow(
  context: GoTrue,
  request: FastifyRequest,
  reply: FastifyReply,
  { place, type, token }: Followed,
): Promise<FastifyReply> {
  const done = await context.database.write(theServer, async (db) => {
    const account = await proved(db, byToken(token, type))
    if (account === 'half' || !isForPkce(token)) return { account }
    return { account, code: await codeOfFlow(db, { userId: account.id, method: methods[type]! }) }
  })
  if (done.account === 'half') place.hash = new URLSearchParams({ message: halfDone }).toString()
  else if (done.code) place.searchParams.set('code', done.code)
  else {
    const { user: _, ...session } = await begin(context, done.account, request)
    place.hash = new URLSearchParams({ ...(session as Record<string, string>), type }).toString()
  }
  return reply.redirect(place.href, 303)
}

function typeOf(asked: string | null | undefined): string {
  if (!asked || !Object.hasOwn(purposes, asked)) throw invalid('Verify requires a verification type')
  return asked
}

type Redeem = (db: Tx<'service_role'>) => Promise<Redeemed | undefined>

const byToken =
  (token: string, type: string): Redeem =>
  (db) =>
    redeemToken(db, token, purposes[type]!)

// Six digits can be tried; so it is counted before they are looked at.
async function byCode(
  { attempts, secrets }: GoTrue,
  { email, token }: { email?: string | null | undefined; token?: string | null | undefined },
  type: string,
): Promise<Redeem> {
  if (!token) throw invalid('Verify requires a token or a token hash')
  const address = addressOf(email)
  const wait = await attempts.take('code', address)
  if (wait > 0) throw tooMany(wait)
  return (db) => redeemCode(db, secrets, { address, code: token, purposes: purposes[type]! })
}

/** What the mail proved takes effect. 'half': of the two addresses of a change, one. */
async function proved(db: Tx<'service_role'>, redeem: Redeem): Promise<Account | 'half'> {
  const redeemed = await redeem(db)
  const account = redeemed && (await personById(db, redeemed.userId))
  if (!redeemed || !account) throw expired()
  if (isShutOut(account)) throw new AuthError(403, 'user_banned', 'User is banned')
  if (redeemed.purpose === 'email_change_token_current' || redeemed.purpose === 'email_change_token_new')
    return change(db, account, redeemed)
  if (!account.email_confirmed_at) {
    // Whoever set this password never showed that the address is theirs; whoever follows this link does.
    if (redeemed.purpose === 'recovery_token') await changePerson(db, account.id, { encrypted_password: '' })
    await confirmEmail(db, account)
  }
  return (await personById(db, account.id))!
}

async function change(db: Tx<'service_role'>, account: Account, { purpose, address }: Redeemed): Promise<Account | 'half'> {
  if (purpose === 'email_change_token_new' && address !== account.email_change) throw expired() // meanwhile it is to be another one
  if (account.email_change_confirm_status === 0) {
    await changePerson(db, account.id, { email_change_confirm_status: 1 })
    return 'half'
  }
  if (!account.email_change || !(await changeEmail(db, account, account.email_change)))
    throw new AuthError(422, 'email_exists', 'A user with this email address has already been registered')
  if (account.email) await mailAddressChanged(db, { userId: account.id, address: account.email })
  return (await personById(db, account.id))!
}

const expired = () => new AuthError(403, 'otp_expired', 'Token has expired or is invalid')

async function begin({ database, sign }: GoTrue, account: Account, { headers, ip }: FastifyRequest): Promise<Record<string, unknown>> {
  const { person, begun } = await database.write(theServer, (db) =>
    signIn(db, account, { method: 'otp', userAgent: headers['user-agent'], ip }),
  )
  return sessionOf(sign, person, begun)
}
