import { callOf, type Tx, type Wish } from '#platform/database/conversation.ts'
import type { Mime } from './kinds.ts'
import type { Purpose } from './purposes.ts'

export type Claimed = { name: string; mime: Mime; size: number; sha256: string; object_path: string }

/** Takes a finished upload of the asking person's for a row that is written in the same transaction. Refuses by `claimRefusals`. */
export async function finishedUpload(db: Tx<'authenticated'>, id: string, { name: purpose }: Purpose): Promise<Claimed> {
  return (await db.call('private.claim_file', { file: id, purpose })) as Claimed
}

/** The row that held it is gone, or holds another one: the next sweep takes it. */
export const letGo = (db: { later(wish: Wish): void }, id: string): void => db.later(callOf('private.release_file', { file: id }))
