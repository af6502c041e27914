import type { Cells } from '#tests/rules/cells.ts'

const mine = 'user_id = :me'

// What a candidate removed is out of everybody's sight; so is every persona, which is a matter of columns.
export const cells: Cells = {
  'speaking.professions': { stands: { shared: 'true' }, person: { select: ['shared'] } },
  'speaking.members': {
    stands: { own: mine },
    person: { select: ['own'], update: ['own'], set: `profession = 'nurse'` },
    unused: { email_taken: 'a key and no way to look for somebody: each sees one row, their own' },
  },
  'speaking.users': {
    stands: { own: 'id = :me' },
    person: { select: ['own'] },
    from: `select u.id, u.email::varchar(255) as email, null::varchar(255) as hashed_password, (u.raw_user_meta_data ->> 'name')::varchar(255) as full_name,
      m.role, m.profession, u.email_confirmed_at is not null as is_email_verified, u.last_sign_in_at as last_login_at, u.created_at,
      greatest(u.updated_at, m.updated_at) as updated_at from auth.users u join speaking.members m on m.user_id = u.id`,
  },
  'speaking.audit_logs': {
    stands: { shared: ':me in (select user_id from identity.admins)' },
    person: { select: ['shared'] },
    unused: { audit_logs_details_idx: 'the seed asks for it; administrators look by time and by action, the owner by details' },
  },

  // A draft is nobody's, its author's included: administrators have functions for that.
  'speaking.scenarios': {
    stands: {
      'shared, played': `id in (select scenario_id from speaking.sessions where user_id = :me and status <> 'removed')`,
      shared: `status = 'published'`,
    },
    person: { select: ['shared', 'shared, played'] },
  },
  'speaking.sessions': {
    stands: { 'own, removed': `${mine} and status = 'removed'`, own: mine },
    person: { select: ['own'] },
  },
  'speaking.feedback_reports': {
    stands: {
      'own, removed': `session_id in (select id from speaking.sessions where user_id = :me and status = 'removed')`,
      own: 'session_id in (select id from speaking.sessions where user_id = :me)',
    },
    person: { select: ['own'] },
    scene: `
      insert into speaking.sessions (id, user_id, scenario_id, status, transcript_agreed_at)
      select '0dec0de0-0000-4000-8000-0000005000f1', :hana, id, 'preparing', now() from speaking.scenarios where status = 'published' limit 1;
      update speaking.sessions set status = 'speaking' where id = '0dec0de0-0000-4000-8000-0000005000f1';
      update speaking.sessions set status = 'assessing' where id = '0dec0de0-0000-4000-8000-0000005000f1';
      insert into speaking.feedback_reports (session_id, transcript, ai_summary, score_raw, strengths, areas_for_improvement, evidence)
      values ('0dec0de0-0000-4000-8000-0000005000f1', 'Patient: It hurts.', 'Short.', 9, 'None.', 'All.',
        '[{"criterion": "Opening", "judgement": "The patient began.", "quote": "It hurts."}]');
      update speaking.sessions set status = 'completed' where id = '0dec0de0-0000-4000-8000-0000005000f1';
      update speaking.sessions set status = 'removed' where id = '0dec0de0-0000-4000-8000-0000005000f1'`,
  },
  'speaking.user_progress_snapshots': {
    stands: { own: mine },
    person: { select: ['own'] },
    unused: {
      user_progress_snapshots_strengths_topics_idx: 'the seed asks for it; a candidate has one snapshot a day, found by their own id',
    },
  },
  'speaking.subscriptions': { stands: { own: mine }, person: { select: ['own'] } },
}
