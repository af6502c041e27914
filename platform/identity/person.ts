import type { Reader } from '#platform/database/conversation.ts'
import { deviceOf } from './account/device.ts'
import type { PersonHooks } from './person-hooks.ts'

/** What identity itself knows of a person, for their export. Neither a hash nor a secret, and of a session no place. */
async function exportAccount(db: Reader<'service_role'>, userId: string) {
  const [account, about, identities, sessions, factors, deletions, exports, administrator] = await db.all(
    db
      .selectFrom('auth.users')
      .select(['email', 'email_confirmed_at', 'created_at', 'last_sign_in_at', 'raw_user_meta_data as about_me'])
      .where('id', '=', userId),
    db.selectFrom('identity.accounts').select(['adult_declared_at', 'zone', 'suspended_at', 'created_at']).where('user_id', '=', userId),
    db.selectFrom('auth.identities').select(['provider', 'email', 'created_at', 'last_sign_in_at']).where('user_id', '=', userId),
    db.selectFrom('auth.sessions').select(['user_agent', 'created_at', 'updated_at']).where('user_id', '=', userId).orderBy('created_at'),
    db.selectFrom('auth.mfa_factors').select(['factor_type', 'friendly_name', 'created_at']).where('user_id', '=', userId),
    db
      .selectFrom('identity.deletions')
      .select(['requested_at', 'erases_at', 'cancelled_at'])
      .where('user_id', '=', userId)
      .orderBy('requested_at'),
    db.selectFrom('identity.exports').select(['requested_at', 'ready_at']).where('user_id', '=', userId).orderBy('requested_at'),
    db.selectFrom('identity.admins').select(['granted_at', 'reason']).where('user_id', '=', userId),
  )
  return {
    account,
    settings: about,
    ways_to_sign_in: identities,
    sign_in_sessions: sessions.map(({ user_agent, ...times }) => ({ device: deviceOf(user_agent), ...times })),
    second_factors: factors,
    wishes_to_leave: deletions,
    exports,
    administrator,
  }
}

/** The account itself is erased last of all, by the job (leaving/erase.ts). */
export const accountOfPerson: PersonHooks = { name: 'identity', export: exportAccount, erase: async () => {} }
