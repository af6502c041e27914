import type { FileHandle } from 'node:fs/promises'
import { bytes } from './bytes.ts'
import { refuse } from '../refusals.ts'

// A zip is read from its end: a directory of what is in it, and after that a record that says where the directory is
// (APPNOTE.TXT 4.3.6). So anything may stand in front of it, and readers find it all the same; ours may not.
export type Archive = { names: Set<string>; packed: number; unpacked: number }

/** What an archive says is in it, if it is one from the first byte to the last. Nothing is unpacked. */
export async function archiveIn(file: FileHandle, size: number): Promise<Archive> {
  const end = await bytes(file, Math.max(0, size - recordLength), recordLength)
  if (end.length < recordLength || end.readUInt32LE() !== recordMark || end.readUInt16LE(20) !== 0) return refuse('file_is_damaged')
  const [count, length, start] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)]
  if (start + length + recordLength !== size || length > longestDirectory) refuse('file_is_damaged')
  const archive = readDirectory(await bytes(file, start, length), count)
  return archive ?? refuse('file_is_damaged')
}

const recordLength = 22
const recordMark = 0x06054b50
const entryMark = 0x02014b50
const entryLength = 46
const longestDirectory = 4 * 1024 ** 2

function readDirectory(directory: Buffer, count: number): Archive | undefined {
  const archive: Archive = { names: new Set(), packed: 0, unpacked: 0 }
  let at = 0
  for (let entry = 0; entry < count; entry++) {
    if (at + entryLength > directory.length || directory.readUInt32LE(at) !== entryMark) return undefined
    const nameLength = directory.readUInt16LE(at + 28)
    archive.packed += directory.readUInt32LE(at + 20)
    archive.unpacked += directory.readUInt32LE(at + 24)
    archive.names.add(directory.toString('utf8', at + entryLength, at + entryLength + nameLength))
    at += entryLength + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return at === directory.length ? archive : undefined
}

/** Whether a reader of archives would find one in here, whatever stands in front of it. */
export async function endsLikeArchive(file: FileHandle, size: number): Promise<boolean> {
  const from = Math.max(0, size - recordLength - 65_535) // a comment may follow the record
  const tail = await bytes(file, from, size - from)
  for (let at = tail.lastIndexOf(mark); at >= 0; at = at > 0 ? tail.lastIndexOf(mark, at - 1) : -1) {
    if (at + recordLength > tail.length) continue
    if (tail.readUInt32LE(at + 12) + tail.readUInt32LE(at + 16) <= from + at) return true // a directory fits in front of it
  }
  return false
}
const mark = Buffer.from('PK\x05\x06', 'latin1')
