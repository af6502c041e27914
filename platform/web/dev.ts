import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createServer, type ViteDevServer } from 'vite'
import { root } from '#platform/configuration/environment.ts'
import type { Part, Server } from '#platform/part.ts'
import { withoutRooms } from './serve.ts'
import { viteConfig } from './vite.ts'

/** The web app while it is being written: each file as it is now, changed in the open page when it changes here. */
export const webInTheMaking: Part = { name: 'web', serve: serveSources }

// What the browser may read of this machine: what pages are made of, and nothing of data/ or .env.
const shown = ['app/web', 'platform', 'domains', 'node_modules', 'package.json'].map((folder) => path.join(root, folder))

function serveSources(app: FastifyInstance, { configuration }: Pick<Server, 'configuration'>): void {
  const opened = open(app)
  opened.catch(() => {}) // said by the request that needs it
  app.addHook('preClose', async () => (await opened).close()) // before the port, which waits for its open sockets
  app.get('/*', async (request, reply) => {
    const vite = await opened
    if (request.headers.accept?.includes('text/html')) {
      const page = await vite.transformIndexHtml(request.url, readFileSync(path.join(viteConfig.root, 'index.html'), 'utf8'))
      return reply.type('text/html; charset=utf-8').header('content-security-policy', loosened).send(withoutRooms(page, configuration))
    }
    reply.hijack()
    vite.middlewares(request.raw, reply.raw, () => reply.raw.writeHead(404).end())
    return reply
  })
}

// Vite's client and React's refresh come as scripts and styles within the page. Served pages never do that (operations/headers.ts).
const loosened =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:; img-src 'self' data:; font-src 'self'; manifest-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const open = (app: FastifyInstance): Promise<ViteDevServer> =>
  createServer({
    ...viteConfig,
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server: app.server }, fs: { allow: shown } },
  })
