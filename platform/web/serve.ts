import { hash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { switchedOff, type Configuration } from '#platform/configuration/environment.ts'
import type { Server } from '#platform/part.ts'
import { built } from './build.ts'
import { isPressed, pressed, type Asset } from './press.ts'

// The web app as it was built and compressed: read once, held in memory (some 2 MB). What bears a hash in its name never
// changes; everything else is asked for anew each time.
export function serveWeb(app: FastifyInstance, { configuration }: Pick<Server, 'configuration'>): void {
  const assets = new Map(filesIn(built).map((file) => [`/${file}`, assetOf(path.join(built, file), configuration)]))
  const [shell, strangers] = [assets.get('/index.html'), assets.get('/stranger.html')]
  if (!shell || !strangers) throw new Error('the web app is not built')
  assets.delete('/stranger.html')
  const known = withWhatItHolds(strangers)
  for (const [url, asset] of assets) app.get(url, (request, reply) => send(request, reply, url, asset))
  app.get('/', (request, reply) => (isStranger(request) ? send(request, known(reply), '/', strangers) : send(request, reply, '/', shell)))
  // Every other address that a person may have opened is a page of the web app, which knows itself what it does not have.
  app.get('/*', (request, reply) => (isPage(request) ? send(request, reply, '/', shell) : reply.callNotFound()))
}

const ours = /^\/(?:api|auth\/v1|files|outbox|hooks|fhir|calendar\/[^/]+\.ics|live|metrics|healthz|readyz)(?:[/?]|$)/
const isPage = ({ url, headers }: FastifyRequest) => !ours.test(url) && (headers.accept ?? '').includes('text/html')

// Whether a cookie (identity/cookies.ts) still counts, the app finds out.
const isStranger = ({ headers }: FastifyRequest) => !/(?:^|[ -])vivavoce=./.test(headers.cookie ?? '')

// The one page with its style and its script within it, which its policy knows by their hashes: files of their own would be waited for.
function withWhatItHolds({ plain }: Asset): (reply: FastifyReply) => FastifyReply {
  const held = (tag: string) => new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(plain.toString())![1]!
  const known = ['style', 'script'].map((tag) => ({ its: `${tag}-src 'self'`, hash: hash('sha256', held(tag), 'base64') }))
  return (reply) => {
    const policy = String(reply.getHeader('content-security-policy'))
    const wider = known.reduce((policy, { its, hash }) => policy.replace(its, `${its} 'sha256-${hash}'`), policy)
    return reply.header('content-security-policy', wider)
  }
}

function assetOf(file: string, configuration: Configuration): Asset {
  if (file.endsWith('.html')) return pressed(Buffer.from(withoutRooms(readFileSync(file, 'utf8'), configuration)))
  const plain = readFileSync(file)
  if (!isPressed(file)) return { plain, gzip: plain, br: plain }
  return { plain, gzip: readFileSync(`${file}.gz`), br: readFileSync(`${file}.br`) }
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
    (file) => statSync(path.join(folder, file)).isFile() && file !== 'fingerprint' && !/^\.vite|\.(?:br|gz)$/.test(file),
  )
}
