import type { PersonHooks } from './person-hooks.ts'
import { forgetWaysIn } from './ways-in.ts'

/** What their passkeys, recovery codes and links to providers say of a person; never a key or a hash. */
export const waysInOfPerson: PersonHooks = {
  name: 'ways-in',
  async export(db, userId) {
    const [passkeys, codes] = await db.all(
      db
        .selectFrom('identity.passkeys')
        .select(['name', 'transports', 'backed_up', 'created_at', 'last_used_at'])
        .where('user_id', '=', userId)
        .orderBy('created_at'),
      db.selectFrom('identity.recovery_codes').select(['created_at', 'used_at']).where('user_id', '=', userId).orderBy('created_at'),
    )
    return { passkeys, recovery_codes: codes }
  },
  erase: forgetWaysIn,
}
