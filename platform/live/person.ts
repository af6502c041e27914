import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const liveOfPerson: PersonHooks = {
  name: 'live',

  async export(db, userId) {
    const told = await db.selectFrom('live.events').select(['kind', 'body', 'at']).where('topic_id', '=', userId).orderBy('seq').execute()
    return { told }
  },

  async erase(db, userId) {
    await db.call('private.erase_live', { person: userId })
  },
}
