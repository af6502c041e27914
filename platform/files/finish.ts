import { hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Acting } from '#platform/database/acting.ts'
import { callOf } from '#platform/database/conversation.ts'
import { theServer } from '#platform/identity/the-server.ts'
import { RefusedError } from '#platform/operations/problem.ts'
import type { Server } from '#platform/part.ts'
import { fingerprintOf } from './fingerprint.ts'
import { incomingIn } from './incoming.ts'
import { kindOf, type Mime } from './kinds.ts'
import { nameFor } from './names.ts'
import { objectsOf, pathOf } from './objects.ts'
import { redraw } from './pictures.ts'
import { isPicture, type Purpose } from './purposes.ts'
import { refuse } from './refusals.ts'
import { remove } from './remove.ts'
import type { Upload } from './upload.ts'

type Stored = { mime: Mime; size: number; sha256: string }

/** Makes an object of an upload that has come in full, or throws it away and says why. Killed on the way, it is done again. */
export function finishing({ database, purposes, configuration, log }: Server) {
  const incoming = incomingIn(configuration.dataDir)
  const objects = objectsOf(configuration)

  return async (person: Acting<'authenticated'>, upload: Upload): Promise<void> => {
    const { id, name } = upload
    try {
      const { mime, ...stored } = await store(upload, purposes.get(upload.purpose) ?? refuse('no_such_purpose'))
      await database.write(theServer, async (db) => {
        await db.call('private.finish_upload', { file: id, name: nameFor(name, mime), mime, ...stored, object_path: pathOf(id) })
        db.later(callOf('private.scanned', { file: id, clean: true })) // by nobody, as long as there is no scanner
      })
    } catch (error) {
      if (error instanceof RefusedError) await throwAway(person, id)
      throw error
    }
    await incoming.remove(id)
  }

  async function store({ id, length }: Upload, { types, image }: Purpose): Promise<Stored> {
    await using file = await open(incoming.fileOf(id))
    const mime = await kindOf(file, length, types)
    return isPicture(mime) ? await storeRedrawn(id, await redraw(file, mime, image!), mime) : await storeAsIs(id, length, mime)
  }

  async function storeRedrawn(id: string, picture: Buffer, mime: Mime): Promise<Stored> {
    await objects.put(pathOf(id), [picture])
    return { mime, size: picture.length, sha256: hash('sha256', picture) }
  }

  async function storeAsIs(id: string, size: number, mime: Mime): Promise<Stored> {
    const bytes = incoming.fileOf(id)
    const [sha256] = await Promise.all([fingerprintOf(id, bytes), objects.adopt(pathOf(id), bytes)])
    return { mime, size, sha256 }
  }

  // The reason why is what the caller must hear; what stays behind is swept after a day.
  async function throwAway(person: Acting<'authenticated'>, id: string): Promise<void> {
    try {
      await database.write(person, (db) => remove(db, id))
      await incoming.remove(id)
    } catch (error) {
      log.error({ err: error, id }, 'a refused upload could not be thrown away')
    }
  }
}
