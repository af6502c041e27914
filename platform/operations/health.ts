import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, type Registry } from 'prom-client'
import { ProblemError } from './problem.ts'

/** Resolves when this node can do its work, and says what is missing when it cannot. */
export type Ready = () => Promise<{ ready: true } | { ready: false; because: string }>

export function serveHealth(app: FastifyInstance, ready: Ready): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const state = await ready()
    return reply.code(state.ready ? 200 : 503).send(state.ready ? { status: 'ready' } : { status: 'not ready', because: state.because })
  })
}

/** Prometheus figures, for this machine and for whoever holds SERVICE_KEY: they tell how busy a place is. */
export function serveMetrics(app: FastifyInstance, serviceKey: string, registry: Registry): void {
  collectDefaultMetrics({ register: registry })
  const answered = new Histogram({
    name: 'vivavoce_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    answered.labels(request.method, request.routeOptions.url ?? 'none', String(reply.statusCode)).observe(reply.elapsedTime / 1_000)
    done()
  })
  const key = digest(`Bearer ${serviceKey}`)
  app.get('/metrics', async (request, reply) => {
    if (!onThisMachine(request) && !timingSafeEqual(digest(request.headers.authorization ?? ''), key)) throw new ProblemError('not_found')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

const digest = (text: string) => hash('sha256', text, 'buffer')

/** Asked directly from this machine: behind a proxy everybody would look like it. */
export function onThisMachine(request: FastifyRequest): boolean {
  return (
    /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '') &&
    !Object.keys(request.headers).some((name) => /^(x-forwarded-|x-real-ip$|forwarded$|via$)/.test(name))
  )
}
