import type { IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Acting } from '#platform/database/acting.ts'
import { Limits } from '#platform/operations/limits.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import { farewell, unhurried } from '#platform/operations/serve.ts'
import type { Server } from '#platform/part.ts'
import { usualPace } from './pace.ts'
import { named } from './refusals.ts'
import * as tus from './tus.ts'
import { uploading, type Progress } from './upload.ts'

type ToOne = FastifyRequest<{ Params: { id: string } }>
type Act = (request: ToOne, reply: FastifyReply) => Promise<FastifyReply>

/** Resumable uploads, by tus 1.0. */
export function serveUploads(app: FastifyInstance, server: Server, pace = usualPace): void {
  const ending = new AbortController()
  const { begin, look, write, end } = uploading(server, pace, ending.signal)

  const acts: Record<string, Act> = {
    async HEAD(request, reply) {
      return reply.headers(headersOf(await look(personIn(request), request.params.id))).send()
    },
    async PATCH(request, reply) {
      tus.mustBeOctets(request.headers)
      const from = tus.wholeNumberIn(request.headers, 'Upload-Offset')
      const announced = Number(request.headers['content-length'] ?? 0)
      const body = () => withoutHurry(request)
      return reply
        .code(204)
        .headers(headersOf(await write(personIn(request), request.params.id, { from, announced, body })))
        .send()
    },
    async DELETE(request, reply) {
      await end(personIn(request), request.params.id)
      return reply.code(204).send()
    },
  }

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null)) // it stays in the socket until somebody reads it
    scope.addHook('onRequest', admission(server))
    scope.addHook('onSend', stay)
    scope.addHook('onResponse', hangUp)
    scope.addHook('preClose', async () => ending.abort())
    scope.setErrorHandler((error) => {
      throw named(error)
    })

    const abilities = async (_request: FastifyRequest, reply: FastifyReply) => reply.code(204).headers(tus.abilities).send()
    scope.options('/files/uploads', abilities)
    scope.options('/files/uploads/:id', abilities)
    scope.post('/files/uploads', async (request, reply) => {
      const said = tus.metadataIn(request.headers)
      const length = tus.wholeNumberIn(request.headers, 'Upload-Length')
      const { id, ...progress } = await begin(personIn(request), { purpose: said.get('purpose'), name: said.get('filename'), length })
      return reply
        .code(201)
        .headers({ location: `/files/uploads/${id}`, ...headersOf(progress) })
        .send()
    })
    scope.route<{ Params: { id: string } }>({
      method: ['HEAD', 'PATCH', 'POST', 'DELETE'],
      url: '/files/uploads/:id',
      handler: async (request, reply) => {
        const act = acts[tus.methodOf(request)]
        if (!act) throw new ProblemError('not_found')
        return act(request, reply)
      },
    })
  })
}

function admission({ ask }: Server) {
  const limits = new Limits()
  return async (request: FastifyRequest, reply: FastifyReply) => {
    reply.headers(tus.spoken)
    if (request.method === 'OPTIONS') return
    request.asker = await ask(request)
    if (!request.asker.person) throw new ProblemError('not_signed_in')
    const seconds = limits.wait(request.asker.person.id, callsAMinute)
    if (seconds > 0) throw new ProblemError('too_many_requests', {}, seconds)
    tus.mustSpeakTus(request.headers)
  }
}
const callsAMinute = 600

const personIn = ({ asker }: FastifyRequest) => asker.acting as Acting<'authenticated'>

const headersOf = ({ purpose, name, length, offset, expiresAt }: Progress) => ({
  'upload-metadata': tus.metadata({ purpose, filename: name }),
  'upload-length': length,
  'upload-offset': offset,
  ...(expiresAt === null ? {} : { 'upload-expires': tus.httpDate(expiresAt) }),
})

// A film takes its time: how much it may take is watched in pace.ts.
function withoutHurry({ raw }: FastifyRequest): IncomingMessage {
  unhurried.add(raw.socket)
  return raw
}

// Whoever was refused may still have gigabytes to send. Hung up on at once, as they may have asked for, they would not read why.
async function stay({ raw }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!raw.complete) reply.header('connection', 'keep-alive')
}

async function hangUp({ raw }: FastifyRequest): Promise<void> {
  unhurried.delete(raw.socket)
  if (raw.complete) return
  await pause(farewell, undefined, { ref: false })
  const isLast = raw.httpVersion === '1.0' || /close/i.test(raw.headers.connection ?? '')
  if (!raw.complete || isLast) raw.socket.destroy()
}
