import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const pushOfPerson: PersonHooks = {
  name: 'push',

  async export(db, userId) {
    const browsers = await db
      .selectFrom('push.subscriptions')
      .select(['made_at', 'last_ok_at'])
      .where('person_id', '=', userId)
      .orderBy('made_at')
      .execute()
    return { browsers }
  },

  async erase(db, userId) {
    await db.deleteFrom('push.subscriptions').where('person_id', '=', userId).execute()
  },
}
