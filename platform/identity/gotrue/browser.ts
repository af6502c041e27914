import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Tx } from '#platform/database/conversation.ts'
import { cookieDays, hashOf, mustBeOurPages, newWord } from '../cookies.ts'
import { endSession } from '../ending.ts'
import { theServer } from '../the-server.ts'
import type { GoTrue } from './context.ts'

// Our own pages speak this protocol too, with one difference: no token reaches their scripts. With `X-Session: cookie`
// the session they prove themselves for is kept in a cookie, and the answer holds the person only. A word is new for each
// proof and ends the one before, so that nobody can be given a word beforehand and wait until it is worth something.
export function keepSessionsInCookies(app: FastifyInstance, { cookies, configuration, database, read }: GoTrue): void {
  app.addHook('onRequest', async (request) => {
    if (request.headers['x-session'] === 'cookie') mustBeOurPages(request, configuration.publicUrl)
  })

  app.addHook('preSerialization', async (request, reply, payload) => {
    if (request.headers['x-session'] !== 'cookie' || !isSession(payload)) return payload
    const { session, person } = await read(payload.access_token)
    const before = cookies.wordOf(request)
    const word = await database.write(theServer, async (db) => {
      if (before) await endSessionBefore(db, before, session!)
      return renewWord(db, { session: session!, person })
    })
    reply.header('set-cookie', cookies.keep(word))
    return { user: payload.user }
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const { scope } = request.query as { scope?: string }
    if (request.routeOptions.url?.endsWith('/logout') && reply.statusCode === 204 && scope !== 'others')
      reply.header('set-cookie', cookies.drop)
    return payload
  })
}

/** A new word for a session; the one it had is worth nothing from now on, whoever else may have it. */
export async function renewWord(db: Tx<'service_role'>, { session, person }: { session: string; person: string }): Promise<string> {
  const word = newWord()
  const expires_at = sql<string>`now() + make_interval(days => ${cookieDays})`
  await db.deleteFrom('identity.browser_sessions').where('session_id', '=', session).execute()
  await db
    .insertInto('identity.browser_sessions')
    .values({ token_hash: hashOf(word), session_id: session, user_id: person, expires_at })
    .execute()
  return word
}

// ASVS 5.0, 7.2.4: signing in anew ends the session in which this browser was until now.
async function endSessionBefore(db: Tx<'service_role'>, word: string, now: string): Promise<void> {
  const before = await db
    .selectFrom('identity.browser_sessions')
    .select('session_id')
    .where('token_hash', '=', hashOf(word))
    .where('session_id', '<>', now)
    .executeTakeFirst()
  if (before) await endSession(db, before.session_id)
}

type Signed = { access_token: string; user: unknown }
const isSession = (payload: unknown): payload is Signed =>
  typeof payload === 'object' && payload !== null && typeof (payload as Partial<Signed>).access_token === 'string'
