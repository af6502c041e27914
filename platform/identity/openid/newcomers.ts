import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import type { Challenge } from '../flows.ts'
import { seal, unseal } from '../sealed.ts'
import { Found } from './found.ts'
import { hashed } from './journey.ts'

// Whoever comes by a provider for the first time has told nobody that they are 18 or older. They wait, without an account,
// until the browser they came with says so.
type Db = Tx<'service_role'>

export type Waiting = { found: Found; redirectTo: string; invitation: Buffer | null; challenge: Challenge }

const lasts = '30 minutes'

export async function letWait(
  db: Db,
  secrets: Buffer,
  browserWord: string,
  { found, redirectTo, invitation, challenge }: Waiting,
): Promise<void> {
  const browser_hash = hashed(browserWord)
  await db.deleteFrom('identity.newcomers').where('browser_hash', '=', browser_hash).execute()
  await db
    .insertInto('identity.newcomers')
    .values({
      browser_hash,
      found: seal(secrets, `newcomer ${browser_hash.toString('hex')}`, JSON.stringify(found)),
      redirect_to: redirectTo,
      invitation,
      challenge: challenge.challenge,
      challenge_method: challenge.method,
    })
    .execute()
}

export async function callIn(db: Db, secrets: Buffer, browserWord: string): Promise<Waiting | undefined> {
  const browser_hash = hashed(browserWord)
  const row = await db
    .deleteFrom('identity.newcomers')
    .where('browser_hash', '=', browser_hash)
    .where('created_at', '>', sql<string>`now() - ${lasts}::interval`)
    .returning(['found', 'redirect_to', 'invitation', 'challenge', 'challenge_method'])
    .executeTakeFirst()
  if (!row) return undefined
  return {
    found: z.parse(Found, JSON.parse(unseal(secrets, `newcomer ${browser_hash.toString('hex')}`, row.found))),
    redirectTo: row.redirect_to,
    invitation: row.invitation,
    challenge: { challenge: row.challenge, method: row.challenge_method },
  }
}
