import type { FileHandle } from 'node:fs/promises'
import { contentOf } from './bytes.ts'

/** Letters in UTF-8 from end to end: neither other bytes nor characters that steer a machine. */
export async function isText(file: FileHandle): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of contentOf(file)) if (steering.test(decoder.decode(piece, { stream: true }))) return false
    decoder.decode()
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false
    throw error
  }
}

const steering = /[\p{Cc}--[\t\n\f\r]]/v
