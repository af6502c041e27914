import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const safetyOfPerson: PersonHooks = {
  name: 'safety',

  // What they did themselves. Who blocks them and what others told about them is those others' to keep quiet.
  async export(db, userId) {
    const [blocks, reports] = await db.all(
      db.selectFrom('safety.blocks').select(['blocked_id', 'blocked_at']).where('blocker_id', '=', userId).orderBy('blocked_at'),
      db
        .selectFrom('safety.reports')
        .select(['subject_kind', 'subject_id', 'kind', 'words', 'state', 'reported_at', 'closed_at'])
        .where('reporter_id', '=', userId)
        .orderBy('reported_at'),
    )
    return { blocks, reports }
  },

  async erase(db, userId) {
    await db.call('private.erase_safety', { person: userId })
  },

  keeps:
    'That there was a report by or about you, of which kind, and what was decided about it, by number and without any words: others’ safety may depend on it, and whoever runs this place may have to show that they acted (in the EU: Digital Services Act, articles 16 and 17).',
}
