import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import { endUnproved } from '../ending.ts'
import { factorsOf } from '../factors.ts'
import { codesInASet, codesLeft, forgetRecoveryCodes, makeRecoveryCodes, resetAuthenticators, useRecoveryCode } from '../recovery/codes.ts'
import { renew } from '../refresh.ts'
import { liftSession } from '../sessions.ts'
import { theServer } from '../the-server.ts'
import { whoAsks, type Asking } from './asking.ts'
import { bodyOf } from './body.ts'
import { tooMany, type GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { mustHaveJustProved } from './passkeys.ts'
import { personOf, sessionOf } from './shapes.ts'

// GoTrue's recovery codes, as supabase-js calls them. No operation below /api gives codes: an answer there is kept for a day
// under its Idempotency-Key, and these are shown once.
export function serveRecoveryCodes(app: FastifyInstance, context: GoTrue): void {
  const { database, secrets, attempts, sign } = context

  app.get('/factors/recovery-codes', async (request, reply) => {
    const { account } = await whoAsks(context, request)
    const left = await database.read(theServer, (db) => codesLeft(db, account.id))
    if (!left) throw none()
    return reply.send({ type: 'recovery_code', ...left })
  })

  const make = (replace: boolean) => async (asking: Asking) =>
    database.write(theServer, async (db) => {
      await mustHaveJustProved(db, asking)
      const { id } = asking.account
      const factors = await factorsOf(db, id)
      if (!factors.some(({ status }) => status === 'verified'))
        throw new AuthError(422, 'mfa_recovery_codes_sole_factor', 'Recovery codes stand in for a second factor: enroll one first')
      const before = await codesLeft(db, id)
      if (replace && !before) throw none()
      if (!replace && before)
        throw new AuthError(422, 'mfa_verified_factor_exists', 'Recovery codes exist already: regenerate them instead')
      const made = await makeRecoveryCodes(db, secrets, id)
      return { ...made, type: 'recovery_code', friendly_name: 'Recovery codes', total: codesInASet }
    })

  app.post('/factors/recovery-codes', async (request, reply) => reply.send(await make(false)(await whoAsks(context, request))))

  app.post('/factors/recovery-codes/regenerate', async (request, reply) => reply.send(await make(true)(await whoAsks(context, request))))

  app.post('/factors/recovery-codes/verify', async (request, reply) => {
    const { account, session } = await whoAsks(context, request)
    const { code, reset_authenticators } = bodyOf(Used, request)
    const wait = await attempts.take('factor', account.id)
    if (wait > 0) throw tooMany(wait)
    const { person, begun } = await database.write(theServer, async (db) => {
      const set = await useRecoveryCode(db, secrets, { userId: account.id, code })
      if (!set) throw new AuthError(422, 'mfa_verification_failed', 'Invalid recovery code entered')
      await endUnproved(db, account.id, session.id)
      if (reset_authenticators) await resetAuthenticators(db, account.id)
      const lifted = await liftSession(db, { id: session.id, method: 'mfa/recovery_code', factorId: set })
      return { person: await personOf(db, account), begun: { session: lifted, refreshToken: await renew(db, secrets, lifted) } }
    })
    await attempts.forgive('factor', account.id)
    return reply.send(await sessionOf(sign, person, begun))
  })

  app.delete('/factors/recovery-codes', async (request, reply) => {
    const asking = await whoAsks(context, request)
    const gone = await database.write(theServer, async (db) => {
      await mustHaveJustProved(db, asking)
      return forgetRecoveryCodes(db, asking.account.id)
    })
    if (!gone) throw none()
    return reply.send({ id: gone })
  })
}

const Used = z.object({
  code: z.string().check(z.minLength(1), z.maxLength(60)),
  /** Ours: the device is lost for good. */
  reset_authenticators: z.optional(z.boolean()),
})

const none = () => new AuthError(404, 'mfa_factor_not_found', 'No recovery codes were generated yet')
