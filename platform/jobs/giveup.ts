import type { Tx } from '#platform/database/conversation.ts'
import type { Job } from './job.ts'

export type GivenUp = { id: string; data: object; code: string; attempts: number; queued_at: string }

/** For a job that knows that another attempt is of no use: it is a dead letter in the transaction that says what became of it. */
export async function giveUp(db: Tx<'service_role'>, { name }: Pick<Job, 'name'>, letter: GivenUp): Promise<void> {
  await db
    .insertInto('jobs.dead_letters')
    .values({ ...letter, name })
    .onConflict((sameLetter) => sameLetter.column('id').doNothing())
    .execute()
}
