import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const speakingOfPerson: PersonHooks = {
  name: 'speaking',

  // Without the persona of the patients: that is the scenario's. What they removed says nothing any more, and is left out.
  async export(db, userId) {
    const [members, sessions, reports, snapshots, subscriptions] = await db.all(
      db.selectFrom('speaking.members').select(['email', 'role', 'profession', 'created_at', 'updated_at']).where('user_id', '=', userId),
      db
        .selectFrom('speaking.sessions as s')
        .innerJoin('speaking.scenarios as c', 'c.id', 's.scenario_id')
        .select(['s.id', 'c.title as scenario', 's.status', 's.duration_seconds', 's.created_at', 's.transcript_agreed_at'])
        .where('s.user_id', '=', userId)
        .where('s.status', '<>', 'removed')
        .orderBy('s.created_at'),
      db
        .selectFrom('speaking.feedback_reports as r')
        .innerJoin('speaking.sessions as s', 's.id', 'r.session_id')
        .select([
          'r.session_id',
          'r.transcript',
          'r.ai_summary',
          'r.score_raw',
          'r.strengths',
          'r.areas_for_improvement',
          'r.evidence',
          'r.created_at',
        ])
        .where('s.user_id', '=', userId)
        .where('r.scrubbed_at', 'is', null)
        .orderBy('r.created_at'),
      db
        .selectFrom('speaking.user_progress_snapshots')
        .select(['snapshot_date', 'average_score', 'sessions_completed_count', 'strengths_topics'])
        .where('user_id', '=', userId)
        .where('scrubbed_at', 'is', null)
        .orderBy('snapshot_date'),
      db
        .selectFrom('speaking.subscriptions')
        .select(['plan_name', 'status', 'stripe_customer_id', 'current_period_start', 'current_period_end', 'created_at', 'updated_at'])
        .where('user_id', '=', userId)
        .orderBy('created_at'),
    )
    return { members, sessions, reports, snapshots, subscriptions }
  },

  async erase(db, userId) {
    await db.call('private.erase_speaking', { person: userId })
  },

  keeps:
    'That there were speaking sessions, reports and snapshots, by number and date and without a word, a score or a length of time: nothing is cut out of these tables, so that whoever runs this place can show that it was forgotten (in the EU and the UK: GDPR, article 5(2)). Of a subscription its plan and its periods, without the payment provider’s number for you: tax law asks for them.',
}
