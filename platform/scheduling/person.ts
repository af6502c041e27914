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
    const released = await db
      .selectFrom('scheduling.released as r')
      .innerJoin('scheduling.meetings as m', 'm.id', 'r.meeting_id')
      .select(['m.kind', 'r.during', 'r.released_at'])
      .where('r.person_id', '=', userId)
      .orderBy('r.released_at')
      .execute()
    const reminders = await db
      .selectFrom('scheduling.choices')
      .select(['day_before', 'hour_before', 'ten_minutes'])
      .where('person_id', '=', userId)
      .execute()
    const reminded = await db
      .selectFrom('scheduling.reminded')
      .select(['lead', 'starts_at', 'told_at'])
      .where('person_id', '=', userId)
      .orderBy('told_at')
      .execute()
    const invited = await db
      .selectFrom('scheduling.invited')
      .select(['sequence', 'cancelled', 'sent_at'])
      .where('person_id', '=', userId)
      .orderBy('sent_at')
      .execute()
    // Not its address: whoever finds the copy would have the key to what is planned from then on.
    const feed = await db.selectFrom('scheduling.feeds').select(['made_at', 'fetched_at']).where('person_id', '=', userId).execute()
    return { commitments, released, reminders, reminded, invited, feed }
  },

  async erase(db, userId) {
    await db.call('private.erase_scheduling', { person: userId })
  },
}
