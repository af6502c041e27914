import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { keysOf } from '#platform/configuration/keys.ts'
import { job, type Running } from '#platform/jobs/job.ts'
import { later } from '#platform/jobs/later.ts'
import type { PersonHooks } from '../person-hooks.ts'
import { eraseAccount, forgetInvited } from './account.ts'
import { erasure } from './erasure.ts'

// A transaction for each part, noted with it: killed anywhere, the next attempt goes on behind the last note. The account
// comes last, because parts find by its address what only bears that.
export const eraseJob = (people: () => readonly PersonHooks[]) =>
  job({
    ...erasure,
    retries: 12,
    timeoutSeconds: 600,
    async run(running) {
      const { database, data, signal } = running
      const { person, wait_seconds } = await database.write((db) => db.call('private.go_on_erasing', { deletion: data.deletion }))
      if (!person) return
      await pause(wait_seconds! * 1_000, undefined, { signal })
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

async function erasedParts({ database, data }: Running<typeof erasure.data>): Promise<Set<string>> {
  const rows = await database.read((db) =>
    db.selectFrom('identity.erased_parts').select('part').where('deletion_id', '=', data.deletion).execute(),
  )
  return new Set(rows.map(({ part }) => part))
}

// Whoever's two weeks are over; and whoever's erasure became a dead letter, once an hour until it is done.
export const eraseDue = job({
  name: 'identity.erase-due',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 60,
  cron: '7 * * * *',
  async run({ database }) {
    await database.write(async (db) => {
      await forgetInvited(db)
      const due = await db
        .selectFrom('identity.deletions')
        .select('id')
        .where('cancelled_at', 'is', null)
        .where('erased_at', 'is', null)
        .where('erases_at', '<=', sql<string>`now()`)
        .execute()
      for (const { id } of due) await later(db, erasure, { deletion: id }, { once: id })
    })
  },
})
