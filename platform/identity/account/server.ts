import { handle } from '#platform/operations/handle.ts'
import type { Reader } from '#platform/database/conversation.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import * as api from './api.ts'
import { deviceOf } from './device.ts'
import { isZone } from './zone.ts'

export const accountHandlers = [
  handle(api.readAccount, async ({ db }) => {
    const account = await accountOf(db)
    if (!account) throw new ProblemError('not_signed_in') // the account is gone, and the token not yet
    return account
  }),

  handle(api.readMe, async ({ db }) => ({ account: await accountOf(db) })),

  handle(api.changeAccount, async ({ input: { name, zone }, db, person, refuse }) => {
    if (zone && !isZone(zone)) return refuse('no_such_zone')
    if (zone !== undefined) await db.updateTable('identity.accounts').set({ zone }).where('user_id', '=', person.id).execute()
    if (name !== undefined) await db.call('private.rename_me', { name })
    return {}
  }),

  handle(api.changeAvatar, async ({ input, db }) => {
    await db.call('private.change_my_avatar', { file: input.file_id })
    return {}
  }),

  handle(api.listSessions, async ({ db }) => {
    const sessions = await db.rows('private.my_sessions', {})
    return {
      sessions: sessions.map(({ id, user_agent, this_one, ...times }) => ({
        id: id!,
        device: deviceOf(user_agent),
        this_one: this_one!,
        ...times,
      })),
    }
  }),

  handle(api.endSession, async ({ input, db }) => {
    await db.call('private.end_my_session', { session: input.id })
    return {}
  }),

  handle(api.endOtherSessions, async ({ db }) => ({ ended: await db.call('private.end_my_other_sessions', {}) })),
]

async function accountOf(db: Pick<Reader<'anon'>, 'rows'>) {
  const [account] = await db.rows('private.my_account', {})
  if (!account) return null
  const { id, name, administrator, created_at, ...rest } = account
  return { id: id!, name: name!, administrator: administrator!, created_at: created_at!, ...rest }
}
