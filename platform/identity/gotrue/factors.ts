import type { FastifyInstance } from 'fastify'
import { renderSVG } from 'uqr'
import * as z from 'zod/mini'
import { endUnproved } from '../ending.ts'
import { answerChallenge, challengeFactor, enrolTotp, factorsOf, mostFactors, removeFactor, type Factor, type Wrong } from '../factors.ts'
import { mailFactorAdded, mailFactorRemoved } from '../mails.ts'
import { renew } from '../refresh.ts'
import { liftSession } from '../sessions.ts'
import { theServer } from '../the-server.ts'
import { whoAsks, type Asking } from './asking.ts'
import { bodyOf, invalid, text } from './body.ts'
import { tooMany, type GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { personOf, sessionOf } from './shapes.ts'

export function serveFactors(app: FastifyInstance, context: GoTrue): void {
  const { database, secrets, attempts } = context

  app.post('/factors', async (request, reply) => {
    const asking = await whoAsks(context, request)
    const { factor_type, friendly_name, issuer } = bodyOf(z.object({ factor_type: text, friendly_name: text, issuer: text }), request)
    if (factor_type !== 'totp') throw invalid('factor_type needs to be totp')
    const name = friendly_name ?? ''
    const wanted = { name, issuer: issuer?.slice(0, 100) || new URL(context.configuration.publicUrl).host }
    const { id, secret, uri } = await database.write(theServer, async (db) => {
      mayEnrol(asking, await factorsOf(db, asking.account.id), name)
      return enrolTotp(db, secrets, asking.account, wanted)
    })
    return reply.send({ id, type: 'totp', friendly_name: name, totp: { qr_code: renderSVG(uri), secret, uri } })
  })

  app.post('/factors/:id/challenge', async (request, reply) => {
    const { account } = await whoAsks(context, request)
    const factorId = idIn(request.params)
    const { id, expiresAt } = await database.write(theServer, async (db) => {
      ownFactor(await factorsOf(db, account.id), factorId)
      return challengeFactor(db, factorId, request.ip)
    })
    return reply.send({ id, type: 'totp', expires_at: expiresAt })
  })

  app.post('/factors/:id/verify', async (request, reply) => {
    const { account, session } = await whoAsks(context, request)
    const factorId = idIn(request.params)
    const { challenge_id, code } = bodyOf(z.object({ challenge_id: z.uuid(), code: z.string().check(z.maxLength(20)) }), request)
    const wait = await attempts.take('factor', account.id)
    if (wait > 0) throw tooMany(wait)
    const { person, begun } = await database.write(theServer, async (db) => {
      const before = ownFactor(await factorsOf(db, account.id), factorId)
      const outcome = await answerChallenge(db, secrets, { factorId, challengeId: challenge_id, code, userId: account.id })
      if (outcome !== 'right') throw new AuthError(422, outcome, says[outcome])
      if (before.status === 'unverified') await mailFactorAdded(db, { userId: account.id })
      await endUnproved(db, account.id, session.id)
      const lifted = await liftSession(db, { id: session.id, method: 'totp', factorId })
      return { person: await personOf(db, account), begun: { session: lifted, refreshToken: await renew(db, secrets, lifted) } }
    })
    await attempts.forgive('factor', account.id)
    return reply.send(await sessionOf(context.sign, person, begun))
  })

  app.delete('/factors/:id', async (request, reply) => {
    const { account, session } = await whoAsks(context, request)
    const factorId = idIn(request.params)
    await database.write(theServer, async (db) => {
      const { status } = ownFactor(await factorsOf(db, account.id), factorId)
      if (status === 'verified' && session.aal === 'aal1')
        throw new AuthError(422, 'insufficient_aal', 'AAL2 required to unenroll verified factor')
      await removeFactor(db, { factorId, userId: account.id })
      if (status === 'verified') await mailFactorRemoved(db, { userId: account.id })
    })
    return reply.send({ id: factorId })
  })
}

// A stolen session must not add a factor of its own beside the person's.
function mayEnrol({ session }: Asking, factors: Factor[], name: string): void {
  if (name.trim() !== '' && factors.some(({ friendly_name }) => friendly_name === name))
    throw new AuthError(422, 'mfa_factor_name_conflict', `A factor with the friendly name "${name}" for this user already exists`)
  if (factors.length >= mostFactors)
    throw new AuthError(422, 'too_many_enrolled_mfa_factors', 'Maximum number of verified factors reached, unenroll to continue')
  if (session.aal === 'aal1' && factors.some(({ status }) => status === 'verified'))
    throw new AuthError(403, 'insufficient_aal', 'AAL2 required to enroll a new factor')
}

function ownFactor(factors: Factor[], id: string): Factor {
  const factor = factors.find((factor) => factor.id === id)
  if (!factor) throw new AuthError(404, 'mfa_factor_not_found', says.mfa_factor_not_found)
  return factor
}

const idIn = (params: unknown) => (params as { id: string }).id

const says: Record<Wrong, string> = {
  mfa_factor_not_found: 'Factor not found',
  mfa_challenge_expired: 'MFA challenge has expired, verify against another challenge or create a new challenge.',
  mfa_verification_failed: 'Invalid TOTP code entered',
}
