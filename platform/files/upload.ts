import type { IncomingMessage } from 'node:http'
import type { Acting } from '#platform/database/acting.ts'
import type { Reader } from '#platform/database/conversation.ts'
import type { Server } from '#platform/part.ts'
import { finishing } from './finish.ts'
import { follow } from './fingerprint.ts'
import { incomingIn } from './incoming.ts'
import { safeName } from './names.ts'
import { isId } from './objects.ts'
import { arriving, type Pace } from './pace.ts'
import { refuse } from './refusals.ts'
import { remove } from './remove.ts'
import { badHeader } from './tus.ts'

type Person = Acting<'authenticated'>
type Said = { purpose: string | undefined; name: string | undefined; length: number }
type Part = { from: number; announced: number; body: () => IncomingMessage }
export type Progress = { purpose: string; name: string; length: number; offset: number; expiresAt: string | null }

/** What can be done with an upload, by the person whose it is: of anybody else's there is none. */
export function uploading(server: Server, pace: Pace, ending: AbortSignal) {
  const { database, purposes, configuration } = server
  const incoming = incomingIn(configuration.dataDir)
  const finish = finishing(server)

  return {
    async begin(person: Person, said: Said): Promise<Progress & { id: string }> {
      const { length } = said
      const purpose = purposes.get(said.purpose ?? '')
      if (!purpose || purpose.madeHere) return refuse('no_such_purpose')
      if (length === 0) throw badHeader('Upload-Length', 'must be more than nothing')
      if (length > purpose.largest) refuse('file_is_too_large', `At most ${purpose.largest} bytes`)
      const name = safeName(said.name ?? '')
      const begun = await database.write(person, (db) => db.call('private.begin_upload', { purpose: purpose.name, name, length }))
      return { id: begun.id!, purpose: purpose.name, name, length, offset: 0, expiresAt: begun.expires_at }
    },

    async look(person: Person, id: string): Promise<Progress> {
      const upload = await find(person, id)
      const offset = await offsetOf(upload)
      if (upload.state !== 'uploading' || offset < upload.length) return progress(upload, offset)
      return alone(person, id, (upload) => finished(person, upload)) // all of it is here, and we were killed before we could say so
    },

    write: (person: Person, id: string, { from, announced, body }: Part): Promise<Progress> =>
      alone(person, id, async (upload) => {
        const offset = await offsetOf(upload)
        if (from !== offset) refuse('upload_goes_on_elsewhere', `It goes on at ${offset}`)
        if (announced > upload.length - from) refuse('more_than_declared')
        if (upload.state !== 'uploading') return progress(upload)
        using following = follow(id, incoming.fileOf(id))
        const reached = await incoming.append(id, {
          from,
          arriving: arriving(body(), pace, ending),
          most: upload.length,
          reached: following.until,
        })
        return reached < upload.length ? progress(upload, reached) : await finished(person, upload)
      }),

    end: (person: Person, id: string): Promise<void> =>
      alone(person, id, async () => {
        await database.write(person, (db) => remove(db, id))
        await incoming.remove(id)
      }),
  }

  // One at a time. It is looked for once more, because whoever was before us may have finished it: an object is not written twice.
  async function alone<T>(person: Person, id: string, work: (upload: Upload) => Promise<T>): Promise<T> {
    await find(person, id)
    using _held = incoming.hold(id)
    return await work(await find(person, id))
  }

  async function finished(person: Person, upload: Upload): Promise<Progress> {
    if (upload.state === 'uploading') await finish(person, upload)
    return progress(upload)
  }

  async function find(person: Person, id: string): Promise<Upload> {
    const [upload] = isId(id) ? await database.read(person, (db) => uploadOf(db, id)) : []
    if (!upload) return refuse('no_such_upload')
    if (upload.state === 'uploading' && Date.parse(upload.expires_at!) < Date.now()) refuse('upload_has_expired')
    return upload
  }

  async function offsetOf({ id, state, length }: Upload): Promise<number> {
    return state === 'uploading' ? incoming.lengthOf(id) : length
  }
}

const uploadOf = (db: Reader<'authenticated'>, id: string) =>
  db
    .selectFrom('files.objects')
    .select(['id', 'purpose', 'name', 'state', 'length', 'expires_at'])
    .where('id', '=', id)
    .where('length', 'is not', null) // those the server made were never uploaded
    .$narrowType<{ length: number }>()
    .execute()

export type Upload = Awaited<ReturnType<typeof uploadOf>>[number]

const progress = ({ purpose, name, length, expires_at: expiresAt }: Upload, offset = length): Progress => ({
  purpose,
  name,
  length,
  offset,
  expiresAt,
})
