import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const noticesOfPerson: PersonHooks = {
  name: 'notices',

  async export(db, userId) {
    const notices = await db
      .selectFrom('notices.notices')
      .select(['kind', 'title', 'body', 'urgency', 'made_at', 'read_at'])
      .where('person_id', '=', userId)
      .orderBy('made_at')
      .execute()
    const choices = await db
      .selectFrom('notices.choices')
      .select(['push', 'quiet_from', 'quiet_until'])
      .where('person_id', '=', userId)
      .execute()
    return { notices, choices }
  },

  async erase(db, userId) {
    await db.deleteFrom('notices.choices').where('person_id', '=', userId).execute()
    await db.deleteFrom('notices.digests').where('person_id', '=', userId).execute()
    await db.deleteFrom('notices.notices').where('person_id', '=', userId).execute()
  },
}
