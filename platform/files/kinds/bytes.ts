import type { FileHandle } from 'node:fs/promises'

/** So many bytes from there, or fewer at the end of the file. */
export async function bytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}

/** All of it, piece by piece. A piece is good until the next one: they share their memory. */
export async function* contentOf(file: FileHandle): AsyncGenerator<Buffer, void> {
  const piece = Buffer.alloc(512 * 1024)
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(piece, 0, piece.length, at)
    if (bytesRead === 0) return
    yield piece.subarray(0, bytesRead)
    at += bytesRead
  }
}
