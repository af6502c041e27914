import assert from 'node:assert/strict'
import { createWriteStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { CannotStart } from '#platform/configuration/stop.ts'
import { label, totals } from '../archive.ts'
import { checkBackup } from '../check.ts'
import { contentOf, readArchive } from '../read.ts'
import { writeArchive, type Archive } from '../write.ts'
import { temporaryFolder } from './scene.ts'

// The form alone, without a database: what is read is what was written, or it is refused in one line.
const folder = temporaryFolder()
const whole = path.join(folder, 'whole')
const rows = Buffer.from(Array.from({ length: 60_000 }, (_, n) => `${n}\t${Math.random().toString(36).repeat(8)}\n`).join(''))
await writeArchive(whole, async ({ words, parts, file }) => {
  await words(label, { format: 1 })
  await parts('tables/care.messages', chunks(rows))
  await parts('tables/empty', chunks(Buffer.alloc(0)))
  await file('keys/jwt.json', 4, chunks(Buffer.from('keys')))
  return { rows: {} }
})
const bytes = readFileSync(whole)

describe('A backup as a file', () => {
  test('a table of any length comes in parts and is read as one', async () => {
    const found = new Map<string, Buffer>()
    for await (const { name, bytes } of readArchive(whole)) found.set(name, await contentOf(bytes))
    assert.deepEqual([...found.keys()], [label, 'tables/care.messages', 'tables/empty', 'keys/jwt.json', totals])
    assert.ok(rows.length > 5 * 2 ** 20)
    assert.ok(found.get('tables/care.messages')?.equals(rows))
  })

  test('what nobody wants is read over, and checked all the same', async () => {
    assert.deepEqual(await namesIn(whole), [label, 'tables/care.messages', 'tables/empty', 'keys/jwt.json', totals])
  })

  test('cut off anywhere, it is refused', async () => {
    for (const length of [0, 5, 100, bytes.length >> 1, bytes.length - 1_000, bytes.length - 9, bytes.length - 1])
      await refuses(bytes.subarray(0, length), /^\S+ is not a whole backup \(.+\): use another one$/)
  })

  test('a byte that changed anywhere is refused', async () => {
    for (let part = 1; part < 40; part++) {
      const changed = Buffer.from(bytes)
      changed[Math.floor((bytes.length * part) / 40)]! ^= 0x55
      await refuses(changed, /^\S+ is not a whole backup \(.+\): use another one$/)
    }
  })

  test('a content that was exchanged is refused, also where the tar itself is whole', async () => {
    await refuses(
      await tarOf([{ name: label }, { name: 'tables/a/000001' }, { name: totals, content: '{"sums": {}}' }]),
      /its checksums are wrong/,
    )
    await refuses(await tarOf([{ name: label }, { name: totals, content: 'no JSON' }]), /its checksums are wrong/)
    await refuses(await tarOf([{ name: label }, { name: 'tables/a/000001' }]), /its end is missing/)
  })

  test('what goes on after its end is refused', async () => {
    await refuses(await tarOf([{ name: totals, content: '{"sums": {}}' }, { name: 'files/x' }]), /it goes on after its end/)
  })

  test('nothing is unpacked outside its folder', async () => {
    for (const name of ['../evil', 'files/../../evil', '/etc/evil', 'files//evil', 'files/./evil', 'files\\..\\evil', 'files/evil/'])
      await refuses(await tarOf([{ name: label }, { name }]), /is not a whole backup \(it holds .*evil.*, which no backup does\)/)
    for (const type of ['symlink', 'link', 'fifo'] as const)
      await refuses(
        await tarOf([{ name: label }, { name: 'files/evil', type, linkname: '/etc/passwd' }]),
        new RegExp(`it holds the ${type} "files/evil"`),
      )
  })

  test('something else is no backup', async () => {
    await refuses(Buffer.from('PGDMP'), /is not a whole backup \(incorrect header check\)/)
    await assert.rejects(namesIn(path.join(folder, 'nothing')), new CannotStart(`${folder}/nothing cannot be read (ENOENT)`))
    await assert.rejects(namesIn(folder), new CannotStart(`${folder} cannot be read (EISDIR)`))
  })

  test('one without its label first, or with one of a newer form, is refused', async () => {
    const file = path.join(folder, 'labels')
    const write = (...names: string[]) =>
      writeArchive(file, async ({ words }) => {
        for (const name of names) await words(name, { format: 2, vivavoce: '9.0.0' })
        return { rows: {}, keys: 0, files: 0, shortened: {} }
      })
    await write('files/x', label)
    await assert.rejects(checkBackup(file, []), new CannotStart(`${file} is not a whole backup (its label is missing): use another one`))
    await write(label)
    await assert.rejects(
      checkBackup(file, []),
      new CannotStart(`${file} was made by a newer Vivavoce (9.0.0), in a form not known here: upgrade first`),
    )
  })

  test('a file that cannot be written is one clear line, and one that fails leaves what was there', async () => {
    const file = path.join(folder, 'daily')
    const nothing = async () => ({})
    await assert.rejects(
      writeArchive(path.join(folder, 'no/such'), nothing),
      new CannotStart(`${folder}/no/such cannot be written (ENOENT)`),
    )
    writeFileSync(file, 'of yesterday')
    const fails = async ({ parts }: Archive) => {
      await parts('tables/a', chunks(rows))
      assert.equal(statSync(`${file}.partial`).mode & 0o777, 0o600)
      throw new Error('the database went away')
    }
    await assert.rejects(writeArchive(file, fails), /the database went away/)
    assert.equal(readFileSync(file, 'utf8'), 'of yesterday')
    assert.ok(!existsSync(`${file}.partial`))
    writeFileSync(`${file}.partial`, 'of one that was killed')
    await writeArchive(file, nothing)
    assert.deepEqual(await namesIn(file), [totals])
    assert.ok(!readdirSync(folder).some((name) => name.endsWith('.partial')))
  })
})

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000)
}

async function namesIn(file: string): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of readArchive(file)) names.push(name)
  return names
}

async function refuses(content: Buffer, line: RegExp): Promise<void> {
  const file = path.join(folder, 'other')
  writeFileSync(file, content)
  await assert.rejects(namesIn(file), (error) => error instanceof CannotStart && line.test(error.message))
}

type Entry = { name: string; content?: string; type?: 'symlink' | 'link' | 'fifo'; linkname?: string }
async function tarOf(entries: Entry[]): Promise<Buffer> {
  const tar = pack()
  const file = path.join(folder, 'made')
  const written = pipeline(tar, createGzip(), createWriteStream(file))
  for (const { content = '', ...header } of entries) tar.entry(header, content)
  tar.finalize()
  await written
  return readFileSync(file)
}
