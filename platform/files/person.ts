import type { Reader } from '#platform/database/conversation.ts'
import type { PersonHooks } from '#platform/identity/person-hooks.ts'
import { later } from '#platform/jobs/later.ts'
import { mostIds, removeBytes } from './jobs.ts'
import { exported } from './purposes.ts'

export const filesOfPerson: PersonHooks = {
  name: 'files',

  async export(db, userId) {
    const files = await filesOf(db, userId)
    return { files: files.map(({ purpose, name, mime, size, sha256, created_at }) => ({ purpose, name, mime, size, sha256, created_at })) }
  },

  async files(db, userId) {
    return (await filesOf(db, userId)).map(({ id, name, object_path }) => ({ name: `${id}-${name}`, objectPath: object_path! }))
  },

  // The rows now; the bytes by jobs that ride with the commit.
  async erase(db, userId) {
    const ids = (await db.rows('private.erase_files', { person: userId })).map(({ erase_files }) => erase_files)
    for (let from = 0; from < ids.length; from += mostIds) await later(db, removeBytes, { ids: ids.slice(from, from + mostIds) })
  },
}

// Without the exports: each would hold the one before.
const filesOf = (db: Reader<'service_role'>, userId: string) =>
  db
    .selectFrom('files.objects')
    .select(['id', 'purpose', 'name', 'mime', 'size', 'sha256', 'object_path', 'created_at'])
    .where('owner_id', '=', userId)
    .where('purpose', '<>', exported.name)
    .where('state', '=', 'clean')
    .where('lost_at', 'is', null)
    .where('erased_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
