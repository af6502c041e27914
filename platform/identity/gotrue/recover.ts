import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { evenly } from '../evenly.ts'
import { beginFlow, type Challenge } from '../flows.ts'
import { linkOf } from '../links.ts'
import { mailMagicLink, mailRecovery } from '../mails.ts'
import { issueOneTime } from '../one-time.ts'
import { personByEmail, type Account } from '../people.ts'
import { theServer } from '../the-server.ts'
import { addressOf, bodyOf, challengeOf, pkce, text } from './body.ts'
import { mayMail, type GoTrue } from './context.ts'
import { placeNamed } from './redirect.ts'

export function serveRecover(app: FastifyInstance, context: GoTrue): void {
  app.post('/recover', async (request, reply) => {
    const body = bodyOf(z.object({ email: text, ...pkce }), request)
    const address = addressOf(body.email)
    const way = { type: 'recovery' as const, challenge: challengeOf(body), next: placeNamed(context, request) }
    await mayMail(context, request, address)
    await evenly(() =>
      context.database.write(theServer, async (db) => {
        const account = await personByEmail(db, address)
        if (account) await sendWayIn(context, db, account, way)
      }),
    )
    return reply.send({})
  })
}

export type WayIn = { type: 'recovery' | 'magiclink'; challenge: Challenge | undefined; next: string | undefined }

/** A mail that lets its reader in: to set a new password, or just so. */
export async function sendWayIn(
  { configuration, secrets }: GoTrue,
  db: Tx<'service_role'>,
  { id, email }: Account,
  { type, challenge, next }: WayIn,
): Promise<void> {
  if (challenge) await beginFlow(db, { userId: id, method: type }, challenge)
  const { token, code } = await issueOneTime(db, secrets, {
    userId: id,
    purpose: 'recovery_token',
    address: email!,
    pkce: Boolean(challenge),
  })
  const write = type === 'recovery' ? mailRecovery : mailMagicLink
  await write(db, { userId: id, address: email! }, { link: linkOf(configuration, { token, type, next }), code })
}
