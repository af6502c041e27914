import type { FastifyInstance } from 'fastify'

// Programs of other origins may speak this protocol: they bring a token, never our cookie, so nothing rides along unseen.
const headers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Total-Count, Link, X-Supabase-Api-Version',
  'cross-origin-resource-policy': 'cross-origin',
}
const preflight = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': 'Accept, Authorization, Content-Type, apikey, X-Client-Info, X-Supabase-Api-Version, redirect_to',
  'access-control-max-age': '600',
}

export function answersTo(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
  app.options('/*', (_request, reply) => reply.headers(preflight).code(204).send())
}
