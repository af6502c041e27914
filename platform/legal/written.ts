import { open } from 'node:fs/promises'
import path from 'node:path'
import type { LegalPage } from './api.ts'

const longest = 200_000 // bytes; a page of law is some 30,000

/** What lies in DATA_DIR/legal/<page>.md or .txt; read at each look, so that a change needs no new start. */
export async function writtenBy(dataDir: string, page: LegalPage): Promise<string | null> {
  for (const ending of ['md', 'txt']) {
    const text = await textIn(path.join(dataDir, 'legal', `${page}.${ending}`))
    if (text) return text
  }
  return null
}

async function textIn(name: string): Promise<string | null> {
  try {
    await using file = await open(name)
    const { bytesRead, buffer } = await file.read(Buffer.alloc(longest), 0, longest, 0)
    return buffer.toString('utf8', 0, bytesRead).trim() || null
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  }
}
