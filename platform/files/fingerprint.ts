import { createHash } from 'node:crypto'

/** The SHA-256 of content, in hexadecimal. */
export async function fingerprint(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return hash.digest('hex')
}
