import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { auditFor } from '#platform/audit/append.ts'
import type { Tx } from '#platform/database/conversation.ts'
import { seal, unseal } from '../sealed.ts'
import { mailProviderLinked } from '../ways-in-mails.ts'
import { Found } from './found.ts'
import { linkIdentity, ownerOf } from './identities.ts'
import { hashed } from './journey.ts'

// Somebody signed in adds a provider as one more way in. Here its word on an address counts for nothing: that the person is
// who they are, their session says. Why it takes two steps stands with identity.proposed_links.
type Db = Tx<'service_role'>

/** What the address carries by which a signed-in person leaves: a browser that follows a link brings no token along. */
const Ticket = z.object({ userId: z.uuid(), provider: z.string(), redirectTo: z.string(), until: z.number() })
export type Ticket = z.output<typeof Ticket>
const ticketLasts = 5 * 60 * 1_000
const linkLasts = '10 minutes'

export const ticketOf = (secrets: Buffer, ticket: Omit<Ticket, 'until'>): string =>
  seal(secrets, 'link ticket', JSON.stringify({ ...ticket, until: Date.now() + ticketLasts }))

/** Undefined if it is none of ours, or too old. */
export function ticketIn(secrets: Buffer, text: string): Ticket | undefined {
  try {
    const ticket = z.parse(Ticket, JSON.parse(unseal(secrets, 'link ticket', text)))
    return ticket.until > Date.now() ? ticket : undefined
  } catch (error) {
    if (error instanceof Error) return undefined // whatever somebody wrote there, it was not sealed by us
    throw error
  }
}

export async function proposeLink(db: Db, secrets: Buffer, userId: string, found: Found): Promise<string> {
  const word = randomBytes(32).toString('base64url')
  await db
    .insertInto('identity.proposed_links')
    .values({ word_hash: hashed(word), user_id: userId, found: seal(secrets, `link ${userId}`, JSON.stringify(found)) })
    .execute()
  return word
}

/** Used up by whoever is the person that left. */
export async function acceptLink(
  db: Db,
  secrets: Buffer,
  { userId, word }: { userId: string; word: string },
): Promise<undefined | 'no_such_link' | 'identity_is_anothers'> {
  const row = await db
    .deleteFrom('identity.proposed_links')
    .where('word_hash', '=', hashed(word))
    .where('user_id', '=', userId)
    .where('created_at', '>', sql<string>`now() - ${linkLasts}::interval`)
    .returning('found')
    .executeTakeFirst()
  if (!row) return 'no_such_link'
  const found = z.parse(Found, JSON.parse(unseal(secrets, `link ${userId}`, row.found)))
  if (await linkIdentity(db, userId, found)) {
    auditFor(db, userId, {
      action: 'identity.provider-linked',
      subject: { kind: 'person', id: userId },
      details: { provider: found.provider },
    })
    await mailProviderLinked(db, userId)
    return undefined
  }
  return (await ownerOf(db, found)) === userId ? undefined : 'identity_is_anothers'
}
