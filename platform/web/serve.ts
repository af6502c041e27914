import { hash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { switchedOff, type Configuration } from '#platform/configuration/environment.ts'
import type { Server } from '#platform/part.ts'
import { built } from './build.ts'

// The web app as it was built: read once, compressed once, held in memory (some 2 MB). What bears a hash in its name never
// changes; everything else is asked for anew each time.
export function serveWeb(app: FastifyInstance, { configuration }: Pick<Server, 'configuration'>): void {
  const assets = new Map(filesIn(built).map((file) => [`/${file}`, assetOf(path.join(built, file), configuration)]))
  const [shell, strangers] = [assets.get('/index.html'), assets.get('/stranger.html')]
  if (!shell || !strangers) throw new Error('the web app is not built')
  assets.delete('/stranger.html')
  const withItsStyle = withStyleOf(strangers)
  for (const [url, asset] of assets) app.get(url, (request, reply) => send(request, reply, url, asset))
  app.get('/', (request, reply) =>
    isStranger(request) ? send(request, withItsStyle(reply), '/', strangers) : send(request, reply, '/', shell),
  )
  // Every other address that a person may have opened is a page of the web app, which knows itself what it does not have.
  app.get('/*', (request, reply) => (isPage(request) ? send(request, reply, '/', shell) : reply.callNotFound()))
}

const ours = /^\/(?:api|auth\/v1|files|outbox|hooks|fhir|calendar\/[^/]+\.ics|live|metrics|healthz|readyz)(?:[/?]|$)/
const isPage = ({ url, headers }: FastifyRequest) => !ours.test(url) && (headers.accept ?? '').includes('text/html')

// Whether a cookie (identity/cookies.ts) still counts, the app finds out.
const isStranger = ({ headers }: FastifyRequest) => !/(?:^|[ -])vivavoce=./.test(headers.cookie ?? '')

// The one page with a style within it, which its policy knows by the hash: a style sheet of its own would be waited for.
function withStyleOf({ plain }: Asset): (reply: FastifyReply) => FastifyReply {
  const [, style = ''] = /<style>([^]*)<\/style>/.exec(plain.toString())!
  const known = `style-src 'self' 'sha256-${hash('sha256', style, 'base64')}'`
  return (reply) =>
    reply.header('content-security-policy', String(reply.getHeader('content-security-policy')).replace("style-src 'self'", known))
}

type Asset = { plain: Buffer; gzip: Buffer; br: Buffer }

function assetOf(file: string, configuration: Configuration): Asset {
  const plain = file.endsWith('.html') ? Buffer.from(withoutRooms(readFileSync(file, 'utf8'), configuration)) : readFileSync(file)
  if (/\.(?:woff2|png)$/.test(file)) return { plain, gzip: plain, br: plain }
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { plain, gzip: gzipSync(plain), br }
}

/** Onto a page goes which domains are switched off, so that it asks nobody (here.ts). */
export function withoutRooms(page: string, { domains }: Pick<Configuration, 'domains'>): string {
  const off = switchedOff(domains)
  return off.length > 0 ? page.replace('<html ', `<html data-off="${off.join(' ')}" `) : page
}

function send(request: FastifyRequest, reply: FastifyReply, url: string, { plain, gzip, br }: Asset): FastifyReply {
  const accepts = request.headers['accept-encoding'] ?? ''
  const [body, encoding] = accepts.includes('br') ? [br, 'br'] : accepts.includes('gzip') ? [gzip, 'gzip'] : [plain, undefined]
  if (encoding && body !== plain) reply.header('content-encoding', encoding).header('vary', 'accept-encoding')
  if (url === '/') reply.header('vary', 'accept-encoding, cookie')
  reply.header('cache-control', url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  return reply.type(types[url === '/' ? '.html' : path.extname(url)] ?? 'application/octet-stream').send(body)
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
}

function filesIn(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter(
    (file) => statSync(path.join(folder, file)).isFile() && file !== 'fingerprint' && !file.startsWith('.vite'),
  )
}
