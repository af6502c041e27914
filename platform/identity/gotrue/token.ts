import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { addressIn } from '../address.ts'
import { refusingEvenly } from '../evenly.ts'
import { endFlow, type NoFlow } from '../flows.ts'
import { hashPassword, isOutdated, isPassword, longestPassword } from '../passwords.ts'
import { changePerson, isShutOut, personByEmail, personById, type Account } from '../people.ts'
import { placeOf } from '#platform/operations/limits.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import { queue } from '../queue.ts'
import { refresh, type NotRefreshed } from '../refresh.ts'
import { theServer } from '../the-server.ts'
import { bodyOf, invalid, text } from './body.ts'
import { tooMany, type GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { personOf, sessionOf, signIn } from './shapes.ts'

export function serveToken(app: FastifyInstance, context: GoTrue): void {
  app.post('/token', async (request, reply) => {
    const { grant_type } = request.query as { grant_type?: string }
    const grant = grants.get(grant_type ?? '')
    if (!grant) throw new AuthError(400, 'validation_failed', 'unsupported_grant_type')
    return reply.send(await grant(context, request))
  })
}

type Grant = (context: GoTrue, request: FastifyRequest) => Promise<Record<string, unknown>>

// A crowd stands in line here, before anything is asked of the database, so that everybody else is still served: a few at
// once, enough for the hashes (passwords.ts) never to wait; and no more in line than get their turn before they give up.
const door = queue({ atOnce: 4, waiting: 500 })

const byPassword: Grant = async (context, request) => {
  const entered = door(() => proveByPassword(context, request))
  if (!entered) throw new ProblemError('busy')
  return refusingEvenly(() => entered)
}

async function proveByPassword(context: GoTrue, request: FastifyRequest): Promise<Record<string, unknown>> {
  const { email, phone, password } = bodyOf(z.object({ email: text, phone: text, password: text }), request)
  if (phone) throw new AuthError(400, 'phone_provider_disabled', 'Phone logins are disabled')
  const address = addressIn(email)
  if (!address || !password || password.length > longestPassword) throw wrong()
  const wait = (await context.attempts.take('sign-in-place', placeOf(request.ip))) || (await context.attempts.take('sign-in', address))
  if (wait > 0) throw tooMany(wait)
  const account = await proved(context, address, password)
  await context.attempts.forgive('sign-in', address)
  return begin(context, account, 'password', request)
}

async function proved({ database, rules }: GoTrue, address: string, password: string): Promise<Account> {
  const account = await database.read(theServer, (db) => personByEmail(db, address))
  if (!(await isPassword(password, account?.encrypted_password)) || !account) throw wrong()
  if (isShutOut(account)) throw new AuthError(400, 'user_banned', 'User is banned')
  if (rules.confirmation && !account.email_confirmed_at) throw new AuthError(400, 'email_not_confirmed', 'Email not confirmed')
  if (!isOutdated(account.encrypted_password!)) return account
  const encrypted_password = await hashPassword(password)
  await database.write(theServer, (db) => changePerson(db, account.id, { encrypted_password }))
  return account
}
const wrong = () => new AuthError(400, 'invalid_credentials', 'Invalid login credentials')

const byRefreshToken: Grant = async ({ database, secrets, sign }, request) => {
  const { refresh_token } = bodyOf(z.object({ refresh_token: text }), request)
  if (!refresh_token) throw invalid('refresh_token required')
  const refreshed = await database.write(theServer, async (db) => {
    const done = await refresh(db, secrets, refresh_token)
    return typeof done === 'string' ? done : { ...done, person: await personOf(db, done.account) }
  })
  if (typeof refreshed === 'string') throw new AuthError(400, refreshed, `Invalid Refresh Token: ${notRefreshed[refreshed]}`)
  return sessionOf(sign, refreshed.person, refreshed)
}
const notRefreshed: Record<NotRefreshed, string> = {
  refresh_token_not_found: 'Refresh Token Not Found',
  refresh_token_already_used: 'Already Used',
  session_expired: 'Session Expired',
  user_banned: 'User Banned',
}

const byCode: Grant = async (context, request) => {
  const { auth_code, code_verifier } = bodyOf(z.object({ auth_code: text, code_verifier: text }), request)
  if (!auth_code || !code_verifier) throw invalid('invalid request: both auth code and code verifier should be non-empty')
  const flow = await context.database.write(theServer, (db) => endFlow(db, auth_code, code_verifier))
  if (typeof flow === 'string') throw new AuthError(flow === 'bad_code_verifier' ? 400 : 404, flow, noFlow[flow])
  const account = await context.database.read(theServer, (db) => personById(db, flow.userId))
  if (!account) throw new AuthError(404, 'flow_state_not_found', noFlow.flow_state_not_found)
  if (isShutOut(account)) throw new AuthError(403, 'user_banned', 'User is banned')
  return begin(context, account, flow.method, request)
}
const noFlow: Record<NoFlow, string> = {
  flow_state_not_found: 'invalid flow state, no valid flow state found',
  flow_state_expired: 'invalid flow state, flow state has expired',
  bad_code_verifier: 'code challenge does not match previously saved code verifier',
}

async function begin(
  { database, sign }: GoTrue,
  account: Account,
  method: string,
  { headers, ip }: FastifyRequest,
): Promise<Record<string, unknown>> {
  const { person, begun } = await database.write(theServer, (db) => signIn(db, account, { method, userAgent: headers['user-agent'], ip }))
  return sessionOf(sign, person, begun)
}

// A map, for an object also answers to "constructor", which would hand out the very context.
const grants = new Map<string, Grant>([
  ['password', byPassword],
  ['refresh_token', byRefreshToken],
  ['pkce', byCode],
])
