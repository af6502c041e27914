import * as z from 'zod/mini'
import type { Reader } from '#platform/database/conversation.ts'

const Claims = z.object({ session_id: z.optional(z.uuid()) })

/** The session in which somebody asks, by the claims under which the database knows them: a token's or a cookie's. */
export const thisSession = async (db: Pick<Reader<'authenticated'>, 'call'>): Promise<string | undefined> =>
  z.parse(Claims, await db.call('auth.jwt', {})).session_id
