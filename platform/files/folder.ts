import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { errno } from '#platform/configuration/errno.ts'
import { incomingIn } from './incoming.ts'
import type { Objects } from './objects.ts'

/** Objects in a folder of DATA_DIR, for its owner's eyes only. */
export function folder(dataDir: string): Objects {
  const root = path.join(dataDir, 'files', 'objects')
  const at = (object: string) => path.join(root, checked(object))
  const { fileOf: unfinishedOf } = incomingIn(dataDir)

  // Under another name first, on the disk before it gets its own, and that on the disk too: after a power cut there is
  // either the whole object or none. What a crash leaves behind lies among the uploads, and is swept with them.
  async function place(object: string, write: (file: string) => Promise<void>): Promise<void> {
    const target = at(object)
    const unfinished = unfinishedOf(randomUUID())
    await makeFolder(path.dirname(unfinished))
    const made = await makeFolder(path.dirname(target))
    try {
      await write(unfinished)
      await rename(unfinished, target)
    } finally {
      await rm(unfinished, { force: true }) // also where both names mean the same bytes: then a rename does nothing
    }
    for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
      await sync(folder)
      if (folder === path.dirname(made ?? target)) return
    }
  }

  return {
    put: (object, content) =>
      place(object, async (file) => {
        const handle = await open(file, 'wx', 0o600)
        try {
          await handle.writeFile(content)
          await handle.sync()
        } finally {
          await handle.close()
        }
      }),

    adopt: (object, file) =>
      place(object, async (unfinished) => {
        await linkOrCopy(file, unfinished)
        await sync(unfinished)
      }),

    async get(object, range) {
      const handle = await open(at(object)).catch(orNothing)
      return handle?.createReadStream({ highWaterMark: 256 * 1024, ...(range ? { start: range.from, end: range.to } : {}) })
    },

    size: async (object) => (await stat(at(object)).catch(orNothing))?.size,

    remove: (object) => rm(at(object), { force: true }),

    async *list() {
      for (const first of await namesIn(root))
        for (const second of await namesIn(path.join(root, first)))
          for (const name of await namesIn(path.join(root, first, second))) {
            const found = await stat(path.join(root, first, second, name)).catch(orNothing)
            if (found) yield { path: `${first}/${second}/${name}`, writtenAt: found.mtime }
          }
    },
  }
}

function checked(object: string): string {
  if (!/^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f-]{36}$/.test(object)) throw new Error('this is no path of an object')
  return object
}

// A second name for the same bytes costs nothing. Where a file system knows no second names, they are copied.
async function linkOrCopy(file: string, to: string): Promise<void> {
  try {
    await link(file, to)
  } catch (error) {
    if (!['EPERM', 'EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(errno(error) ?? '')) throw error
    await copyFile(file, to, constants.COPYFILE_EXCL)
  }
}

async function sync(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Says which is the first that was not there before. */
const makeFolder = (folder: string) => mkdir(folder, { recursive: true, mode: 0o700 })

const namesIn = async (folder: string) => (await readdir(folder).catch(orNothing)) ?? []

function orNothing(error: unknown): undefined {
  if (errno(error) !== 'ENOENT') throw error
}
