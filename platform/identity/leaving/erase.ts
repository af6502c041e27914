import { sql } from 'kysely'
import * as z from 'zod/mini'
import { keysOf } from '#platform/configuration/keys.ts'
import type { Tx } from '#platform/database/conversation.ts'
import { job, type Job, type Running } from '#platform/jobs/job.ts'
import { later } from '#platform/jobs/later.ts'
import type { PersonHooks } from '../person-hooks.ts'
import { eraseAccount } from './account.ts'

const deletion = z.object({ deletion: z.uuid() })
export type Erasing = Job<typeof deletion>

// A transaction for each part, noted with it: killed anywhere, the next attempt goes on behind the last note. The account
// comes last, because parts find by its address what only bears that.
export const eraseJob = (people: () => readonly PersonHooks[]): Erasing =>
  job({
    name: 'identity.erase',
    data: deletion,
    retries: 12,
    timeoutSeconds: 600,
    async run(running) {
      const { database, data } = running
      const person = await database.write((db) => db.call('private.go_on_erasing', { deletion: data.deletion }))
      if (!person) return
      const done = await erasedParts(running)
      for (const { name, erase } of people()) {
        if (done.has(name)) continue
        await database.write(async (db) => {
          await erase(db, person)
          await db.insertInto('identity.erased_parts').values({ deletion_id: data.deletion, part: name }).execute()
        })
      }
      const { secrets } = keysOf(running.configuration)
      await database.write(async (db) => {
        await eraseAccount(db, person, secrets)
        await db.updateTable('identity.deletions').set({ erased_at: sql<string>`now()` }).where('id', '=', data.deletion).execute()
      })
    },
  })

async function erasedParts({ database, data }: Running<typeof deletion>): Promise<Set<string>> {
  const rows = await database.read((db) =>
    db.selectFrom('identity.erased_parts').select('part').where('deletion_id', '=', data.deletion).execute(),
  )
  return new Set(rows.map(({ part }) => part))
}

// Whoever's two weeks are over; and whoever's erasure became a dead letter, once an hour until it is done.
export const eraseDueJob = (erase: Erasing) =>
  job({
    name: 'identity.erase-due',
    data: z.object({}),
    retries: 2,
    timeoutSeconds: 60,
    cron: '7 * * * *',
    async run({ database }) {
      await database.write(async (db) => {
        const due = await db
          .selectFrom('identity.deletions')
          .select('id')
          .where('cancelled_at', 'is', null)
          .where('erased_at', 'is', null)
          .where('erases_at', '<=', sql<string>`now()`)
          .execute()
        for (const { id } of due) await later(db, erase, { deletion: id }, { once: id })
      })
    },
  })

/** At the operator's word (GoTrue's admin.deleteUser): they are nobody at once, and the job forgets the rest. */
export async function erasePersonForOperator(db: Tx<'service_role'>, erase: Erasing, userId: string): Promise<void> {
  const id = await db.call('private.erase_for_operator', { person: userId })
  await later(db, erase, { deletion: id })
}
