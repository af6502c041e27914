import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const schedulingOfPerson: PersonHooks = {
  name: 'scheduling',

  async export(db, userId) {
    const commitments = await db
      .selectFrom('scheduling.commitments as c')
      .innerJoin('scheduling.meetings as m', 'm.id', 'c.meeting_id')
      .select(['m.kind', 'c.during', 'c.held_until'])
      .where('c.person_id', '=', userId)
      .orderBy('c.during')
      .execute()
    return { commitments }
  },

  async erase(db, userId) {
    await db.call('private.erase_scheduling', { person: userId })
  },
}
