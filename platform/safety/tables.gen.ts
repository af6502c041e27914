// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'safety.blocks': {
      blocker_id: Column<string>
      blocked_id: Column<string, string>
      blocked_at: Column<string>
    }
    'safety.reports': {
      id: Column<string>
      reporter_id: Column<string>
      subject_kind: Column<string>
      subject_id: Column<string>
      kind: Column<'harassment' | 'threat' | 'sexual' | 'hate' | 'spam' | 'impersonation' | 'unsafe_advice' | 'privacy' | 'other'>
      words: Column<string>
      state: Column<'open' | 'in_work' | 'closed'>
      reported_at: Column<string>
      closed_at: Column<string | null>
    }
  }
  interface ServiceTables {
    'safety.blocks': {
      blocker_id: Column<string>
      blocked_id: Column<string>
      blocked_at: Column<string>
    }
    'safety.reports': {
      id: Column<string>
      reporter_id: Column<string>
      reported_id: Column<string | null>
      subject_kind: Column<string>
      subject_id: Column<string>
      kind: Column<'harassment' | 'threat' | 'sexual' | 'hate' | 'spam' | 'impersonation' | 'unsafe_advice' | 'privacy' | 'other'>
      words: Column<string, never, string>
      context: Column<unknown, never, unknown>
      state: Column<'open' | 'in_work' | 'closed'>
      taken_by: Column<string | null>
      decision: Column<'nothing_found' | 'warned' | 'removed' | 'suspended' | 'passed_on' | null>
      reason: Column<string | null, never, string | null>
      reported_at: Column<string>
      closed_at: Column<string | null>
      told_at: Column<string | null, never, string | null>
    }
  }
}
