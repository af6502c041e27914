import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const noticesOfPerson: PersonHooks = {
  name: 'notices',

  async export(db, userId) {
    const notices = await db
      .selectFrom('notices.notices')
      .select(['kind', 'title', 'body', 'made_at', 'read_at'])
      .where('person_id', '=', userId)
      .orderBy('made_at')
      .execute()
    return { notices }
  },

  async erase(db, userId) {
    await db.deleteFrom('notices.notices').where('person_id', '=', userId).execute()
  },
}
