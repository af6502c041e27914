import type { FastifyInstance } from 'fastify'
import { mailCode } from '../mails.ts'
import { issueOneTime } from '../one-time.ts'
import { theServer } from '../the-server.ts'
import { whoAsks } from './asking.ts'
import { mayMail, type GoTrue } from './context.ts'
import { AuthError } from './errors.ts'

/** A code to the person's own address, for what an open session alone may not do. */
export function serveReauthenticate(app: FastifyInstance, context: GoTrue): void {
  app.get('/reauthenticate', async (request, reply) => {
    const { account } = await whoAsks(context, request)
    const { id, email } = account
    if (!email) throw new AuthError(422, 'email_not_confirmed', 'Reauthentication requires the user to have an email')
    await mayMail(context, request, email)
    await context.database.write(theServer, async (db) => {
      const { code } = await issueOneTime(db, context.secrets, { userId: id, purpose: 'reauthentication_token', address: email })
      await mailCode(db, { userId: id }, code)
    })
    return reply.send({})
  })
}
