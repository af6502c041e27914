import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { CannotStart } from '#platform/configuration/stop.ts'
import { counted, isSafe, sectionOf, Sums, totals, type Bytes, type Section } from './archive.ts'

/** What a backup holds, in its order. Whoever has come to the end knows that it is whole and as it was written. */
export async function* readArchive(file: string): AsyncGenerator<Section> {
  const entries = checked(file, entriesOf(file))
  let next = await entries.next()
  while (!next.done) {
    const section = sectionOf(next.value.name)
    const bytes = (async function* () {
      for (; !next.done && sectionOf(next.value.name) === section; next = await entries.next()) yield* next.value.bytes
    })()
    yield { name: section, bytes }
    for await (const _ of bytes) continue // what nobody wanted is read over
  }
}

export async function contentOf(bytes: Bytes): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(bytes))
}

export const damaged = (file: string, why: string) => new CannotStart(`${file} is not a whole backup (${why}): use another one`)

// The totals come last, and are handed on only if they say what came before them.
async function* checked(file: string, entries: AsyncIterable<Section>): AsyncGenerator<Section> {
  const sums = new Sums()
  let ended = false
  for await (const { name, bytes } of entries) {
    if (ended) throw damaged(file, 'it goes on after its end')
    if (!isSafe(name)) throw damaged(file, `it holds ${JSON.stringify(name)}, which no backup does`)
    ended = name === totals
    if (!ended) yield { name, bytes: counted(bytes, sums.entry(name)) }
    else {
      const content = await contentOf(bytes)
      if (!isDeepStrictEqual(sumsIn(content), sums.all())) throw damaged(file, 'its checksums are wrong')
      yield { name, bytes: counted([content], () => {}) }
    }
  }
  if (!ended) throw damaged(file, 'its end is missing')
}

function sumsIn(content: Buffer): unknown {
  try {
    return (JSON.parse(content.toString()) as { sums?: unknown }).sums
  } catch {
    return undefined // no sums, so not the right ones
  }
}

async function* entriesOf(file: string): AsyncGenerator<Section> {
  const unpacking = extract()
  const flowing = pipeline(createReadStream(file), createGunzip(), unpacking)
  flowing.catch(() => {}) // whoever reads is told
  try {
    for await (const entry of orDamaged(file, unpacking)) {
      const { name, type } = entry.header
      if (type !== 'file') throw damaged(file, `it holds the ${type} ${JSON.stringify(name)}, which no backup does`)
      yield { name, bytes: orDamaged(file, entry as AsyncIterable<Buffer>) }
    }
  } finally {
    unpacking.destroy()
  }
}

async function* orDamaged<T>(file: string, stream: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* stream
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string }
    if (/^E[A-Z]/.test(code)) throw new CannotStart(`${file} cannot be read (${code})`)
    throw damaged(file, message)
  }
}
