import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const roomsOfPerson: PersonHooks = {
  name: 'rooms',

  // Who else had a seat is for those others to say.
  async export(db, userId) {
    const seats = await db
      .selectFrom('rooms.seats as s')
      .innerJoin('rooms.rooms as r', 'r.id', 's.room_id')
      .select(['r.kind', 'r.opens_at', 'r.closes_at', 'r.closed_at', 's.role', 's.name', 's.state', 's.since', 's.let_in_at', 's.seen_at'])
      .where('s.person_id', '=', userId)
      .orderBy('r.opens_at')
      .execute()
    return { seats }
  },

  async erase(db, userId) {
    await db.call('private.erase_rooms', { person: userId })
  },
}
