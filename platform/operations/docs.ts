import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'

const folder = path.join(import.meta.dirname, 'docs')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** The API's document, which is written when it is first asked for, and a page to read and try it. */
export function serveDocs(app: FastifyInstance, document: () => Record<string, unknown>): void {
  let json: string | undefined
  app.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((json ??= JSON.stringify(document()))),
  )
  for (const name of readdirSync(folder)) {
    const content = readFileSync(path.join(folder, name))
    const url = name === 'index.html' ? '/api/docs' : `/api/docs/${name}`
    app.get(url, (_request, reply) => reply.type(types[path.extname(name)] ?? 'application/octet-stream').send(content))
  }
}
