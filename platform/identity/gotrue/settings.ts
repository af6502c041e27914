import type { FastifyInstance } from 'fastify'
import type { GoTrue } from './context.ts'

export function serveSettings(app: FastifyInstance, { configuration, publicKeys, rules }: GoTrue): void {
  const vouching = Object.fromEntries(configuration.providers.map(({ name }) => [name, true]))

  app.get('/health', async () => ({ version: 'vivavoce', name: 'GoTrue', description: 'GoTrue’s protocol, spoken by Vivavoce' }))

  app.get('/settings', async () => ({
    external: { ...vouching, email: true, phone: false, anonymous_users: false },
    disable_signup: configuration.registration !== 'open',
    mailer_autoconfirm: !rules.confirmation,
    phone_autoconfirm: false,
    sms_provider: '',
    saml_enabled: false,
    passkeys_enabled: true,
  }))

  // Whoever checks our tokens may keep it for a while; a new key is put in well before it signs.
  app.get('/.well-known/jwks.json', (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(publicKeys))
}
