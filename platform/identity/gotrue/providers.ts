import type { FastifyInstance } from 'fastify'
import type { GoTrue } from './context.ts'
import { AuthError } from './errors.ts'

/** Signing in by another provider: none is known yet. */
export function serveProviders(app: FastifyInstance, _context: GoTrue): void {
  const none = () => {
    throw new AuthError(400, 'oauth_provider_not_supported', 'Unsupported provider: provider is not enabled')
  }
  app.get('/authorize', none)
  app.get('/callback', none)
  app.post('/callback', none)
}
