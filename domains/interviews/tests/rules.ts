import type { Rules } from '#tests/rules/written.ts'

// The applicant reads everything of theirs, and writes their profile and, through functions, their CVs. The rest is written by
// functions that come with the operations. Triggers and what they ask are called by nobody.
const profile = ['full_name', 'years_of_experience', 'primary_roles_pursued', 'key_skills', 'industries_of_interest'] as const
const read = { authenticated: { select: 'every column' }, service_role: { select: 'every column' } } as const

export const rules: Rules = {
  'interviews.profiles': {
    authenticated: { select: 'every column', insert: ['user_id', ...profile], update: profile },
    service_role: { select: 'every column' },
  },
  'interviews.cv_uploads': read,
  'private.cv_text_is_of_the_current_cv()': [],
  'private.profile_follows_cv()': [],
  'private.interview_file_goes()': [],
  'private.one_cv_at_a_time(uuid)': [],
  'private.replace_cv(uuid)': ['authenticated'],
  'private.make_cv_current(uuid)': ['authenticated'],
  'private.delete_cv(uuid)': ['authenticated'],
  'private.note_cv_text(uuid,text)': ['service_role'],

  'interviews.interview_sessions': read,
  'private.interview_steps()': [],
  'interviews.interview_questions': read,
  'private.my_interviews()': ['authenticated'],
  'private.question_has_its_source()': [],

  'interviews.interview_answers': read,
  'private.answer_is_kept_by_choice()': [],
  'interviews.ai_feedback': read,
  'private.is_interview_evidence(jsonb)': [],
  'private.feedback_comes()': [],
  'private.feedback_quotes()': [],

  'private.erase_interviews(uuid)': ['service_role'],
}
