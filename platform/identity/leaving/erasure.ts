import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { later } from '#platform/jobs/later.ts'

/** The job by its name, for whoever sets it going; what it does is in erase.ts. */
export const erasure = { name: 'identity.erase', data: z.object({ deletion: z.uuid() }) }

/** At the operator's word (GoTrue's admin.deleteUser): they are nobody at once, and the job forgets the rest. */
export async function erasePersonForOperator(db: Tx<'service_role'>, userId: string): Promise<void> {
  const deletion = await db.call('private.erase_for_operator', { person: userId })
  await later(db, erasure, { deletion })
}
