import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const auditOfPerson: PersonHooks = {
  name: 'audit',

  // What they did, without the ids of those it concerned.
  async export(db, userId) {
    const entries = await db
      .selectFrom('audit.entries')
      .select(['at', 'action', 'subject_kind', 'reason'])
      .where('actor', '=', userId)
      .orderBy('id')
      .execute()
    return { entries }
  },

  async erase() {}, // there are only ids and names of states in it

  keeps:
    'A record of who did what here, with the number of your account and without your name or address. It can be checked because nothing is ever taken out of it; data protection law asks whoever runs this place to be able to show what was done with people’s data (in the EU and the UK: GDPR, articles 5(2), 17(3)(b) and (e), and 32).',
}
