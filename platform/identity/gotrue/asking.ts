import type { FastifyRequest } from 'fastify'
import { errors } from 'jose'
import { isShutOut, personById, type Account } from '../people.ts'
import { theServer } from '../the-server.ts'
import type { Session } from '../tokens.ts'
import type { GoTrue } from './context.ts'
import { AuthError } from './errors.ts'

export type Asking = { account: Account; session: Omit<Session, 'amr'> & { createdAt: string } }

/** The person who asks, and their session: both still there, whatever the token says. */
export async function whoAsks(context: GoTrue, request: FastifyRequest): Promise<Asking> {
  const { person, session: id } = await claimsOf(context, request)
  if (id === undefined) throw gone()
  const [account, session] = await context.database.read(theServer, async (db) => [
    await personById(db, person),
    await db
      .selectFrom('auth.sessions')
      .select(['id', 'aal', 'created_at'])
      .where('id', '=', id)
      .where('user_id', '=', person)
      .executeTakeFirst(),
  ])
  if (!account) throw new AuthError(403, 'user_not_found', 'User from sub claim in JWT does not exist')
  if (!session) throw gone()
  if (isShutOut(account)) throw new AuthError(403, 'user_banned', 'User is banned')
  return { account, session: { id: session.id, aal: session.aal ?? 'aal1', createdAt: session.created_at! } }
}

async function claimsOf(context: GoTrue, request: FastifyRequest): Promise<{ person: string; session: string | undefined }> {
  const word = request.headers.authorization === undefined ? context.cookies.wordOf(request) : undefined
  return word === undefined ? claimsOfToken(context, request) : claimsOfCookie(context, word)
}

async function claimsOfCookie({ cookies }: GoTrue, word: string) {
  const claims = await cookies.claims(word)
  if (!claims) throw gone()
  return { person: claims.sub, session: claims.session_id }
}

async function claimsOfToken({ read }: GoTrue, { headers }: FastifyRequest): Promise<{ person: string; session: string | undefined }> {
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (!token) throw new AuthError(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  try {
    return await read(token)
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new AuthError(403, 'bad_jwt', 'invalid JWT: unable to parse or verify signature')
    throw error
  }
}

const gone = () => new AuthError(403, 'session_not_found', 'Session from session_id claim in JWT does not exist')

/** The operator's own programs, with SERVICE_KEY. */
export async function mustBeOperator({ ask }: GoTrue, { method, headers }: FastifyRequest): Promise<void> {
  const { authorization } = headers
  if (authorization === undefined) throw new AuthError(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  const { acting } = await ask({ method, headers: { authorization } })
  if (acting.role !== 'service_role') throw new AuthError(403, 'not_admin', 'User not allowed')
}
