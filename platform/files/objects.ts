import type { Readable } from 'node:stream'
import { folder } from './folder.ts'

// Where the bytes of finished files lie: under a path, which is all that the database knows of them. Objects are written
// once and never changed.
export type Objects = {
  /** Whole or not at all, whatever happens on the way. */
  put(path: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>
  /** The same, of a file on this machine, which stays its owner's. */
  adopt(path: string, file: string): Promise<void>
  /** undefined: there is none. Both ends of a range count. */
  get(path: string, range?: Range): Promise<Readable | undefined>
  size(path: string): Promise<number | undefined>
  /** What is not there need not be removed. */
  remove(path: string): Promise<void>
  list(): AsyncIterable<{ path: string; writtenAt: Date }>
}
export type Range = { from: number; to: number }

export const objectsOf = ({ dataDir }: { dataDir: string }): Objects => folder(dataDir)

/** Fanned out: no folder grows beyond what a file system likes. Made of nothing but the id, so that a second attempt to store a file meets the first one. */
export const pathOf = (id: string) => `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`

export const idIn = (path: string) => path.slice(path.lastIndexOf('/') + 1)

export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
