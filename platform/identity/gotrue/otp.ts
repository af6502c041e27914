import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { evenly } from '../evenly.ts'
import { createPerson, personByEmail } from '../people.ts'
import { mayNotSignUp } from '../registration.ts'
import { theServer } from '../the-server.ts'
import { addressOf, bodyOf, challengeOf, metadata, pkce, text } from './body.ts'
import { mayMail, type GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { placeNamed } from './redirect.ts'
import { sendWayIn } from './recover.ts'
import { sendConfirmation } from './signup.ts'

const Otp = z.object({ email: text, phone: text, create_user: z.optional(z.nullable(z.boolean())), data: metadata, ...pkce })

/** A link or code to sign in by; for newcomers who may sign up, to begin with. The answer is the same for all. */
export function serveOtp(app: FastifyInstance, context: GoTrue): void {
  const send = async (request: FastifyRequest, reply: FastifyReply) => {
    const body = bodyOf(Otp, request)
    if (body.phone) throw new AuthError(400, 'phone_provider_disabled', 'Phone logins are disabled')
    const email = addressOf(body.email)
    const data = body.data ?? {}
    const way = { challenge: challengeOf(body), next: placeNamed(context, request) }
    await mayMail(context, request, email)
    await evenly(() =>
      context.database.write(theServer, async (db) => {
        const account = await personByEmail(db, email)
        if (account) return sendWayIn(context, db, account, { ...way, type: 'magiclink' })
        if (body.create_user === false || mayNotSignUp(context.configuration.registration, { email, data })) return
        const newcomer = await createPerson(db, { email, passwordHash: null, data })
        if (newcomer) await sendConfirmation(context, db, newcomer, way)
      }),
    )
    return reply.send({})
  }
  app.post('/otp', send)
  app.post('/magiclink', send)
}
