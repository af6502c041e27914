import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { endOthers } from '../ending.ts'
import { evenly } from '../evenly.ts'
import { factorsOf } from '../factors.ts'
import { beginFlow, type Challenge } from '../flows.ts'
import { linkOf } from '../links.ts'
import { mailAlreadyHere, mailNewAddress, mailOldAddress, mailPasswordChanged } from '../mails.ts'
import { issueOneTime, redeemCode } from '../one-time.ts'
import { hashPassword, isPassword } from '../passwords.ts'
import { changePassword, changePerson, mergeMetadata, personByEmail, personById, type Account } from '../people.ts'
import { theServer } from '../the-server.ts'
import { whoAsks, type Asking } from './asking.ts'
import { renewWord } from './browser.ts'
import { addressOf, bodyOf, challengeOf, metadata, nameIn, passwordOf, pkce, text } from './body.ts'
import { mayMail, tooMany, type GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { placeNamed } from './redirect.ts'
import { personOf, userOf } from './shapes.ts'

const Changes = z.object({
  email: text,
  phone: text,
  password: text,
  current_password: text,
  nonce: text,
  data: metadata,
  app_metadata: z.optional(z.unknown()),
  ...pkce,
})
type Changes = z.output<typeof Changes>

export function serveUser(app: FastifyInstance, context: GoTrue): void {
  app.get('/user', async (request, reply) => {
    const { account } = await whoAsks(context, request)
    return reply.send(await context.database.read(theServer, async (db) => userOf(await personOf(db, account))))
  })

  app.put('/user', async (request, reply) => {
    const asking = await whoAsks(context, request)
    const changes = bodyOf(Changes, request)
    await mustBeProvedFully(context, asking)
    const newEmail = await emailWanted(context, asking, changes, request)
    const newHash = await passwordWanted(context, asking, changes)
    const way = { challenge: challengeOf(changes), next: placeNamed(context, request) }
    const { account, session } = asking
    const cookie = request.headers.authorization === undefined && context.cookies.wordOf(request)
    const apply = () =>
      context.database.write(theServer, async (db) => {
        if (newHash) {
          await changePassword(db, account, newHash)
          await endOthers(db, account.id, session.id)
          if (cookie) reply.header('set-cookie', context.cookies.keep(await renewWord(db, { session: session.id, person: account.id })))
          if (account.email) await mailPasswordChanged(db, { userId: account.id })
        }
        if (changes.data)
          await changePerson(db, account.id, {
            raw_user_meta_data: JSON.stringify(mergeMetadata(account.raw_user_meta_data, changes.data)),
          })
        if (newEmail) await sendEmailChange(context, db, account, newEmail, way)
        return userOf(await personOf(db, (await personById(db, account.id))!))
      })
    return reply.send(await (newEmail ? evenly(apply) : apply()))
  })
}

async function emailWanted(context: GoTrue, { account }: Asking, { email, phone, app_metadata }: Changes, request: FastifyRequest) {
  if (phone) throw new AuthError(400, 'phone_provider_disabled', 'Phone logins are disabled')
  if (app_metadata !== undefined) throw new AuthError(403, 'not_admin', 'Updating app_metadata requires admin privileges')
  const wanted = email ? addressOf(email) : undefined
  if (!wanted || wanted === account.email) return undefined
  await mayMail(context, request, wanted)
  return wanted
}

// ASVS 5.0, 6.2.3 and 7.5.1: a session that was left open must not be enough to shut its person out.
const fresh = 60 * 60 * 1_000

async function passwordWanted(context: GoTrue, { account, session }: Asking, changes: Changes): Promise<string | undefined> {
  if (!changes.password) return undefined
  const password = passwordOf(changes.password, { email: account.email ?? '', name: nameIn(account.raw_user_meta_data) })
  if (Date.now() - Date.parse(session.createdAt) > fresh) await proveAnew(context, account, changes)
  if (account.encrypted_password && (await isPassword(password, account.encrypted_password)))
    throw new AuthError(422, 'same_password', 'New password should be different from the old password.')
  return hashPassword(password)
}

async function proveAnew({ attempts, database, secrets }: GoTrue, account: Account, { current_password, nonce }: Changes): Promise<void> {
  if (!current_password && !nonce) throw new AuthError(400, 'reauthentication_needed', 'Password update requires reauthentication')
  const wait = await attempts.take('code', account.id)
  if (wait > 0) throw tooMany(wait)
  const proof = { address: account.email ?? '', code: nonce ?? '', purposes: ['reauthentication_token'] as const, userId: account.id }
  const holds = current_password
    ? await isPassword(current_password, account.encrypted_password)
    : await database.write(theServer, (db) => redeemCode(db, secrets, proof))
  if (!holds) throw new AuthError(422, 'reauthentication_not_valid', 'Nonce has expired or is invalid')
  await attempts.forgive('code', account.id)
}

async function mustBeProvedFully({ database }: GoTrue, { account, session }: Asking): Promise<void> {
  if (session.aal !== 'aal1') return
  const factors = await database.read(theServer, (db) => factorsOf(db, account.id))
  if (factors.some(({ status }) => status === 'verified'))
    throw new AuthError(401, 'insufficient_aal', 'AAL2 session is required to change the account when MFA is enabled.')
}

/** Both addresses must agree: the old one, so that nobody is robbed of theirs, and the new one, so that it is theirs. */
export async function sendEmailChange(
  { configuration, secrets }: GoTrue,
  db: Tx<'service_role'>,
  { id, email }: Account,
  to: string,
  { challenge, next }: { challenge: Challenge | undefined; next: string | undefined },
): Promise<void> {
  if (challenge) await beginFlow(db, { userId: id, method: 'email_change' }, challenge)
  await changePerson(db, id, { email_change: to, email_change_confirm_status: email ? 0 : 1 })
  const issue = async (purpose: 'email_change_token_current' | 'email_change_token_new', address: string) => {
    const { token, code } = await issueOneTime(db, secrets, { userId: id, purpose, address, pkce: Boolean(challenge) })
    return { link: linkOf(configuration, { token, type: 'email_change', next }), code }
  }
  if (email) await mailOldAddress(db, { userId: id, address: email }, await issue('email_change_token_current', email))
  // Issued even if nobody is to read it: a link from an earlier try must not tell whether this address is taken.
  const forNew = await issue('email_change_token_new', to)
  const taken = await personByEmail(db, to)
  if (taken) await mailAlreadyHere(db, { userId: taken.id }, `${configuration.publicUrl}/sign-in`)
  else await mailNewAddress(db, { userId: id, address: to }, forNew)
}
