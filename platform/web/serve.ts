import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { built } from './build.ts'

// The web app as it was built: read once, compressed once, held in memory (some 2 MB). What bears a hash in its name never
// changes; everything else is asked for anew each time.
export function serveWeb(app: FastifyInstance): void {
  const assets = new Map(filesIn(built).map((file) => [`/${file}`, assetOf(path.join(built, file))]))
  const page = assets.get('/index.html')
  if (!page) throw new Error('the web app is not built')
  for (const [url, asset] of assets) if (url !== '/index.html') app.get(url, (request, reply) => send(request, reply, url, asset))
  app.get('/', (request, reply) => send(request, reply, '/index.html', page))
  // Every other address that a person may have opened is a page of the web app, which knows itself what it does not have.
  app.get('/*', (request, reply) => (isPage(request) ? send(request, reply, '/index.html', page) : reply.callNotFound()))
}

const ours = /^\/(?:api|auth\/v1|files|outbox|hooks|fhir|calendar\/[^/]+\.ics|live|metrics|healthz|readyz)(?:[/?]|$)/
const isPage = ({ url, headers }: FastifyRequest) => !ours.test(url) && (headers.accept ?? '').includes('text/html')

type Asset = { plain: Buffer; gzip: Buffer; br: Buffer }

function assetOf(file: string): Asset {
  const plain = readFileSync(file)
  if (/\.(?:woff2|png)$/.test(file)) return { plain, gzip: plain, br: plain }
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { plain, gzip: gzipSync(plain), br }
}

function send(request: FastifyRequest, reply: FastifyReply, url: string, { plain, gzip, br }: Asset): FastifyReply {
  const accepts = request.headers['accept-encoding'] ?? ''
  const [body, encoding] = accepts.includes('br') ? [br, 'br'] : accepts.includes('gzip') ? [gzip, 'gzip'] : [plain, undefined]
  if (encoding && body !== plain) reply.header('content-encoding', encoding).header('vary', 'accept-encoding')
  reply.header('cache-control', url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  return reply.type(types[path.extname(url)] ?? 'application/octet-stream').send(body)
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
