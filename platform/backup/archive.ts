import { createHash, type Hash } from 'node:crypto'
import path from 'node:path'

// The form of a backup: one gzipped tar, which any machine can open by hand with `tar xzf`, also in twenty years. A tar
// says the size of an entry before its content, and how much a table holds is known with its last row: so a table is a
// folder of numbered parts. The first entry is the label, the last one the totals; a file without them was cut off.
export const label = 'label.json'
export const totals = 'totals.json'
export const partSize = 4 * 2 ** 20

/** An entry, or a folder of parts as the one thing it is. */
export type Section = { name: string; bytes: Bytes }
export type Bytes = AsyncIterable<Buffer>

export const partOf = (section: string, number: number) => `${section}/${`${number}`.padStart(6, '0')}`
export const sectionOf = (entry: string) => (isPart(entry) ? path.posix.dirname(entry) : entry)
const isPart = (entry: string) => /^(?:tables|unfinished)\/[^/]+\/\d{6}$/.test(entry)

/** Whether an entry would land below the folder it is unpacked into, whoever wrote the archive. */
export const isSafe = (entry: string) => !/[\0\\]/.test(entry) && entry.split('/').every((step) => !['', '.', '..'].includes(step))

export async function* counted(bytes: Bytes | [Buffer], count: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    count(chunk)
    yield chunk
  }
}

export type Sum = { entries: number; bytes: number; sha256: string }

// Adds up what passes, alike when a backup is written and when it is read: a table for itself, files and keys together
// with their names.
export class Sums {
  #sums = new Map<string, { entries: number; bytes: number; hash: Hash }>()

  entry(name: string): (bytes: Buffer) => void {
    const group = isPart(name) ? sectionOf(name) : name.split('/')[0]!
    const sum = this.#sums.get(group) ?? { entries: 0, bytes: 0, hash: createHash('sha256') }
    this.#sums.set(group, sum)
    sum.entries++
    if (!isPart(name)) sum.hash.update(`${name}\n`)
    return (bytes) => {
      sum.bytes += bytes.length
      sum.hash.update(bytes)
    }
  }

  all(): Record<string, Sum> {
    return Object.fromEntries([...this.#sums].map(([group, { hash, ...sum }]) => [group, { ...sum, sha256: hash.digest('hex') }]))
  }
}
