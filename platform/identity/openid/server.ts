import { handle } from '#platform/operations/handle.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Server } from '#platform/part.ts'
import { factorsOf } from '../factors.ts'
import { mayNotChangeWaysIn } from '../may-change-ways-in.ts'
import { codesLeft } from '../recovery/codes.ts'
import { theServer } from '../the-server.ts'
import { thisSession } from '../this-session.ts'
import { waysInOf } from '../ways-in.ts'
import * as api from './api.ts'
import { identitiesOf, unlinkIdentity } from './identities.ts'
import { acceptLink, ticketOf } from './links.ts'

export const waysInHandlers = ({ configuration, database, keys }: Server) => [
  handle(api.readWaysIn, async ({ person: { id } }) =>
    database.read(theServer, async (db) => {
      const { password, mail, passkeys } = await waysInOf(db, id)
      return {
        password,
        mail,
        passkeys: passkeys.length,
        authenticators: (await factorsOf(db, id)).filter(({ status }) => status === 'verified').length,
        recovery_codes_left: (await codesLeft(db, id))?.remaining ?? 0,
        providers: (await identitiesOf(db, id)).filter(({ provider }) => provider !== 'email'),
        offered: configuration.providers.map(({ name }) => name),
      }
    }),
  ),

  handle(api.beginLink, async ({ input: { provider }, db, person, refuse }) => {
    if (!configuration.providers.some(({ name }) => name === provider)) return refuse('no_such_provider')
    const who = { userId: person.id, sessionId: await thisSession(db) }
    const because = await database.read(theServer, (db) => mayNotChangeWaysIn(db, who))
    if (because === 'second_factor_needed') throw new ProblemError(because)
    if (because) return refuse(because)
    const ticket = ticketOf(keys.secrets, { userId: person.id, provider, redirectTo: `${configuration.publicUrl}/auth/done?linking=yes` })
    return { url: `${configuration.publicUrl}/auth/v1/authorize?${new URLSearchParams({ ticket }).toString()}` }
  }),

  handle(api.acceptLink, async ({ input: { word }, person, refuse }) => {
    const because = await database.write(theServer, (db) => acceptLink(db, keys.secrets, { userId: person.id, word }))
    return because ? refuse(because) : {}
  }),

  handle(api.removeLink, async ({ input: { id }, db, person, refuse }) => {
    const who = { userId: person.id, sessionId: await thisSession(db) }
    const because = await database.write(
      theServer,
      async (db) => (await mayNotChangeWaysIn(db, who)) ?? unlinkIdentity(db, { id, userId: person.id }),
    )
    if (because === 'second_factor_needed') throw new ProblemError(because)
    return because ? refuse(because) : {}
  }),
]
