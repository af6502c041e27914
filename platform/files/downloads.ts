import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Acting } from '#platform/database/acting.ts'
import type { Server } from '#platform/part.ts'
import { openLink } from './links.ts'
import { disposition, plainName } from './names.ts'
import { objectsOf, type Range } from './objects.ts'
import { rangeIn } from './range.ts'
import { named, refuse } from './refusals.ts'

type Asked = FastifyRequest<{ Params: { word: string; name: string } }>
type File = { name: string; mime: string; size: number; sha256: string; object_path: string }

/** What links lead to. A link says for whom it was made; whether they may have the file is asked at each request. */
export function serveDownloads(app: FastifyInstance, { database, configuration, keys, log }: Server): void {
  const objects = objectsOf(configuration)
  const underWay = new Set<Readable>()
  app.addHook('preClose', async () => underWay.forEach((content) => content.destroy())) // the next server gives the rest

  app.get('/files/d/:word/:name', async (request: Asked, reply) => {
    const { file: id, person } = openLink(keys.secrets, request.params.word)
    const file = await fileFor(person, id)
    if (request.params.name !== plainName(file.name)) refuse('no_such_link')
    const range = rangeFor(request, file)
    if (range === null) return reply.code(416).header('content-range', `bytes */${file.size}`).send()
    const content = (await objects.get(file.object_path, range)) ?? lost(id)
    underWay.add(content.once('close', () => underWay.delete(content)))
    if (request.method === 'HEAD') content.destroy() // else it would be read, for nobody
    if (range) reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${file.size}`)
    return reply
      .headers(headersOf(file))
      .header('content-length', range ? range.to - range.from + 1 : file.size)
      .send(content)
  })

  async function fileFor(person: string, id: string): Promise<File> {
    try {
      return (await database.read(actingAs(person), (db) => db.call('private.download', { file: id }))) as File
    } catch (error) {
      throw named(error)
    }
  }

  function lost(id: string): never {
    log.error({ id }, 'a file is lost: its object is not there')
    return refuse('file_is_lost')
  }
}

const actingAs = (sub: string): Acting<'authenticated'> => ({
  role: 'authenticated',
  claims: JSON.stringify({ sub, role: 'authenticated' }),
})

// A piece of what somebody has the rest of, unless that was another file (RFC 9110, 13.1.5).
function rangeFor({ headers }: FastifyRequest, { size, sha256 }: File): Range | undefined | null {
  const mine = headers['if-range']
  return mine === undefined || mine === tagOf(sha256) ? rangeIn(headers.range, size) : undefined
}

const tagOf = (sha256: string) => `"${sha256}"`

// Only pictures are shown where they are, ours to the last byte. Whatever a browser might make of the rest, it does so in a
// box without scripts, forms or an origin. (Not to be stored, by anybody: headers.ts says that of every answer.)
const headersOf = ({ name, mime, sha256 }: File) => ({
  'content-type': mime === 'text/plain' ? 'text/plain; charset=utf-8' : mime,
  'content-disposition': disposition(mime.startsWith('image/') ? 'inline' : 'attachment', name),
  'content-security-policy': "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'accept-ranges': 'bytes',
  etag: tagOf(sha256),
})
