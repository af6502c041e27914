import { sql } from 'kysely'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import { deviceOf } from '../account/device.ts'
import { hashOfWord } from '../word.ts'
import * as api from './api.ts'

// Whether the one who asks is an administrator is the database's to say, in the first line of each of these functions
// (private.administer), and so is the entry in the audit.
export const administrationHandlers = [
  handle(api.findPeople, async ({ input: { search, reason, ...paging }, db }) => {
    const found = db
      .selectFrom(sql<Found>`private.find_people(${search}, ${reason})`.as('found'))
      .select(['id', 'email', 'name', 'confirmed', 'administrator', 'suspended', 'created_at'])
    return page(found, { by: ['created_at', 'id'], descending: true }, paging)
  }),

  handle(api.seePerson, async ({ input: { id, reason }, db }) => {
    const [seen] = await db.rows('private.see_person', { person: id, reason })
    const sessions = seen!.sessions as Session[]
    return {
      ...(seen as NonNullable<typeof seen> & {
        id: string
        name: string
        created_at: string
        administrator: boolean
        second_factors: number
      }),
      sessions: sessions.map(({ user_agent, ...session }) => ({ ...session, device: deviceOf(user_agent) })),
    }
  }),

  handle(api.suspend, async ({ input: { id, reason }, db }) => {
    await db.call('private.suspend', { person: id, reason })
    return {}
  }),

  handle(api.liftSuspension, async ({ input: { id, reason }, db }) => {
    await db.call('private.lift_suspension', { person: id, reason })
    return {}
  }),

  handle(api.endSessionsOf, async ({ input: { id, reason }, db }) => ({
    ended: await db.call('private.end_sessions_of', { person: id, reason }),
  })),

  handle(api.confirmAddress, async ({ input: { id, reason }, db }) => {
    await db.call('private.confirm_address', { person: id, reason })
    return {}
  }),

  handle(api.listAdministrators, async ({ db }) => ({
    administrators: await db
      .selectFrom('identity.admins')
      .select(['user_id', 'granted_by', 'granted_at', 'demo'])
      .orderBy('granted_at')
      .execute(),
  })),

  handle(api.makeAdministrator, async ({ input: { id, reason }, db }) => {
    await db.call('private.make_admin', { person: id, reason })
    return {}
  }),

  handle(api.unmakeAdministrator, async ({ input: { id, reason }, db }) => {
    await db.call('private.unmake_admin', { person: id, reason })
    return {}
  }),

  handle(api.setUp, async ({ input, db }) => {
    await db.call('private.take_setup', { token_hash: hashOfWord(input.token) })
    return {}
  }),
]

type Found = {
  id: string
  email: string | null
  name: string
  confirmed: boolean
  administrator: boolean
  suspended: boolean
  created_at: string
}
type Session = { id: string; user_agent: string | null; created_at: string; aal: string | null }
