import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import type { Database } from '#platform/database/acting.ts'
import type { Ask, Asker } from '#platform/identity/askers.ts'
import { answer } from './answer.ts'
import type { Handler } from './handle.ts'
import { headersFor } from './headers.ts'
import { inputOf } from './input.ts'
import { jsonBody } from './json.ts'
import { Limits, placeOf } from './limits.ts'
import type { Logger } from './log.ts'
import { largestBody, type AnyOperation } from './operation.ts'
import { takesBody } from './places.ts'
import { ProblemError, problemOf, RefusedError } from './problem.ts'
import { refused } from './refused.ts'

export type Serving = {
  database: Database
  ask: Ask
  trustedProxies: string[]
  publicUrl: string
  tls?: { cert: Buffer; key: Buffer } | undefined
  log: Logger
}

declare module 'fastify' {
  interface FastifyRequest {
    asker: Asker
  }
}

z.config(z.locales.en())

const callsAMinute = 600
const patience = 30_000

/** The HTTP engine: what is the same for everything we answer. */
export function engine({ trustedProxies, publicUrl, tls, log }: Serving): FastifyInstance {
  const headers = headersFor(publicUrl)
  const signed = (request: FastifyRequest, reply: FastifyReply) => reply.headers(headers).header('x-request-id', request.id)
  const options = {
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    genReqId: () => randomUUID(),
    bodyLimit: largestBody,
    requestTimeout: patience,
    return503OnClosing: false,
    clientErrorHandler: unreadable(headers),
    routerOptions: { maxParamLength: 500 },
    // An address that cannot be read meets no hook.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, signed(request, reply), known(error)),
  }
  // Node would answer a missing Host and an unknown Expect by itself, without a word: the first is ours to refuse, the
  // second nobody has to meet (RFC 9110, 10.1.1).
  // Of its two times to arrive it takes the shorter for the headers, whichever that is, and it looks only so often.
  const server = { maxHeaderSize: 16 * 1024, requireHostHeader: false, headersTimeout: patience, connectionsCheckingInterval: 5_000 }
  const app: FastifyInstance = tls ? Fastify({ ...options, https: { ...server, ...tls } }) : Fastify({ ...options, http: server })
  app.server.on('checkExpectation', app.routing)
  jsonBody(app)
  app.addHook('onRequest', (request, reply, done) => {
    signed(request, reply)
    done(request.headers.host === undefined && request.raw.httpVersion === '1.1' ? new ProblemError('malformed') : undefined)
  })
  let closing = false
  app.addHook('preClose', (done) => {
    closing = true
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    // Kept alive for a next request, it would keep us from ending.
    if (closing) setTimeout(() => request.socket.destroySoon(), request.raw.complete ? 0 : farewell)
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
  app.decorateRequest('asker')
  for (const handler of handlers) {
    const { op } = handler
    const toInput = inputOf(op)
    app.route({
      method: op.method,
      url: `/api${op.path}`,
      bodyLimit: op.largest ?? largestBody,
      // Before the body is read: what somebody may not send is not listened to.
      onRequest: async (request) => {
        request.asker = await ask(request)
        mustBeWhoMeantIt(request)
        mustBeAdmitted(op, request.asker)
        withinLimits(limits, op, request.asker, request.ip)
      },
      handler: async (request, reply) => {
        const input = toInput({
          params: request.params as Record<string, string>,
          query: request.query as Record<string, unknown>,
          body: takesBody(op) ? request.body : undefined,
        })
        const idempotencyKey = request.headers['idempotency-key'] as string | undefined
        const body = await answer(database, handler, { asker: request.asker, input, idempotencyKey })
        return reply.type('application/json; charset=utf-8').send(body)
      },
    })
  }
}

// What somebody wrote while nobody answered is sent later (live/web/unsent.ts), by a cookie that may be another person's by then.
function mustBeWhoMeantIt({ headers, asker }: FastifyRequest): void {
  const meant = headers['x-person']
  if (meant !== undefined && meant !== asker.person?.id) throw new ProblemError('not_signed_in')
}

function mustBeAdmitted(op: AnyOperation, asker: Asker): void {
  if (op.who === 'person' && !asker.person) throw new ProblemError('not_signed_in')
  if (op.who === 'service' && asker.acting.role !== 'service_role') throw new ProblemError(asker.person ? 'not_allowed' : 'not_signed_in')
}

function withinLimits(limits: Limits, op: AnyOperation, { person, acting }: Asker, address: string): void {
  if (acting.role === 'service_role') return // the operator's programs do what many people asked for
  const who = person?.id ?? placeOf(address)
  const seconds = op.limit === undefined ? limits.wait(who, callsAMinute) : limits.wait(`${who} ${op.method} ${op.path}`, op.limit)
  if (seconds > 0) throw new ProblemError('too_many_requests', {}, seconds)
}

// Fastify's own complaints about a request, in our names; and the database's, where no operation could translate them.
function known(error: unknown): ProblemError | RefusedError | Error {
  if (error instanceof ProblemError || error instanceof RefusedError) return error
  const { code = '', statusCode = 500 } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ProblemError('too_large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ProblemError('not_json')
  if (statusCode >= 400 && statusCode < 500 && /^(FST_ERR_|ECONNRESET$)/.test(code)) return new ProblemError('malformed')
  return refused(error) as Error
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: ProblemError | RefusedError | Error): FastifyReply {
  const expected = error instanceof ProblemError || error instanceof RefusedError
  if (!expected) request.log.error({ err: error }, 'failed')
  else if (error.status >= 500) request.log.warn({ err: error.cause }, error.code)
  else if (error.status === 401 || error.status === 403) noteRefusal(request, error.code)
  const problem = problemOf(expected ? error : new ProblemError('our_fault'), request.id)
  if (error instanceof ProblemError && error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

// ASVS 5.0, 16.3.2: who tried what they may not. Whom it concerns is found by the id; a name or an address is no log's business.
const noteRefusal = (request: FastifyRequest, code: string) =>
  request.log.warn({ code, person: request.asker?.person?.id, route: request.routeOptions.url ?? 'none' }, 'not let in')

// Node gives every request the same half minute to arrive, and only tells us that it is over.
/** Connections over which something long is coming, by whoever watches themselves that it comes. */
export const unhurried = new WeakSet<Socket>()

// The bytes did not even make a request: no route, no hook, so the answer is written by hand.
const unreadable = (headers: Record<string, string>) => (error: Error & { code?: string }, socket: Socket) => {
  if (!socket.writable || (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && unhurried.has(socket))) return
  const code =
    error.code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'too_slow' : 'malformed'
  const problem = problemOf(new ProblemError(code), randomUUID())
  const body = JSON.stringify(problem)
  const head = Object.entries({
    ...headers,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': problem.request,
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${head.join('\r\n')}\r\n\r\n${body}`)
  setTimeout(() => socket.destroy(), farewell).unref()
}

/** Before a connection is closed over which something still comes: at once would reset it before the answer is read, never would let the other side keep it open for ever. */
export const farewell = 1_000
