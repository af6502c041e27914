import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import { linkOf } from '../links.ts'
import { mailInvitation } from '../mails.ts'
import { issueOneTime } from '../one-time.ts'
import { theServer } from '../the-server.ts'
import { mustBeOperator } from './asking.ts'
import { addressOf, bodyOf, metadata, text } from './body.ts'
import type { GoTrue } from './context.ts'
import { invited } from './generate-link.ts'
import { placeNamed } from './redirect.ts'
import { personOf, userOf } from './shapes.ts'

export function serveInvite(app: FastifyInstance, context: GoTrue): void {
  app.post('/invite', async (request, reply) => {
    await mustBeOperator(context, request)
    const { email, data } = bodyOf(z.object({ email: text, data: metadata }), request)
    const address = addressOf(email)
    const next = placeNamed(context, request)
    const user = await context.database.write(theServer, async (db) => {
      const account = await invited(db, address, data ?? {})
      const { token, code } = await issueOneTime(db, context.secrets, { userId: account.id, purpose: 'confirmation_token', address })
      await mailInvitation(db, { userId: account.id }, { link: linkOf(context.configuration, { token, type: 'invite', next }), code })
      return userOf(await personOf(db, account))
    })
    return reply.send(user)
  })
}
