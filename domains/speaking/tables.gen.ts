// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'speaking.audit_logs': {
      id: Column<string>
      admin_id: Column<string>
      action: Column<string>
      target_entity_id: Column<string | null>
      details: Column<unknown | null>
      ip_address: Column<string>
      timestamp: Column<string>
    }
    'speaking.feedback_reports': {
      id: Column<string>
      session_id: Column<string>
      transcript: Column<string>
      ai_summary: Column<string>
      score_raw: Column<number>
      strengths: Column<string>
      areas_for_improvement: Column<string>
      created_at: Column<string>
      evidence: Column<unknown>
      scrubbed_at: Column<string | null>
    }
    'speaking.members': {
      user_id: Column<string>
      email: Column<string | null>
      role: Column<'user' | 'admin'>
      profession: Column<string | null, never, string | null>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'speaking.professions': {
      code: Column<string>
      name: Column<string>
    }
    'speaking.scenarios': {
      id: Column<string>
      title: Column<string>
      description: Column<string>
      clinical_area: Column<string>
      target_profession: Column<string>
      difficulty_level: Column<'foundation' | 'standard' | 'demanding'>
      is_ai_generated: Column<boolean>
      created_by_admin_id: Column<string>
      created_at: Column<string>
      status: Column<'draft' | 'published' | 'retired'>
      clinically_reviewed_by: Column<string | null>
      clinically_reviewed_on: Column<string | null>
      review_by: Column<string | null>
    }
    'speaking.sessions': {
      id: Column<string>
      user_id: Column<string>
      scenario_id: Column<string>
      status: Column<'preparing' | 'speaking' | 'assessing' | 'completed' | 'abandoned' | 'removed'>
      duration_seconds: Column<number | null>
      created_at: Column<string>
      transcript_agreed_at: Column<string | null>
    }
    'speaking.subscriptions': {
      id: Column<string>
      user_id: Column<string>
      plan_name: Column<string>
      status: Column<'pending' | 'active' | 'past_due' | 'cancelled' | 'ended'>
      current_period_start: Column<string>
      current_period_end: Column<string>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'speaking.user_progress_snapshots': {
      id: Column<string>
      user_id: Column<string>
      snapshot_date: Column<string>
      average_score: Column<number>
      sessions_completed_count: Column<number>
      strengths_topics: Column<unknown>
      created_at: Column<string>
      scrubbed_at: Column<string | null>
    }
    'speaking.users': {
      id: Column<string | null>
      email: Column<string | null>
      full_name: Column<string | null>
      role: Column<string | null>
      profession: Column<string | null>
      is_email_verified: Column<boolean | null>
      last_login_at: Column<string | null>
      created_at: Column<string | null>
      updated_at: Column<string | null>
    }
  }
  interface ServiceTables {
    'speaking.audit_logs': {
      id: Column<string>
      admin_id: Column<string>
      action: Column<string>
      target_entity_id: Column<string | null>
      details: Column<unknown | null>
      ip_address: Column<string>
      timestamp: Column<string>
    }
    'speaking.feedback_reports': {
      id: Column<string>
      session_id: Column<string>
      transcript: Column<string>
      ai_summary: Column<string>
      score_raw: Column<number>
      strengths: Column<string>
      areas_for_improvement: Column<string>
      created_at: Column<string>
      evidence: Column<unknown>
      scrubbed_at: Column<string | null>
    }
    'speaking.members': {
      user_id: Column<string>
      email: Column<string | null>
      role: Column<'user' | 'admin'>
      profession: Column<string | null>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'speaking.professions': {
      code: Column<string>
      name: Column<string>
    }
    'speaking.scenarios': {
      id: Column<string>
      title: Column<string>
      description: Column<string>
      patient_persona: Column<unknown>
      clinical_area: Column<string>
      target_profession: Column<string>
      difficulty_level: Column<'foundation' | 'standard' | 'demanding'>
      is_ai_generated: Column<boolean>
      created_by_admin_id: Column<string>
      created_at: Column<string>
      status: Column<'draft' | 'published' | 'retired'>
      clinically_reviewed_by: Column<string | null>
      clinically_reviewed_on: Column<string | null>
      review_by: Column<string | null>
    }
    'speaking.sessions': {
      id: Column<string>
      user_id: Column<string>
      scenario_id: Column<string>
      status: Column<'preparing' | 'speaking' | 'assessing' | 'completed' | 'abandoned' | 'removed'>
      duration_seconds: Column<number | null>
      created_at: Column<string>
      transcript_agreed_at: Column<string | null>
    }
    'speaking.subscriptions': {
      id: Column<string>
      user_id: Column<string>
      plan_name: Column<string>
      status: Column<'pending' | 'active' | 'past_due' | 'cancelled' | 'ended'>
      stripe_customer_id: Column<string | null>
      current_period_start: Column<string>
      current_period_end: Column<string>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'speaking.user_progress_snapshots': {
      id: Column<string>
      user_id: Column<string>
      snapshot_date: Column<string>
      average_score: Column<number>
      sessions_completed_count: Column<number>
      strengths_topics: Column<unknown>
      created_at: Column<string>
      scrubbed_at: Column<string | null>
    }
  }
}
