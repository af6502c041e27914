import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'

// An OpenID provider on loopback, which does as a good one does, or misbehaves in one way at a time. Whoever comes is let
// through at once, as whom the test says.
export type Somebody = { sub: string; email?: string; email_verified?: unknown; name?: string }
export type Misdeed =
  | 'wrong nonce'
  | 'no nonce'
  | 'wrong issuer'
  | 'wrong audience'
  | 'expired id token'
  | 'alg none'
  | 'alg HS256'
  | 'foreign key'
  | 'no id token'
  | 'no state'
  | 'changed state'
  | 'they refuse'
  | 'code of another sign-in'
  | 'userinfo of another'
  | 'e-mail in userinfo only'

export type OpenIdProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who comes next, and what the provider does wrong. */
  vouchFor(somebody: Somebody, misdeed?: Misdeed): void
  stop(): void
}

type Visit = { somebody: Somebody; misdeed: Misdeed | undefined; nonce: string; challenge: string; redirectUri: string }

/** Reads the client's secret where it says: in the header (as by default), or in the body. */
export async function freshOpenIdProvider({ reads }: { reads?: 'client_secret_post' } = {}): Promise<OpenIdProvider> {
  const clientId = 'vivavoce'
  const clientSecret = 'a secret of two'
  const basic = `Basic ${Buffer.from(`${clientId}:${new URLSearchParams({ x: clientSecret }).toString().slice(2)}`).toString('base64')}` // RFC 6749, 2.3.1
  const [own, foreign] = [await generateKeyPair('RS256', { extractable: true }), await generateKeyPair('RS256')]
  const visits = new Map<string, Visit>()
  const tokens = new Map<string, Visit>()
  let next: Pick<Visit, 'somebody' | 'misdeed'> = { somebody: { sub: 'nobody' }, misdeed: undefined }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  after(() => server.close())

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, issuer)
    const route = routes[url.pathname]
    const { status = 200, location, body } = route ? await route(request, url) : { status: 404, body: {} }
    response.writeHead(status, location ? { location } : { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}))
  }

  type Answer = { status?: number; location?: string; body?: unknown }
  const routes: Record<string, (request: IncomingMessage, url: URL) => Answer | Promise<Answer>> = {
    '/.well-known/openid-configuration': () => ({
      body: {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        ...(reads === undefined ? {} : { token_endpoint_auth_methods_supported: [reads] }),
      },
    }),
    '/jwks': async () => ({ body: { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' }] } }),

    '/authorize': (_request, { searchParams: asked }) => {
      const back = new URL(asked.get('redirect_uri')!)
      const { misdeed } = next
      const code = randomUUID()
      visits.set(code, { ...next, nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')!, redirectUri: back.href })
      if (misdeed === 'they refuse') back.searchParams.set('error', 'access_denied')
      else back.searchParams.set('code', misdeed === 'code of another sign-in' ? randomUUID() : code)
      if (misdeed !== 'no state') back.searchParams.set('state', `${asked.get('state')!}${misdeed === 'changed state' ? 'x' : ''}`)
      return { status: 302, location: back.href }
    },

    '/token': async (request) => {
      const form = new URLSearchParams(await textOf(request))
      const code = form.get('code') ?? ''
      const visit = visits.get(code)
      visits.delete(code)
      const verifier = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (reads ? form.get('client_secret') !== clientSecret : request.headers.authorization !== basic)
        return { status: 401, body: { error: 'invalid_client' } }
      if (!visit || visit.challenge !== verifier || visit.redirectUri !== form.get('redirect_uri'))
        return { status: 400, body: { error: 'invalid_grant' } }
      const token = randomUUID()
      tokens.set(token, visit)
      const idToken = visit.misdeed === 'no id token' ? {} : { id_token: await idTokenFor(visit) }
      return { body: { access_token: token, token_type: 'Bearer', expires_in: 60, ...idToken } }
    },

    '/userinfo': (request) => {
      const visit = tokens.get(request.headers.authorization?.slice('Bearer '.length) ?? '')
      if (!visit) return { status: 401 }
      return { body: { ...visit.somebody, ...(visit.misdeed === 'userinfo of another' ? { sub: 'somebody else' } : {}) } }
    },
  }

  async function idTokenFor({ somebody, misdeed, nonce }: Visit): Promise<string> {
    const now = Math.floor(Date.now() / 1_000)
    const { email: _, email_verified: __, ...bare } = somebody
    const claims: JWTPayload = {
      ...(misdeed === 'userinfo of another' || misdeed === 'e-mail in userinfo only' ? bare : somebody),
      iss: misdeed === 'wrong issuer' ? 'http://127.0.0.1:1' : issuer,
      aud: misdeed === 'wrong audience' ? 'another installation' : clientId,
      iat: misdeed === 'expired id token' ? now - 7_200 : now,
      exp: misdeed === 'expired id token' ? now - 3_600 : now + 300,
      ...(misdeed === 'no nonce' ? {} : { nonce: misdeed === 'wrong nonce' ? 'another' : nonce }),
    }
    if (misdeed === 'alg none') return new UnsecuredJWT(claims).encode()
    const jwt = new SignJWT(claims)
    if (misdeed === 'alg HS256') return jwt.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(clientSecret.padEnd(32)))
    return jwt.setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(misdeed === 'foreign key' ? foreign.privateKey : own.privateKey)
  }

  return {
    issuer,
    clientId,
    clientSecret,
    vouchFor: (somebody, misdeed) => void (next = { somebody, misdeed }),
    stop: () => void server.close(),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) text += piece as string
  return text
}
