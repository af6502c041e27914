import { createHash } from 'node:crypto'
import { objectsOf, pathOf } from '#platform/files/objects.ts'
import { job } from '#platform/jobs/job.ts'
import type { PersonHooks } from '../person-hooks.ts'
import { exporting } from './exporting.ts'
import { mailReady, noticeReady } from './tell.ts'
import { zipOf } from './zip.ts'

const lasts = 7 * 24 * 60 * 60 * 1_000

// The zip flows from the database and the objects into its own object, part by part; its size and hash are reckoned on the
// way. Killed, it is made again under the same path.
export const exportJob = (people: () => readonly PersonHooks[]) =>
  job({
    ...exporting,
    retries: 5,
    timeoutSeconds: 3_600,
    async run({ data: { id }, database, configuration, signal }) {
      const wanted = await database.read((db) =>
        db
          .selectFrom('identity.exports')
          .innerJoin('auth.users', 'auth.users.id', 'identity.exports.user_id')
          .select(['identity.exports.user_id', 'identity.exports.for_id'])
          .where('identity.exports.id', '=', id)
          .where('ready_at', 'is', null)
          .where('deleted_at', 'is', null)
          .executeTakeFirst(),
      )
      if (!wanted) return
      const objects = objectsOf(configuration)
      const hash = createHash('sha256')
      let size = 0
      async function* weighed(bytes: AsyncIterable<Uint8Array>) {
        for await (const chunk of bytes) {
          signal.throwIfAborted()
          hash.update(chunk)
          size += chunk.length
          yield chunk
        }
      }
      await objects.put(pathOf(id), weighed(zipOf({ person: wanted.user_id, people: people(), database, objects })))
      const now = Date.now()
      const [ready_at, expires_at] = [new Date(now).toISOString(), new Date(now + lasts).toISOString()]
      await database.write(async (db) => {
        const ready = await db
          .updateTable('identity.exports')
          .set({ ready_at, expires_at, bytes: size })
          .where('id', '=', id)
          .where('ready_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
        if (!ready) return
        await db.call('private.keep_file', {
          id,
          owner: wanted.user_id,
          purpose: 'export',
          name: `vivavoce-${ready_at.slice(0, 10)}.zip`,
          mime: 'application/zip',
          size,
          sha256: hash.digest('hex'),
          object_path: pathOf(id),
          expires_at,
        })
        await noticeReady(db, wanted)
        await mailReady(db, wanted, `${configuration.publicUrl}/account/exports`)
      })
    },
  })
