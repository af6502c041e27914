import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Reader } from '#platform/database/conversation.ts'
import { mustBeOurPages } from '#platform/identity/cookies.ts'
import { endSession } from '#platform/identity/ending.ts'
import { renewWord } from '#platform/identity/gotrue/browser.ts'
import { accounts, isShutOut } from '#platform/identity/people.ts'
import { beginSession } from '#platform/identity/sessions.ts'
import { theServer } from '#platform/identity/the-server.ts'
import { askedHere } from '#platform/operations/here.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Server } from '#platform/part.ts'
import { everybody, type Character } from './cast.ts'
import { mayHaveDemo } from './here.ts'

/** Whom one may look around as, and the one click that does it: for whoever sits at the machine. To everybody else there is nothing here. */
export function serveEntering(app: FastifyInstance, { configuration, database, cookies }: Server): void {
  if (!mayHaveDemo(configuration)) return
  const here = { onRequest: mustBeHere }

  app.get('/api/demo/people', here, async () => {
    const people = await database.read(theServer, peopleHere)
    return { people: people.map(({ id, name, says }) => ({ id, name, says })) }
  })

  app.post<{ Body: unknown }>('/api/demo/entering', here, async (request, reply) => {
    mustBeOurPages(request, configuration.publicUrl)
    const { id } = (request.body ?? {}) as { id?: unknown }
    const before = await sessionBefore(request)
    const word = await database.write(theServer, async (db) => {
      const person = (await peopleHere(db)).find((one) => one.id === id)
      if (!person) throw new ProblemError('not_found')
      if (before) await endSession(db, before)
      const userAgent = request.headers['user-agent']
      const { session } = await beginSession(db, { userId: person.id, method: 'demo', userAgent, ip: request.ip })
      return renewWord(db, { session: session.id, person: person.id })
    })
    reply.header('set-cookie', cookies.keep(word))
    return {}
  })

  async function sessionBefore(request: FastifyRequest): Promise<string | undefined> {
    const word = cookies.wordOf(request)
    return word && (await cookies.claims(word))?.session_id
  }
}

async function mustBeHere(request: FastifyRequest): Promise<void> {
  if (!askedHere(request)) throw new ProblemError('not_found')
}

async function peopleHere(db: Pick<Reader<'service_role'>, 'selectFrom'>): Promise<readonly Character[]> {
  const [world] = await db.selectFrom('demo.worlds').select('loaded_at').where('left_at', 'is', null).execute()
  if (!world) throw new ProblemError('not_found')
  const ids = everybody.map(({ id }) => id)
  const rows = await accounts(db).where('u.id', 'in', ids).execute()
  const open = new Set(rows.filter((account) => !isShutOut(account)).map(({ id }) => id))
  return everybody.filter(({ id }) => open.has(id))
}
