import type { FileHandle } from 'node:fs/promises'
import { bytes } from '../kinds/bytes.ts'
import type { Mime } from '../kinds.ts'

export type Size = { width: number; height: number }

/** How many pixels a picture says it has, from its first bytes: to be asked before anything makes room for them. */
export async function sizeOf(file: FileHandle, mime: Mime): Promise<Size | undefined> {
  const size =
    mime === 'image/jpeg' ? await inJpeg(file) : mime === 'image/png' ? inPng(await bytes(file, 0, 32)) : inWebp(await bytes(file, 0, 32))
  return size && size.width > 0 && size.height > 0 ? size : undefined
}

function inPng(head: Buffer): Size | undefined {
  return head.toString('latin1', 12, 16) === 'IHDR' ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } : undefined
}

// Segments, each with a mark and a length, until the one that begins a frame.
async function inJpeg(file: FileHandle): Promise<Size | undefined> {
  let at = 2
  for (let segment = 0; segment < mostSegments; segment++) {
    const head = await bytes(file, at, 9)
    if (head.length < 9 || head[0] !== 0xff) return undefined
    const mark = head[1]!
    if (mark === 0xff)
      at++ // fill
    else if (isFrame(mark)) return { height: head.readUInt16BE(5), width: head.readUInt16BE(7) }
    else if (mark === startOfScan || mark === endOfImage) return undefined
    else at += 2 + head.readUInt16BE(2)
  }
  return undefined
}
const mostSegments = 10_000
const startOfScan = 0xda
const endOfImage = 0xd9
const isFrame = (mark: number) => mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc

// Lossy, lossless, or with more than one picture's worth of chunks (developers.google.com/speed/webp/docs/riff_container).
function inWebp(head: Buffer): Size | undefined {
  if (head.length < 30) return undefined
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const packed = head.readUInt32LE(21)
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
    default:
      return undefined
  }
}
