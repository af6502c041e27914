// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'interviews.ai_feedback': {
      id: Column<string>
      session_id: Column<string>
      user_id: Column<string>
      overall_summary: Column<string | null>
      strengths_feedback: Column<string | null>
      areas_for_improvement_feedback: Column<string | null>
      actionable_suggestions: Column<string | null>
      overall_score_qualitative: Column<'Needs Improvement' | 'Good' | 'Excellent' | null>
      feedback_generated_at: Column<string>
      evidence: Column<unknown>
    }
    'interviews.cv_uploads': {
      id: Column<string>
      user_id: Column<string>
      file_name: Column<string>
      storage_path: Column<string>
      mime_type: Column<'application/pdf' | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' | 'text/plain' | null>
      file_size_bytes: Column<number | null>
      uploaded_at: Column<string>
      is_current_cv: Column<boolean>
      file_id: Column<string | null>
      cv_text: Column<string | null>
    }
    'interviews.interview_answers': {
      id: Column<string>
      question_id: Column<string>
      session_id: Column<string>
      user_id: Column<string>
      answer_transcript_text: Column<string | null>
      answered_at: Column<string>
      audio_storage_path: Column<string | null>
      attempt: Column<number>
      audio_file_id: Column<string | null>
    }
    'interviews.interview_questions': {
      id: Column<string>
      session_id: Column<string>
      question_text: Column<string>
      question_order: Column<number>
      question_type_tag: Column<string | null>
      generated_at: Column<string>
      source: Column<'cv' | 'job' | 'bank'>
      source_words: Column<string | null>
    }
    'interviews.interview_sessions': {
      id: Column<string>
      user_id: Column<string>
      session_name: Column<string | null>
      target_role: Column<string | null>
      key_skills_focused: Column<(string)[] | null>
      interview_type: Column<string | null>
      job_description_context: Column<string | null>
      requested_num_questions: Column<number | null>
      actual_num_questions: Column<number | null>
      status: Column<'pending' | 'in_progress' | 'completed' | 'aborted'>
      started_at: Column<string | null>
      completed_at: Column<string | null>
      vapi_call_id: Column<string | null>
      created_at: Column<string>
      meeting_id: Column<string | null>
      transcript_agreed_at: Column<string | null>
      audio_agreed_at: Column<string | null>
    }
    'interviews.profiles': {
      user_id: Column<string, string>
      full_name: Column<string | null, string | null | undefined, string | null>
      years_of_experience: Column<number | null, number | null | undefined, number | null>
      primary_roles_pursued: Column<(string)[] | null, (string)[] | null | undefined, (string)[] | null>
      key_skills: Column<(string)[] | null, (string)[] | null | undefined, (string)[] | null>
      industries_of_interest: Column<(string)[] | null, (string)[] | null | undefined, (string)[] | null>
      cv_text_content: Column<string | null>
      created_at: Column<string>
      updated_at: Column<string>
    }
  }
  interface ServiceTables {
    'interviews.ai_feedback': {
      id: Column<string>
      session_id: Column<string>
      user_id: Column<string>
      overall_summary: Column<string | null>
      strengths_feedback: Column<string | null>
      areas_for_improvement_feedback: Column<string | null>
      actionable_suggestions: Column<string | null>
      overall_score_qualitative: Column<'Needs Improvement' | 'Good' | 'Excellent' | null>
      feedback_generated_at: Column<string>
      evidence: Column<unknown>
    }
    'interviews.cv_uploads': {
      id: Column<string>
      user_id: Column<string>
      file_name: Column<string>
      storage_path: Column<string>
      mime_type: Column<'application/pdf' | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' | 'text/plain' | null>
      file_size_bytes: Column<number | null>
      uploaded_at: Column<string>
      is_current_cv: Column<boolean>
      file_id: Column<string | null>
      cv_text: Column<string | null>
    }
    'interviews.interview_answers': {
      id: Column<string>
      question_id: Column<string>
      session_id: Column<string>
      user_id: Column<string>
      answer_transcript_text: Column<string | null>
      answered_at: Column<string>
      audio_storage_path: Column<string | null>
      attempt: Column<number>
      audio_file_id: Column<string | null>
    }
    'interviews.interview_questions': {
      id: Column<string>
      session_id: Column<string>
      question_text: Column<string>
      question_order: Column<number>
      question_type_tag: Column<string | null>
      generated_at: Column<string>
      source: Column<'cv' | 'job' | 'bank'>
      source_words: Column<string | null>
    }
    'interviews.interview_sessions': {
      id: Column<string>
      user_id: Column<string>
      session_name: Column<string | null>
      target_role: Column<string | null>
      key_skills_focused: Column<(string)[] | null>
      interview_type: Column<string | null>
      job_description_context: Column<string | null>
      requested_num_questions: Column<number | null>
      actual_num_questions: Column<number | null>
      status: Column<'pending' | 'in_progress' | 'completed' | 'aborted'>
      started_at: Column<string | null>
      completed_at: Column<string | null>
      vapi_call_id: Column<string | null>
      created_at: Column<string>
      meeting_id: Column<string | null>
      transcript_agreed_at: Column<string | null>
      audio_agreed_at: Column<string | null>
    }
    'interviews.profiles': {
      user_id: Column<string>
      full_name: Column<string | null>
      years_of_experience: Column<number | null>
      primary_roles_pursued: Column<(string)[] | null>
      key_skills: Column<(string)[] | null>
      industries_of_interest: Column<(string)[] | null>
      cv_text_content: Column<string | null>
      created_at: Column<string>
      updated_at: Column<string>
    }
  }
}
