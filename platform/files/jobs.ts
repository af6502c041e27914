import * as z from 'zod/mini'
import { job, type Job } from '#platform/jobs/job.ts'
import { later } from '#platform/jobs/later.ts'
import { incomingIn } from './incoming.ts'
import { takeInventory } from './inventory.ts'
import { objectsOf, pathOf } from './objects.ts'

/** As many ids as fit into the data of one job. */
export const mostIds = 50

// It asks again whose rows are gone: it may run late, or for ids that somebody made up.
export const removeBytes = job({
  name: 'files.remove-bytes',
  data: z.object({ ids: z.array(z.uuid()).check(z.maxLength(mostIds)) }),
  retries: 10,
  timeoutSeconds: 300,
  async run({ data: { ids }, database, configuration }) {
    const rows = await database.read((db) =>
      db.selectFrom('files.objects').select('id').where('id', 'in', ids).where('erased_at', 'is', null).execute(),
    )
    const kept = new Set(rows.map(({ id }) => id))
    const [objects, incoming] = [objectsOf(configuration), incomingIn(configuration.dataDir)]
    for (const id of ids.filter((id) => !kept.has(id))) await Promise.all([objects.remove(pathOf(id)), incoming.remove(id)])
  },
})

export const sweepFiles = job({
  name: 'files.sweep',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 600,
  cron: '27 * * * *',
  async run({ database }) {
    for (let swept = mostIds; swept === mostIds; )
      swept = await database.write(async (db) => {
        const ids = (await db.rows('private.sweep_files', { most: mostIds })).map(({ sweep_files }) => sweep_files)
        if (ids.length > 0) await later(db, removeBytes, { ids })
        return ids.length
      })
  },
})

export const inventory = job({
  name: 'files.inventory',
  data: z.object({}),
  retries: 2,
  timeoutSeconds: 3_600,
  cron: '47 2 * * *',
  run: takeInventory,
})

export const jobs: Job[] = [removeBytes, sweepFiles, inventory]
