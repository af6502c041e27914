// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'identity.accounts': {
      user_id: Column<string>
      adult_declared_at: Column<string | null>
      zone: Column<string | null, never, string | null>
      avatar_file_id: Column<string | null>
      suspended_at: Column<string | null>
      created_at: Column<string>
    }
    'identity.admins': {
      user_id: Column<string>
      granted_by: Column<string | null>
      granted_at: Column<string>
      reason: Column<string>
      demo: Column<boolean>
    }
    'identity.deletions': {
      id: Column<string>
      user_id: Column<string>
      requested_at: Column<string>
      erases_at: Column<string>
      cancelled_at: Column<string | null>
    }
    'identity.exports': {
      id: Column<string>
      user_id: Column<string>
      for_id: Column<string>
      requested_at: Column<string>
      ready_at: Column<string | null>
      expires_at: Column<string | null>
      bytes: Column<number | null>
    }
    'identity.invitations': {
      id: Column<string>
      role: Column<'person' | 'administrator'>
      email: Column<string | null>
      made_by: Column<string>
      made_at: Column<string>
      expires_at: Column<string>
      told_at: Column<string | null>
      taken_at: Column<string | null>
      taken_by: Column<string | null>
      revoked_at: Column<string | null>
    }
  }
  interface ServiceTables {
    'identity.accounts': {
      user_id: Column<string>
      adult_declared_at: Column<string | null, never, string | null>
      zone: Column<string | null, never, string | null>
      avatar_file_id: Column<string | null, never, string | null>
      suspended_at: Column<string | null, never, string | null>
      created_at: Column<string>
    }
    'identity.admins': {
      user_id: Column<string>
      granted_by: Column<string | null>
      granted_at: Column<string>
      reason: Column<string>
      demo: Column<boolean>
    }
    'identity.attempts': {
      what: Column<string>
      whom: Column<string>
      whole: Column<string>
    }
    'identity.browser_sessions': {
      token_hash: Column<Buffer, Buffer>
      session_id: Column<string, string>
      user_id: Column<string, string>
      created_at: Column<string, string | undefined>
      expires_at: Column<string, string>
    }
    'identity.deletions': {
      id: Column<string>
      user_id: Column<string>
      requested_by: Column<string | null>
      requested_at: Column<string>
      erases_at: Column<string>
      cancel_hash: Column<Buffer | null>
      told_at: Column<string | null, never, string | null>
      cancelled_at: Column<string | null>
      begun_at: Column<string | null>
      erased_at: Column<string | null, never, string | null>
    }
    'identity.ended_sessions': {
      session_id: Column<string, string>
      ended_at: Column<string>
    }
    'identity.erased_parts': {
      deletion_id: Column<string, string>
      part: Column<string, string>
      erased_at: Column<string>
    }
    'identity.exports': {
      id: Column<string>
      user_id: Column<string>
      for_id: Column<string>
      requested_at: Column<string>
      ready_at: Column<string | null, never, string | null>
      expires_at: Column<string | null, never, string | null>
      bytes: Column<number | null, never, number | null>
      told_at: Column<string | null, never, string | null>
    }
    'identity.invitations': {
      id: Column<string>
      role: Column<'person' | 'administrator'>
      email: Column<string | null, never, string | null>
      made_by: Column<string>
      made_at: Column<string>
      expires_at: Column<string>
      told_at: Column<string | null, never, string | null>
      taken_at: Column<string | null>
      taken_by: Column<string | null>
      revoked_at: Column<string | null>
    }
    'identity.used_codes': {
      factor_id: Column<string, string>
      step: Column<number, number>
      used_at: Column<string>
    }
  }
}
