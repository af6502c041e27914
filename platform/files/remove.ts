import type { Tx } from '#platform/database/conversation.ts'
import { later } from '#platform/jobs/later.ts'
import { removeBytes } from './jobs.ts'

/** Throws a person's own file or upload away: the row now, the bytes by a job that rides with the commit. */
export async function remove(db: Tx<'authenticated'>, id: string): Promise<void> {
  await db.call('private.remove_file', { file: id })
  await later(db, removeBytes, { ids: [id] })
}
