import { handle } from '#platform/operations/handle.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { jobs } from './jobs.ts'
import { serveOutbox } from './outbox.ts'
import { eraseMail, exportMail } from './person.ts'

export const mail: Part = {
  name: 'mail',
  api,
  jobs,
  people: [{ name: 'mail', export: exportMail, erase: eraseMail }],
  serve: serveOutbox,
  handlers: (server) => [
    handle(api.listPreferences, async ({ db }) => {
      const said = await db.selectFrom('mail.preferences').select(['kind', 'wanted']).execute()
      const wanted = new Map(said.map(({ kind, wanted }) => [kind, wanted]))
      const kinds = [...server.mails.values()]
      return {
        kinds: kinds.map(({ name: kind, says, mandatory, onlyIfAsked = false }) => ({
          kind,
          says,
          mandatory,
          wanted: mandatory || (wanted.get(kind) ?? !onlyIfAsked),
        })),
      }
    }),

    handle(api.setPreference, async ({ input: { kind, wanted }, db, refuse }) => {
      const known = server.mails.get(kind)
      if (!known) return refuse('no_such_kind')
      if (known.mandatory) return refuse('always_sent')
      await db
        .insertInto('mail.preferences')
        .values({ kind, wanted })
        .onConflict((said) => said.columns(['user_id', 'kind']).doUpdateSet({ wanted }))
        .execute()
      return {}
    }),
  ],
}
