import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import { unlinkIdentity } from '../openid/identities.ts'
import { theServer } from '../the-server.ts'
import { whoAsks } from './asking.ts'
import type { GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { mustHaveJustProved } from './passkeys.ts'

export function serveIdentities(app: FastifyInstance, context: GoTrue): void {
  // GoTrue links whatever the browser brings back that follows this address, whoever sits before it. Our own way takes one
  // step more (identity.proposed_links), for which its protocol has no words.
  app.get('/user/identities/authorize', async () => {
    throw new AuthError(404, 'manual_linking_disabled', 'Link other providers in your settings')
  })

  app.delete('/user/identities/:id', async (request, reply) => {
    const asking = await whoAsks(context, request)
    const { id } = request.params as { id: string }
    const because = z.safeParse(z.uuid(), id).success
      ? await context.database.write(theServer, async (db) => {
          await mustHaveJustProved(db, asking)
          return unlinkIdentity(db, { id, userId: asking.account.id })
        })
      : ('no_such_identity' as const)
    if (because) throw new AuthError(...refusals[because])
    return reply.send({})
  })
}

type Refused = NonNullable<Awaited<ReturnType<typeof unlinkIdentity>>>
const refusals: Record<Refused, [status: number, code: string, says: string]> = {
  no_such_identity: [404, 'identity_not_found', 'Identity doesn’t exist'],
  last_way_in: [422, 'single_identity_not_deletable', 'This is the last way into your account: add another one first'],
}
