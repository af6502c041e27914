import type { Rules } from '#tests/rules/written.ts'

// People read and say what they are by profession; everything else is written by functions, which run as the owner. Triggers
// and what they ask are called by nobody.
export const rules: Rules = {
  'speaking.professions': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'speaking.members': { authenticated: { select: 'every column', update: ['profession'] }, service_role: { select: 'every column' } },
  'speaking.users': {
    authenticated: {
      select: ['id', 'email', 'full_name', 'role', 'profession', 'is_email_verified', 'last_login_at', 'created_at', 'updated_at'],
    },
  },
  'private.my_speaking_account()': ['authenticated'],
  'private.role_is_as_administrated()': [],
  'private.speaking_follows_administrators()': [],
  'private.speaking_follows_account(uuid,text)': [],

  'speaking.audit_logs': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'private.administer_speaking(text,uuid,uuid,text,jsonb,inet)': [],
  'private.find_speaking_members(text,text,inet)': ['authenticated'],

  'speaking.scenarios': {
    authenticated: {
      select: [
        'id',
        'title',
        'description',
        'clinical_area',
        'target_profession',
        'difficulty_level',
        'is_ai_generated',
        'created_by_admin_id',
        'created_at',
        'status',
        'clinically_reviewed_by',
        'clinically_reviewed_on',
        'review_by',
      ],
    },
    service_role: { select: 'every column' },
  },
  'speaking.sessions': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'private.my_spoken_scenarios()': ['authenticated'],
  'private.speaking_steps()': [],
  'private.speaking_is_stamped()': [],
  'private.speaking_keeps_its_rows()': [],
  'private.are_words(jsonb,integer)': [],
  'private.is_persona(jsonb)': [],
  'private.scenario_is_published()': [],
  'private.session_begins()': [],

  'speaking.feedback_reports': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'private.my_speaking_sessions()': ['authenticated'],
  'private.is_evidence(jsonb)': [],
  'private.report_comes()': [],
  'private.report_quotes()': [],
  'private.session_ends()': [],
  'speaking.user_progress_snapshots': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'private.snapshot_has_a_session()': [],

  'speaking.subscriptions': {
    authenticated: {
      select: ['id', 'user_id', 'plan_name', 'status', 'current_period_start', 'current_period_end', 'created_at', 'updated_at'],
    },
    service_role: { select: 'every column' },
  },
  'private.erase_speaking(uuid)': ['service_role'],
}
