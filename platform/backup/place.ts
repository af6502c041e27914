import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import { errno } from '#platform/configuration/errno.ts'
import { CannotStart } from '#platform/configuration/stop.ts'
import type { Bytes } from './archive.ts'
import { namesIn } from './files.ts'

// Keys and files are unpacked beside the folders they are for; once the data is committed, each is put in its place by a
// rename. What was there is kept: nobody's files are deleted, and an old key may be the one that opens an older backup.
export type Placing = {
  unpack(name: string, bytes: Bytes, length?: number): Promise<void>
  place(): Promise<void>
  discard(): void
}

export function placing(dataDir: string, say: (line: string) => void): Placing {
  const unpacked = (folder: string) => path.join(dataDir, `${folder}.restoring`)
  const folders = new Set<string>()
  const discard = () => {
    for (const folder of ['keys', 'files']) rmSync(unpacked(folder), { recursive: true, force: true })
  }
  discard() // what one left that was killed
  return {
    discard,

    async unpack(name, bytes, length) {
      const [folder = '', ...rest] = name.split('/')
      folders.add(folder)
      const file = path.join(unpacked(folder), ...rest)
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      await pipeline(bytes, createWriteStream(file, { flags: 'wx', mode: 0o600 }))
      if (length !== undefined) truncateSync(file, length)
    },

    async place() {
      for (const folder of folders) {
        const there = path.join(dataDir, folder)
        if (folder === 'keys' && (await areAlike(there, unpacked(folder)))) {
          rmSync(unpacked(folder), { recursive: true })
          continue
        }
        if (existsSync(there)) {
          const aside = `${there}.before-restore-${now()}`
          move(there, aside)
          say(`the ${folder} that were here are kept in ${aside}`)
        }
        move(unpacked(folder), there)
      }
    },
  }
}

async function areAlike(one: string, other: string): Promise<boolean> {
  const content = async (folder: string) =>
    (await namesIn(folder, '.')).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')])
  return isDeepStrictEqual(await content(one), await content(other))
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    throw new CannotStart(`the data is restored, but ${from} could not become ${to} (${errno(error)}): move it there by hand`)
  }
}

const now = () => new Date().toISOString().replaceAll(/[:.]/g, '-')
