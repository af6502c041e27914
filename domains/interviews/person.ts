import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const interviewsOfPerson: PersonHooks = {
  name: 'interviews',

  // The files themselves, CVs and sound, are in the export of platform/files.
  async export(db, userId) {
    const [profiles, cvs, interviews, questions, answers, feedback] = await db.all(
      db
        .selectFrom('interviews.profiles')
        .select([
          'full_name',
          'years_of_experience',
          'primary_roles_pursued',
          'key_skills',
          'industries_of_interest',
          'created_at',
          'updated_at',
        ])
        .where('user_id', '=', userId),
      db
        .selectFrom('interviews.cv_uploads')
        .select(['file_id', 'file_name', 'mime_type', 'file_size_bytes', 'uploaded_at', 'is_current_cv', 'cv_text'])
        .where('user_id', '=', userId)
        .orderBy('uploaded_at'),
      db
        .selectFrom('interviews.interview_sessions')
        .select([
          'id',
          'session_name',
          'target_role',
          'key_skills_focused',
          'interview_type',
          'job_description_context',
          'requested_num_questions',
          'actual_num_questions',
          'status',
          'started_at',
          'completed_at',
          'vapi_call_id',
          'created_at',
          'transcript_agreed_at',
          'audio_agreed_at',
        ])
        .where('user_id', '=', userId)
        .orderBy('created_at'),
      db
        .selectFrom('interviews.interview_questions as q')
        .innerJoin('interviews.interview_sessions as s', 's.id', 'q.session_id')
        .select(['q.id', 'q.session_id', 'q.question_text', 'q.question_order', 'q.question_type_tag', 'q.source', 'q.source_words'])
        .where('s.user_id', '=', userId)
        .orderBy('s.created_at')
        .orderBy('q.question_order'),
      db
        .selectFrom('interviews.interview_answers')
        .select(['question_id', 'session_id', 'attempt', 'answer_transcript_text', 'answered_at', 'audio_file_id'])
        .where('user_id', '=', userId)
        .orderBy('answered_at'),
      db
        .selectFrom('interviews.ai_feedback')
        .select([
          'session_id',
          'overall_summary',
          'strengths_feedback',
          'areas_for_improvement_feedback',
          'actionable_suggestions',
          'overall_score_qualitative',
          'evidence',
          'feedback_generated_at',
        ])
        .where('user_id', '=', userId)
        .orderBy('feedback_generated_at'),
    )
    return { profiles, cvs, interviews, questions, answers, feedback }
  },

  async erase(db, userId) {
    await db.call('private.erase_interviews', { person: userId })
  },
}
