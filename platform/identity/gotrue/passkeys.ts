import type { FastifyInstance, FastifyRequest } from 'fastify'
import { auditFor } from '#platform/audit/append.ts'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { mayNotChangeWaysIn, type MayNot } from '../may-change-ways-in.ts'
import { Proof, Registered } from '../passkeys/credential.ts'
import { beginRegistration, finishRegistration, passkeyColumns, type NotRegistered, type Passkey } from '../passkeys/registration.ts'
import { relyingParty } from '../passkeys/relying-party.ts'
import { removePasskey } from '../passkeys/removal.ts'
import { beginPasskeySignIn, signedInByPasskey, type NotSignedIn } from '../passkeys/sign-in.ts'
import { theServer } from '../the-server.ts'
import { mustBeOperator, whoAsks, type Asking } from './asking.ts'
import { bodyOf, invalid } from './body.ts'
import type { GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { personOf, sessionOf } from './shapes.ts'

// GoTrue's passkeys (its passkey_registration.go, passkey_authentication.go, passkey_manage.go), as supabase-js calls them.
export function servePasskeys(app: FastifyInstance, context: GoTrue): void {
  const { database, sign } = context
  const party = relyingParty(context.configuration)

  app.post('/passkeys/registration/options', async (request, reply) => {
    const { account, session } = await whoAsks(context, request)
    const begun = await database.write(theServer, async (db) => {
      await mustHaveJustProved(db, { account, session })
      return beginRegistration(db, party, account)
    })
    return reply.send(granted(begun))
  })

  app.post('/passkeys/registration/verify', async (request, reply) => {
    const { account, session } = await whoAsks(context, request)
    const { challenge_id, credential } = bodyOf(z.object({ challenge_id: z.uuid(), credential: Registered }), request)
    const made = await database.write(theServer, async (db) => {
      await mustHaveJustProved(db, { account, session })
      return finishRegistration(db, party, { userId: account.id, challengeId: challenge_id, credential })
    })
    return reply.send(shown(granted(made)))
  })

  app.post('/passkeys/authentication/options', async (_request, reply) =>
    reply.send(await database.write(theServer, (db) => beginPasskeySignIn(db, party))),
  )

  app.post('/passkeys/authentication/verify', async (request, reply) => {
    const { challenge_id, credential } = bodyOf(z.object({ challenge_id: z.uuid(), credential: Proof }), request)
    const by = { userAgent: request.headers['user-agent'], ip: request.ip }
    const signedIn = await database.write(theServer, async (db) => {
      const outcome = await signedInByPasskey(db, party, { challengeId: challenge_id, credential }, by)
      return typeof outcome === 'string' ? outcome : { ...outcome, person: await personOf(db, outcome.account) }
    })
    const { person, begun } = granted(signedIn)
    return reply.send(await sessionOf(sign, person, begun))
  })

  app.get('/passkeys', async (request, reply) => reply.send(await passkeysOf(context, (await whoAsks(context, request)).account.id)))

  app.patch('/passkeys/:id', async (request, reply) => {
    const { account } = await whoAsks(context, request)
    const { friendly_name } = bodyOf(z.object({ friendly_name: friendlyName }), request)
    const renamed = await database.write(theServer, (db) =>
      db
        .updateTable('identity.passkeys')
        .set({ name: friendly_name })
        .where('id', '=', idIn(request))
        .where('user_id', '=', account.id)
        .returning(passkeyColumns)
        .executeTakeFirst(),
    )
    return reply.send(shown(granted(renamed ?? 'no_such_passkey')))
  })

  app.delete('/passkeys/:id', async (request, reply) => {
    const { account, session } = await whoAsks(context, request)
    await database.write(theServer, async (db) => {
      await mustHaveJustProved(db, { account, session })
      const because = await removePasskey(db, { id: idIn(request), userId: account.id, sessionId: session.id })
      if (because) throw refusal(because)
    })
    return reply.code(204).send()
  })

  app.get('/admin/users/:user/passkeys', async (request, reply) => {
    await mustBeOperator(context, request)
    return reply.send(await passkeysOf(context, userIn(request)))
  })

  // The operator may take even the last one: it may be a thief's.
  app.delete('/admin/users/:user/passkeys/:id', async (request, reply) => {
    await mustBeOperator(context, request)
    await database.write(theServer, async (db) => {
      const gone = await db
        .deleteFrom('identity.passkeys')
        .where('id', '=', idIn(request))
        .where('user_id', '=', userIn(request))
        .returning('user_id')
        .executeTakeFirst()
      if (!gone) throw refusal('no_such_passkey')
      auditFor(db, gone.user_id, {
        action: 'identity.passkey-removed',
        subject: { kind: 'passkey', id: idIn(request) },
        details: { by: 'operator' },
      })
    })
    return reply.code(204).send()
  })
}

const friendlyName = z.string().check(z.trim(), z.minLength(1), z.maxLength(120), z.regex(/^\P{C}*$/u))

export async function mustHaveJustProved(db: Tx<'service_role'>, { account, session }: Asking): Promise<void> {
  const because = await mayNotChangeWaysIn(db, { userId: account.id, sessionId: session.id })
  if (because) throw refusal(because)
}

const passkeysOf = ({ database }: GoTrue, userId: string) =>
  database.read(theServer, async (db) =>
    (await db.selectFrom('identity.passkeys').select(passkeyColumns).where('user_id', '=', userId).orderBy('created_at').execute()).map(
      shown,
    ),
  )

const shown = ({ id, name, created_at, last_used_at, backed_up, transports }: Passkey) => ({
  id,
  friendly_name: name,
  created_at,
  ...(last_used_at === null ? {} : { last_used_at }),
  backed_up,
  transports,
})

const granted = <T>(outcome: T | Refused): T => {
  if (typeof outcome === 'string') throw refusal(outcome as Refused)
  return outcome
}
type Refused = NotRegistered | NotSignedIn | MayNot | 'no_such_passkey' | 'last_way_in'
const refusal = (because: Refused) => new AuthError(...refusals[because])

// In GoTrue's words where it has some; ours beyond that.
const refusals: Record<Refused, [status: number, code: string, says: string]> = {
  sign_in_again: [403, 'reauthentication_needed', 'Please sign in again: this needs a sign-in of the last 15 minutes'],
  second_factor_needed: [403, 'insufficient_aal', 'AAL2 required to change how you sign in'],
  no_such_challenge: [400, 'webauthn_challenge_not_found', 'Challenge not found or already used'],
  challenge_expired: [400, 'webauthn_challenge_expired', 'Challenge has expired'],
  passkey_not_accepted: [400, 'webauthn_verification_failed', 'Credential verification failed'],
  passkey_was_copied: [400, 'webauthn_counter_regressed', 'This passkey counted backwards, as a copy does'],
  passkey_is_known_already: [422, 'webauthn_credential_exists', 'This credential is already registered'],
  too_many_passkeys: [422, 'too_many_passkeys', 'Maximum number of passkeys reached'],
  user_banned: [403, 'user_banned', 'User is banned'],
  no_such_passkey: [404, 'webauthn_credential_not_found', 'Passkey not found'],
  last_way_in: [422, 'last_way_in', 'This is the last way into your account: add another one first'],
}

const idIn = ({ params }: FastifyRequest) => uuidIn((params as { id: string }).id)
const userIn = ({ params }: FastifyRequest) => uuidIn((params as { user: string }).user)

function uuidIn(text: string): string {
  if (!z.safeParse(z.uuid(), text).success) throw invalid('the id in the address must be a UUID')
  return text
}
