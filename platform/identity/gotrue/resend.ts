import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import { evenly } from '../evenly.ts'
import { personByEmail } from '../people.ts'
import { theServer } from '../the-server.ts'
import { addressOf, bodyOf, challengeOf, invalid, pkce, text } from './body.ts'
import { mayMail, type GoTrue } from './context.ts'
import { placeNamed } from './redirect.ts'
import { sendConfirmation } from './signup.ts'
import { sendEmailChange } from './user.ts'

export function serveResend(app: FastifyInstance, context: GoTrue): void {
  app.post('/resend', async (request, reply) => {
    const body = bodyOf(z.object({ type: text, email: text, ...pkce }), request)
    const { type } = body
    if (type !== 'signup' && type !== 'email_change') throw invalid('Missing one of these types: signup, email_change')
    const address = addressOf(body.email)
    const way = { challenge: challengeOf(body), next: placeNamed(context, request) }
    await mayMail(context, request, address)
    await evenly(async () => {
      const account = await context.database.read(theServer, (db) => personByEmail(db, address))
      if (type === 'signup' && account && !account.email_confirmed_at)
        await context.database.write(theServer, (db) => sendConfirmation(context, db, account, way))
      const to = account?.email_change
      if (type !== 'email_change' || !to || (await context.attempts.take('mail', to)) > 0) return
      await context.database.write(theServer, (db) => sendEmailChange(context, db, account, to, way))
    })
    return reply.send({})
  })
}
