import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { Objects } from '#platform/files/objects.ts'
import type { JobDatabase } from '#platform/jobs/job.ts'
import type { ExportedFile, PersonHooks } from '../person-hooks.ts'
import { readmeOf } from './readme.ts'

export type Zipping = { person: string; people: readonly PersonHooks[]; database: JobDatabase; objects: Objects }

/** Everything of a person: a readable JSON file for each part that knows something of them, and their files. In memory are one part's rows at a time, and of a file what is on its way. */
export function zipOf({ person, people, database, objects }: Zipping): AsyncIterable<Uint8Array> {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  const broken = (error: unknown) => void out.destroy(error as Error)
  zip.on('error', broken)
  fill().catch(broken)
  return out as AsyncIterable<Uint8Array>

  async function fill(): Promise<void> {
    const written: string[] = []
    for (const { name, export: rowsOf, files } of people) {
      const known = Object.entries(await database.read((db) => rowsOf(db, person))).filter(([, rows]) => rows.length > 0)
      const brought = files ? await database.read((db) => files(db, person)) : []
      if (known.length > 0) await add(`${name}.json`, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`)
      for (const [nth, file] of brought.entries()) {
        const bytes = await objects.get(file.objectPath)
        if (bytes) await add(`${name}/${nth + 1}-${plain(file)}`, bytes)
      }
      if (known.length + brought.length > 0) written.push(name)
    }
    await add('README.txt', readmeOf(written, people))
    zip.end()
  }

  // One after the other: the next one is not even asked for before this one is written.
  async function add(path: string, content: string | Readable): Promise<void> {
    const stream = typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content
    zip.addReadStream(stream, path)
    await finished(stream)
  }
}

// Whoever unpacks it may be on any system.
const plain = ({ name }: ExportedFile) => name.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. ]+/, '_')
