import type { Dirent } from 'node:fs'
import { open, readdir, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { errno } from '#platform/configuration/errno.ts'
import { CannotStart } from '#platform/configuration/stop.ts'
import type { Archive } from './write.ts'

export type Put = { files: number; shortened: Record<string, number> }

/** Puts a folder of DATA_DIR into the archive. */
export async function putFolder(archive: Archive, dataDir: string, folder: string, say: (line: string) => void): Promise<Put> {
  const put: Put = { files: 0, shortened: {} }
  let gone = 0
  for (const name of await namesIn(dataDir, folder)) {
    const handle = await unlessGone(open(path.join(dataDir, name)))
    if (!handle) {
      gone++
      continue
    }
    try {
      const { size } = await handle.stat()
      await archive.file(
        name,
        size,
        contentOf(handle, size, (length) => (put.shortened[name] = length)),
      )
      put.files++
    } finally {
      await handle.close()
    }
  }
  if (gone > 0) say(`deleted before it was their turn: ${gone} of the files in ${folder}`)
  return put
}

// As much as was there when it was opened, for an upload may still be growing. One that is taken back meanwhile becomes
// shorter, when the archive has been told its size already: what is missing is filled up, and its length noted.
async function* contentOf(handle: FileHandle, size: number, isShorter: (length: number) => void): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const buffer = Buffer.alloc(Math.min(size - at, 2 ** 20))
    const { bytesRead } = await handle.read(buffer, { position: at })
    if (bytesRead === 0) isShorter(Math.min(at, (await handle.stat()).size))
    yield bytesRead === 0 ? buffer : buffer.subarray(0, bytesRead)
    at += bytesRead || buffer.length
  }
}

/** Below `dataDir`, with slashes; in the same order each time. */
export async function namesIn(dataDir: string, folder: string): Promise<string[]> {
  const entries = (await unlessGone(readdir(path.join(dataDir, folder), { withFileTypes: true }))) ?? []
  const names = entries.toSorted(byName).map(async (entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return namesIn(dataDir, name)
    if (!entry.isFile()) throw new CannotStart(`${path.join(dataDir, name)} is neither a file nor a folder; take it out of DATA_DIR`)
    return name
  })
  return (await Promise.all(names)).flat()
}
const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1)

async function unlessGone<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking
  } catch (error) {
    if (errno(error) !== 'ENOENT') throw error
    return undefined
  }
}
