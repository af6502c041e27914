import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { NotNull } from 'kysely'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Acting } from '#platform/database/acting.ts'
import type { Reader } from '#platform/database/conversation.ts'
import { askedHere } from '#platform/operations/here.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Server } from '#platform/part.ts'
import { keepsOutbox } from './jobs.ts'
import { pageOf } from './page.ts'

const most = 200

/** The mails of a server that has no other one to send by, for whoever sits at its machine. To everybody else there is nothing here. */
export function serveOutbox(app: FastifyInstance, { configuration, database }: Server): void {
  if (!keepsOutbox(configuration)) return
  const here = { onRequest: mustBeHere }

  app.get('/outbox', here, async (request, reply) => {
    const mails = await database.read(theServer, (db) => kept(db).orderBy('created_at', 'desc').orderBy('id').limit(most).execute())
    reply.header('vary', 'Accept')
    if (request.headers.accept?.includes('application/json')) return reply.send(mails)
    return reply.type('text/html; charset=utf-8').send(pageOf(mails))
  })

  app.get('/outbox/outbox.css', here, (_request, reply) => reply.type('text/css; charset=utf-8').send(stylesheet))

  app.get<{ Params: { id: string } }>('/outbox/:id', here, async ({ params: { id } }, reply) => {
    if (!isUuid(id)) throw new ProblemError('not_found')
    const [mail] = await database.read(theServer, (db) => kept(db).where('id', '=', id).execute())
    if (!mail) throw new ProblemError('not_found')
    return reply.type('text/html; charset=utf-8').header('content-security-policy', ofAMail).send(mail.html)
  })
}

async function mustBeHere(request: FastifyRequest): Promise<void> {
  if (!askedHere(request)) throw new ProblemError('not_found')
}

const kept = (db: Reader<'service_role'>) =>
  db
    .selectFrom('mail.messages')
    .select(['id', 'address as to', 'kind', 'subject', 'text', 'html', 'created_at as createdAt'])
    .where('address', 'is not', null)
    .$narrowType<{ to: NotNull; subject: NotNull; text: NotNull; html: NotNull }>()

export type Kept = Awaited<ReturnType<ReturnType<typeof kept>['execute']>>[number]

// A mail brings its styles with it, as mails must, and may do nothing else.
const ofAMail = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const stylesheet = readFileSync(path.join(import.meta.dirname, 'outbox.css'))
const theServer: Acting<'service_role'> = { role: 'service_role', claims: '{"role":"service_role"}' }
const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
