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
    'identity.passkeys': {
      id: Column<string>
      user_id: Column<string>
      transports: Column<(string)[]>
      backed_up: Column<boolean>
      name: Column<string, never, string>
      created_at: Column<string>
      last_used_at: Column<string | null>
    }
    'identity.recovery_codes': {
      user_id: Column<string>
      created_at: Column<string>
      used_at: Column<string | null>
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
      created_at: Column<string>
      expires_at: Column<string, string>
      used_at: Column<string>
      aal: Column<string>
      email: Column<string | null>
      second_factor: Column<boolean>
      claims: Column<string>
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
    'identity.journeys': {
      state_hash: Column<Buffer, Buffer>
      browser_hash: Column<Buffer, Buffer>
      provider: Column<string, string>
      redirect_to: Column<string, string>
      adult: Column<boolean, boolean>
      invitation: Column<Buffer | null, Buffer | null | undefined>
      challenge: Column<string | null, string | null | undefined>
      challenge_method: Column<'s256' | 'plain' | null, 's256' | 'plain' | null | undefined>
      linking_id: Column<string | null, string | null | undefined>
      created_at: Column<string>
    }
    'identity.newcomers': {
      browser_hash: Column<Buffer, Buffer>
      found: Column<string, string>
      redirect_to: Column<string, string>
      invitation: Column<Buffer | null, Buffer | null | undefined>
      challenge: Column<string, string>
      challenge_method: Column<'s256' | 'plain', 's256' | 'plain'>
      created_at: Column<string>
    }
    'identity.passkey_challenges': {
      id: Column<string>
      challenge: Column<string, string>
      user_id: Column<string | null, string | null | undefined>
      created_at: Column<string>
    }
    'identity.passkeys': {
      id: Column<string>
      user_id: Column<string, string>
      credential_id: Column<string, string>
      public_key: Column<Buffer, Buffer>
      counter: Column<number, number, number>
      transports: Column<(string)[], (string)[] | undefined>
      backed_up: Column<boolean, boolean, boolean>
      name: Column<string, string, string>
      created_at: Column<string>
      last_used_at: Column<string | null, never, string | null>
    }
    'identity.proposed_links': {
      word_hash: Column<Buffer, Buffer>
      user_id: Column<string, string>
      found: Column<string, string>
      created_at: Column<string>
    }
    'identity.recovery_codes': {
      code_hash: Column<Buffer, Buffer>
      user_id: Column<string, string>
      set_id: Column<string, string>
      created_at: Column<string>
      used_at: Column<string | null, never, string | null>
    }
    'identity.used_codes': {
      factor_id: Column<string, string>
      step: Column<number, number>
      used_at: Column<string>
    }
  }
}
