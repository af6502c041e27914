import type { Running } from '#platform/jobs/job.ts'
import { incomingIn } from './incoming.ts'
import { idIn, objectsOf } from './objects.ts'

type Looking = Pick<Running, 'database' | 'configuration' | 'signal' | 'log'>

const atOnce = 500

/** Compares what lies in the store with what the rows say, both ways. */
export async function takeInventory(looking: Looking): Promise<void> {
  await removeStrangers(looking)
  await removeLeftovers(looking)
  await noteLost(looking)
}

/** Objects that no row names. */
async function removeStrangers({ database, configuration, signal, log }: Looking): Promise<void> {
  const objects = objectsOf(configuration)
  const strangers: string[] = []
  let known = 0
  for await (const found of old(objects.list())) {
    signal.throwIfAborted()
    const paths = found.map(({ path }) => path)
    const rows = await database.read((db) => db.selectFrom('files.objects').select('id').where('object_path', 'in', paths).execute())
    const ids = new Set(rows.map(({ id }) => id))
    known += ids.size
    strangers.push(...paths.filter((path) => !ids.has(idIn(path))))
  }
  // A crash leaves one or two. If there are more of them than of ours, this folder belongs to another database, where
  // they will be missed.
  if (strangers.length > known)
    return log.error({ strangers: strangers.length, known }, 'these objects look like those of another database: none was removed')
  for (const path of strangers) await objects.remove(path)
  if (strangers.length > 0) log.warn({ ids: strangers.map(idIn) }, 'objects that no row names were removed')
}

/** What uploads left behind that have ended, or never were. */
async function removeLeftovers({ database, configuration }: Looking): Promise<void> {
  const incoming = incomingIn(configuration.dataDir)
  for await (const found of old(await incoming.list())) {
    const ids = found.map(({ id }) => id)
    const rows = await database.read((db) =>
      db
        .selectFrom('files.objects')
        .select('id')
        .where('id', 'in', ids)
        .where('state', '=', 'uploading')
        .where('erased_at', 'is', null)
        .execute(),
    )
    const unfinished = new Set(rows.map(({ id }) => id))
    for (const id of ids) if (!unfinished.has(id)) await incoming.remove(id)
  }
}

/** Rows whose object is not there. */
async function noteLost({ database, configuration, signal, log }: Looking): Promise<void> {
  const objects = objectsOf(configuration)
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    signal.throwIfAborted()
    const rows = await database.read((db) =>
      db
        .selectFrom('files.objects')
        .select(['id', 'object_path'])
        .where('object_path', 'is not', null)
        .where('id', '>', after)
        .orderBy('id')
        .limit(atOnce)
        .execute(),
    )
    if (rows.length === 0) return
    after = rows.at(-1)!.id
    const missing: string[] = []
    for (const { id, object_path } of rows) if ((await objects.size(object_path!)) === undefined) missing.push(id)
    const lost = await database.write((db) => db.rows('private.note_lost_files', { looked_for: rows.map(({ id }) => id), missing }))
    if (lost.length > 0)
      log.error({ ids: lost.map(({ note_lost_files }) => note_lost_files) }, 'files are lost: their objects are not there')
  }
}

// What was written this hour may get its row in a moment.
async function* old<T extends { writtenAt: Date }>(found: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T[]> {
  const anHourAgo = Date.now() - 60 * 60 * 1_000
  let batch: T[] = []
  for await (const one of found) {
    if (one.writtenAt.getTime() < anHourAgo) batch.push(one)
    if (batch.length < atOnce) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
