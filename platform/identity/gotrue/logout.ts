import type { FastifyInstance } from 'fastify'
import { endAll, endOthers, endSession } from '../ending.ts'
import { theServer } from '../the-server.ts'
import { whoAsks } from './asking.ts'
import { invalid } from './body.ts'
import type { GoTrue } from './context.ts'
import { mustHaveJustProved } from './passkeys.ts'

export function serveLogout(app: FastifyInstance, context: GoTrue): void {
  app.post('/logout', async (request, reply) => {
    const { account, session } = await whoAsks(context, request)
    const { scope = 'global' } = request.query as { scope?: string }
    await context.database.write(theServer, async (db) => {
      if (scope === 'global') await endAll(db, account.id)
      else if (scope === 'local') await endSession(db, session.id)
      else if (scope === 'others') {
        await mustHaveJustProved(db, { account, session }) // who stays must not be a thief
        await endOthers(db, account.id, session.id)
      } else throw invalid(`Unsupported logout scope "${scope}"`)
    })
    return reply.code(204).send()
  })
}
