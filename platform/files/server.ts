import { handle } from '#platform/operations/handle.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { serveDownloads } from './downloads.ts'
import { jobs } from './jobs.ts'
import { linkTo } from './links.ts'
import { filesOfPerson } from './person.ts'
import { avatar, exported } from './purposes.ts'
import { remove } from './remove.ts'
import { serveUploads } from './uploads.ts'

const shown = ['id', 'purpose', 'name', 'state', 'mime', 'size', 'sha256', 'created_at', 'expires_at'] as const

export const files: Part = {
  name: 'files',
  api,
  jobs,
  purposes: [avatar, exported],
  people: [filesOfPerson],
  serve(app, server) {
    serveUploads(app, server)
    serveDownloads(app, server)
  },
  handlers: ({ keys }) => [
    handle(api.readFile, async ({ input: { id }, db, refuse }) => {
      const [file] = await db.selectFrom('files.objects').select(shown).where('id', '=', id).execute()
      return file ?? refuse('no_such_file')
    }),

    // Also of another person's file, where the part it belongs to lets them have it (private.may_download).
    handle(api.linkFile, async ({ input: { id }, db, person }) => {
      const { name } = await db.call('private.download', { file: id })
      return linkTo(keys.secrets, { id, name: name! }, person.id)
    }),

    handle(api.removeFile, async ({ input: { id }, db }) => {
      await remove(db, id)
      return {}
    }),
  ],
}
