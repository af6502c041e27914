import type { FileHandle } from 'node:fs/promises'
import { bytes } from './bytes.ts'

const mostBoxes = 200_000 // two for each second of a recording that is cut in seconds: a day

/** Whether a file is boxes from end to end, as MP4 is (ISO/IEC 14496-12, 4.2). */
export async function boxesFill(file: FileHandle, size: number): Promise<boolean> {
  let at = 0
  for (let count = 0; at < size && count < mostBoxes; count++) {
    const head = await bytes(file, at, 16)
    if (head.length < 8 || !/^[\x20-\x7e\xa9]{4}$/.test(head.toString('latin1', 4, 8))) return false
    const length = lengthOf(head, size - at)
    if (length === undefined || length < 8) return false
    at += length
  }
  return at === size
}

// 1: it follows in 64 bits; 0: to the end.
function lengthOf(head: Buffer, rest: number): number | undefined {
  const short = head.readUInt32BE()
  if (short === 0) return rest
  if (short > 1) return short
  return head.length < 16 ? undefined : Number(head.readBigUInt64BE(8))
}
