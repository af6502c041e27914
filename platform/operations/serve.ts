import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import type { Database } from '#platform/database/acting.ts'
import type { Asker } from '#platform/identity/askers.ts'
import { answer } from './answer.ts'
import type { Handler } from './handle.ts'
import { headersFor } from './headers.ts'
import { inputOf, takesBody } from './input.ts'
import { jsonBody } from './json.ts'
import { Limits } from './limits.ts'
import type { Logger } from './log.ts'
import type { AnyOperation } from './operation.ts'
import { ProblemError, problemOf, RefusedError } from './problem.ts'

export type Serving = {
  database: Database
  ask: (authorization: string | undefined) => Asker | Promise<Asker>
  trustedProxies: string[]
  publicUrl: string
  tls?: { cert: Buffer; key: Buffer } | undefined
  log: Logger
}
type Ask = Serving['ask']

z.config(z.locales.en())

const largestBody = 256 * 1024
const callsAMinute = 600

/** The HTTP engine: what is the same for everything we answer. */
export function engine({ trustedProxies, publicUrl, tls, log }: Serving): FastifyInstance {
  const options = {
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    genReqId: () => randomUUID(),
    bodyLimit: largestBody,
    requestTimeout: 30_000,
    return503OnClosing: false,
    clientErrorHandler: unreadable,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => sendProblem(request, reply, known(error)),
  }
  const server = { maxHeaderSize: 16 * 1024 }
  const app: FastifyInstance = tls
    ? Fastify({ ...options, https: { ...server, ...tls } })
    : Fastify({ ...options, http: server })
  const headers = headersFor(publicUrl)
  jsonBody(app)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern, never the address as sent: a path or query can hold anything a person typed.
    request.log.info(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
    done()
  })
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new ProblemError('not_found')))
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, known(error)))
  return app
}

/** Gives every operation its route below /api. */
export function serveOperations(
  app: FastifyInstance,
  handlers: readonly Handler[],
  { database, ask }: Pick<Serving, 'database' | 'ask'>,
): void {
  const limits = new Limits()
  for (const handler of handlers) {
    const { op } = handler
    const toInput = inputOf(op)
    app.route({
      method: op.method,
      url: `/api${op.path}`,
      bodyLimit: op.largest ?? largestBody,
      handler: async (request, reply) => {
        const asker = await admitted(op, request, ask)
        withinLimits(limits, op, asker, request.ip)
        const input = toInput({
          params: request.params as Record<string, string>,
          query: request.query as Record<string, unknown>,
          body: takesBody(op) ? request.body : undefined,
        })
        const idempotencyKey = request.headers['idempotency-key'] as string | undefined
        const body = await answer(database, handler, { asker, input, idempotencyKey })
        return reply.type('application/json; charset=utf-8').send(body)
      },
    })
  }
}

async function admitted(op: AnyOperation, request: FastifyRequest, ask: Ask): Promise<Asker> {
  const asker = await ask(request.headers.authorization)
  if (op.who === 'person' && !asker.person) throw new ProblemError('not_signed_in')
  if (op.who === 'service' && asker.acting.role !== 'service_role') throw new ProblemError(asker.person ? 'not_allowed' : 'not_signed_in')
  return asker
}

function withinLimits(limits: Limits, op: AnyOperation, { person }: Asker, address: string): void {
  const who = person?.id ?? address
  const seconds = op.limit === undefined ? limits.wait(who, callsAMinute) : limits.wait(`${who} ${op.method} ${op.path}`, op.limit)
  if (seconds > 0) throw new ProblemError('too_many_requests', {}, seconds)
}

// Fastify's own complaints about a request, in our names.
function known(error: unknown): ProblemError | RefusedError | Error {
  if (error instanceof ProblemError || error instanceof RefusedError) return error
  const { code = '', statusCode = 500 } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ProblemError('too_large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ProblemError('not_json')
  if (statusCode >= 400 && statusCode < 500 && code.startsWith('FST_ERR')) return new ProblemError('malformed')
  return error as Error
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: ProblemError | RefusedError | Error): FastifyReply {
  const expected = error instanceof ProblemError || error instanceof RefusedError
  if (!expected) request.log.error({ err: error }, 'failed')
  const problem = problemOf(expected ? error : new ProblemError('our_fault'), request.id)
  if (error instanceof ProblemError && error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

// The bytes did not even make a request: no route, no hook, so the answer is written by hand.
function unreadable(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const code =
    error.code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'too_slow' : 'malformed'
  const problem = problemOf(new ProblemError(code), randomUUID())
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.code}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${problem.request}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
