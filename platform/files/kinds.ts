import type { FileHandle } from 'node:fs/promises'
import { boxesFill } from './kinds/boxes.ts'
import { bytes } from './kinds/bytes.ts'
import { isText } from './kinds/text.ts'
import { archiveIn, endsLikeArchive, type Archive } from './kinds/zip.ts'
import { refuse } from './refusals.ts'

// What bytes are, by what they begin with, and whether they are that from the first to the last: where a format says how
// long it is, nothing may follow, and nothing may look like a second format to a reader that starts elsewhere.
export type Mime =
  | 'image/png'
  | 'image/jpeg'
  | 'image/webp'
  | 'image/gif'
  | 'application/pdf'
  | 'application/zip'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  | 'audio/wav'
  | 'audio/mp4'
  | 'video/mp4'
  | 'video/webm'
  | 'text/plain'

/** The kind of a file that is one of `types`; it refuses what is none of them, is not whole, or is two things. */
export async function kindOf(file: FileHandle, size: number, types: readonly Mime[]): Promise<Mime> {
  const head = await bytes(file, 0, 1_024)
  const archive = head.toString('latin1', 0, 4) === 'PK\x03\x04' ? await archiveIn(file, size) : undefined
  const mime = archive ? kindOfArchive(archive) : kinds.find(({ begins }) => begins(head))?.mime
  if (!mime && types.includes('text/plain') && (await isText(file))) return 'text/plain'
  if (!mime || !types.includes(mime)) return refuse('type_not_allowed')
  if (mime.startsWith('image/')) return mime // drawn anew, and so only what is drawn
  if (!archive && (await endsLikeArchive(file, size))) refuse('file_is_two_things')
  if (mime !== 'application/pdf' && head.includes('%PDF-')) refuse('file_is_two_things')
  const whole = kinds.find((kind) => kind.mime === mime)?.whole
  if (whole && !(await whole(file, size))) refuse('file_is_damaged')
  return mime
}

export const extensionsOf = (mime: Mime): readonly string[] => extensions[mime]

const extensions: Record<Mime, readonly string[]> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'application/pdf': ['pdf'],
  'application/zip': ['zip'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'audio/wav': ['wav'],
  'audio/mp4': ['m4a'],
  'video/mp4': ['mp4'],
  'video/webm': ['webm'],
  'text/plain': ['txt', 'md', 'csv'],
}

type Kind = { mime: Mime; begins: (head: Buffer) => boolean; whole?: (file: FileHandle, size: number) => Promise<boolean> }

const kinds: Kind[] = [
  { mime: 'image/png', begins: has(0, '\x89PNG\r\n\x1a\n') },
  { mime: 'image/jpeg', begins: has(0, '\xff\xd8\xff') },
  { mime: 'image/webp', begins: (head) => has(0, 'RIFF')(head) && has(8, 'WEBP')(head) },
  { mime: 'image/gif', begins: (head) => has(0, 'GIF87a')(head) || has(0, 'GIF89a')(head) },
  { mime: 'application/pdf', begins: has(0, '%PDF-'), whole: endsAsPdf },
  { mime: 'audio/wav', begins: (head) => has(0, 'RIFF')(head) && has(8, 'WAVE')(head), whole: riffFills },
  { mime: 'audio/mp4', begins: (head) => has(4, 'ftypM4A ')(head), whole: boxesFill },
  { mime: 'video/mp4', begins: (head) => has(4, 'ftyp')(head) && brands.has(head.toString('latin1', 8, 12)), whole: boxesFill },
  // EBML, which Matroska uses for more than the web; how long it is it need not say.
  { mime: 'video/webm', begins: (head) => has(0, '\x1a\x45\xdf\xa3')(head) && head.subarray(0, 64).includes('\x42\x82\x84webm', 'latin1') },
]
const brands = new Set(['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'iso8', 'iso9', 'mp41', 'mp42', 'avc1', 'dash', 'M4V ', 'MSNV'])

function has(at: number, text: string) {
  const wanted = Buffer.from(text, 'latin1')
  return (head: Buffer) => head.subarray(at, at + wanted.length).equals(wanted)
}

function kindOfArchive({ names, unpacked, packed }: Archive): Mime | undefined {
  if (unpacked > largestUnpacked || unpacked > mostTimes * packed) refuse('unpacks_too_large')
  if (!names.has('[Content_Types].xml')) return 'application/zip'
  const isWord = names.has('word/document.xml') && ![...names].some((name) => /vbaProject|\.bin$/i.test(name)) // macros
  return isWord ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' : undefined
}
const largestUnpacked = 1024 ** 3
const mostTimes = 200 // text packs to a twentieth, a table of zeros to a hundredth

async function endsAsPdf(file: FileHandle, size: number): Promise<boolean> {
  return /%%EOF[\s\0]*$/.test((await bytes(file, Math.max(0, size - 1_024), 1_024)).toString('latin1'))
}

async function riffFills(file: FileHandle, size: number): Promise<boolean> {
  const said = (await bytes(file, 4, 4)).readUInt32LE() + 8
  return said === size || said + 1 === size // padded to an even length
}
