import { constants } from 'node:fs'
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { errno } from '#platform/configuration/errno.ts'
import { isId } from './objects.ts'
import { refuse } from './refusals.ts'

export type Appending = { from: number; arriving: AsyncIterable<Buffer[]>; most: number; reached: (length: number) => void }

// The bytes of what is not an object yet, a file for each upload. How long that file is, is how much has come: there is no
// second place that could say something else after a crash.
export type Incoming = ReturnType<typeof incomingIn>

export function incomingIn(dataDir: string) {
  const folder = path.join(dataDir, 'files', 'incoming')
  const fileOf = (id: string) => path.join(folder, id)
  const writing = new Set<string>()

  return {
    fileOf,

    lengthOf: async (id: string): Promise<number> => (await stat(fileOf(id)).catch(orNothing))?.size ?? 0,

    /** Writes on from there, and says how far it came. Of what sends more than `most`, nothing counts. */
    async append(id: string, { from, arriving, most, reached }: Appending): Promise<number> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const handle = await open(fileOf(id), constants.O_WRONLY | constants.O_CREAT, 0o600)
      let at = from
      try {
        for await (const chunks of arriving) {
          const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
          if (at + length > most) {
            await handle.truncate(from)
            refuse('more_than_declared')
          }
          await write(handle, chunks, length, at)
          at += length
          reached(at)
        }
        return at
      } finally {
        await handle.close()
      }
    },

    /** The only one who writes, until they let go. One server uses a DATA_DIR, so that it is enough to know this here. */
    hold(id: string): Disposable {
      if (writing.has(id)) refuse('upload_is_being_written')
      writing.add(id)
      return { [Symbol.dispose]: () => void writing.delete(id) }
    },

    remove: (id: string) => rm(fileOf(id), { force: true }),

    async list(): Promise<{ id: string; writtenAt: Date }[]> {
      const names = ((await readdir(folder).catch(orNothing)) ?? []).filter(isId)
      const found = names.map(async (id) => ({ id, writtenAt: (await stat(fileOf(id)).catch(orNothing))?.mtime }))
      return (await Promise.all(found)).filter((file): file is { id: string; writtenAt: Date } => file.writtenAt !== undefined)
    },
  }
}

async function write(handle: FileHandle, chunks: Buffer[], length: number, at: number): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks, at)
  if (bytesWritten === length) return
  const rest = Buffer.concat(chunks).subarray(bytesWritten) // the system may take less than it is given
  if (bytesWritten === 0) throw new Error('nothing more can be written')
  await write(handle, [rest], rest.length, at + bytesWritten)
}

function orNothing(error: unknown): undefined {
  if (errno(error) !== 'ENOENT') throw error
}
