import { randomBytes } from 'node:crypto'
import type { Database } from '#platform/database/acting.ts'
import { theServer } from '../the-server.ts'
import { hashOfWord } from '../word.ts'

/** While nobody administrates this installation: a link for whoever reads what the server says. It ends with the next start. */
export async function offerSetUp(database: Database, address: string): Promise<string | undefined> {
  const token = randomBytes(32).toString('base64url')
  const offered = await database.write(theServer, (db) => db.call('private.offer_setup', { token_hash: hashOfWord(token) }))
  return offered ? `${address}/setup?token=${token}` : undefined
}
