import type { Dirent } from 'node:fs'
import { open, readdir, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { errno } from '#platform/configuration/errno.ts'
import { CannotStart } from '#platform/configuration/stop.ts'
import type { Archive } from './write.ts'

/** Puts a folder of DATA_DIR into the archive, and says how many files it held. */
export async function putFolder(archive: Archive, dataDir: string, folder: string, say: (line: string) => void): Promise<number> {
  let put = 0
  let gone = 0
  for (const name of await namesIn(dataDir, folder)) {
    const handle = await unlessGone(open(path.join(dataDir, name)))
    if (!handle) {
      gone++
      continue
    }
    try {
      const { size } = await handle.stat()
      await archive.file(name, size, start(handle, size, name))
      put++
    } finally {
      await handle.close()
    }
  }
  if (gone > 0) say(`deleted before it was their turn: ${gone} of the files in ${folder}`)
  return put
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

// As much as was there when it was opened: an upload may still be growing.
async function* start(handle: FileHandle, size: number, name: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size - at, 2 ** 20)), { position: at })
    if (bytesRead === 0) throw new CannotStart(`${name} became shorter while it was read; try again`)
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}
