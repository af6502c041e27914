import { handle } from '#platform/operations/handle.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Server } from '#platform/part.ts'
import { mayNotChangeWaysIn } from '../may-change-ways-in.ts'
import { personById } from '../people.ts'
import { theServer } from '../the-server.ts'
import { thisSession } from '../this-session.ts'
import * as api from './api.ts'
import { beginRegistration, finishRegistration, passkeyColumns } from './registration.ts'
import { relyingParty } from './relying-party.ts'
import { removePasskey } from './removal.ts'

// People see and rename what is theirs. Making and removing one is the server's act, on its own connection: it alone sees
// keys, sessions and whatever other ways in there are.
export const passkeyHandlers = ({ configuration, database }: Server) => [
  handle(api.listPasskeys, async ({ db }) => ({
    passkeys: await db.selectFrom('identity.passkeys').select(passkeyColumns).orderBy('created_at').orderBy('id').execute(),
  })),

  handle(api.beginPasskeyRegistration, async ({ db, person, refuse }) => {
    const sessionId = await thisSession(db)
    const begun = await database.write(theServer, async (db) => {
      const because = await mayNotChangeWaysIn(db, { userId: person.id, sessionId })
      if (because) return because
      return beginRegistration(db, relyingParty(configuration), (await personById(db, person.id))!)
    })
    if (begun === 'second_factor_needed') throw new ProblemError(begun)
    return typeof begun === 'string' ? refuse(begun) : { ...begun, options: { ...begun.options } }
  }),

  handle(api.finishPasskeyRegistration, async ({ input: { challenge_id, credential, name }, db, person, refuse }) => {
    const sessionId = await thisSession(db)
    const made = await database.write(theServer, async (db) => {
      const because = await mayNotChangeWaysIn(db, { userId: person.id, sessionId })
      return (
        because ?? finishRegistration(db, relyingParty(configuration), { userId: person.id, challengeId: challenge_id, credential, name })
      )
    })
    if (made === 'second_factor_needed') throw new ProblemError(made)
    return typeof made === 'string' ? refuse(made) : made
  }),

  handle(api.renamePasskey, async ({ input: { id, name }, db, refuse }) => {
    const { numUpdatedRows } = await db.updateTable('identity.passkeys').set({ name }).where('id', '=', id).executeTakeFirst()
    return numUpdatedRows === 1n ? {} : refuse('no_such_passkey')
  }),

  handle(api.removePasskey, async ({ input: { id }, db, person, refuse }) => {
    const sessionId = await thisSession(db)
    const because = await database.write(theServer, async (db) => {
      const who = { userId: person.id, sessionId }
      return (await mayNotChangeWaysIn(db, who)) ?? removePasskey(db, { ...who, id })
    })
    if (because === 'second_factor_needed') throw new ProblemError(because)
    return because ? refuse(because) : {}
  }),
]
