import type { FileHandle } from 'node:fs/promises'

/** So many bytes from there, or fewer at the end of the file. */
export async function bytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}

/** All of it, piece by piece. */
export async function* contentOf(file: FileHandle, pieces = 1024 ** 2): AsyncGenerator<Buffer, void> {
  for (let at = 0; ; ) {
    const piece = await bytes(file, at, pieces)
    if (piece.length === 0) return
    yield piece
    at += piece.length
  }
}
