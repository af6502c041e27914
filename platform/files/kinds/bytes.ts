import type { FileHandle } from 'node:fs/promises'

/** So many bytes from there, or fewer at the end of the file. */
export async function bytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.subarray(0, bytesRead)
}
