// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AnonFunctions {
    'auth.email': { input: Record<never, never>; returns: string }
    'auth.jwt': { input: Record<never, never>; returns: unknown }
    'auth.role': { input: Record<never, never>; returns: string }
    'auth.uid': { input: Record<never, never>; returns: string }
  }
  interface AuthenticatedFunctions {
    'auth.email': { input: Record<never, never>; returns: string }
    'auth.jwt': { input: Record<never, never>; returns: unknown }
    'auth.role': { input: Record<never, never>; returns: string }
    'auth.uid': { input: Record<never, never>; returns: string }
  }
  interface ServiceTables {
    'auth.flow_state': {
      id: Column<string, string, string>
      user_id: Column<string | null, string | null | undefined, string | null>
      auth_code: Column<string | null, string | null | undefined, string | null>
      code_challenge_method: Column<'s256' | 'plain' | null, 's256' | 'plain' | null | undefined, 's256' | 'plain' | null>
      code_challenge: Column<string | null, string | null | undefined, string | null>
      provider_type: Column<string, string, string>
      provider_access_token: Column<string | null, string | null | undefined, string | null>
      provider_refresh_token: Column<string | null, string | null | undefined, string | null>
      created_at: Column<string | null, string | null | undefined, string | null>
      updated_at: Column<string | null, string | null | undefined, string | null>
      authentication_method: Column<string, string, string>
      auth_code_issued_at: Column<string | null, string | null | undefined, string | null>
      invite_token: Column<string | null, string | null | undefined, string | null>
      referrer: Column<string | null, string | null | undefined, string | null>
      oauth_client_state_id: Column<string | null, string | null | undefined, string | null>
      linking_target_id: Column<string | null, string | null | undefined, string | null>
      email_optional: Column<boolean, boolean | undefined, boolean>
    }
    'auth.identities': {
      provider_id: Column<string, string, string>
      user_id: Column<string, string, string>
      identity_data: Column<unknown, unknown, unknown>
      provider: Column<string, string, string>
      last_sign_in_at: Column<string | null, string | null | undefined, string | null>
      created_at: Column<string | null, string | null | undefined, string | null>
      updated_at: Column<string | null, string | null | undefined, string | null>
      email: Column<string | null>
      id: Column<string, string | undefined, string>
    }
    'auth.mfa_amr_claims': {
      session_id: Column<string, string, string>
      created_at: Column<string, string, string>
      updated_at: Column<string, string, string>
      authentication_method: Column<string, string, string>
      id: Column<string, string, string>
    }
    'auth.mfa_challenges': {
      id: Column<string, string, string>
      factor_id: Column<string, string, string>
      created_at: Column<string, string, string>
      verified_at: Column<string | null, string | null | undefined, string | null>
      ip_address: Column<string, string, string>
      otp_code: Column<string | null, string | null | undefined, string | null>
      web_authn_session_data: Column<unknown | null, unknown | null | undefined, unknown | null>
    }
    'auth.mfa_factors': {
      id: Column<string, string, string>
      user_id: Column<string, string, string>
      friendly_name: Column<string | null, string | null | undefined, string | null>
      factor_type: Column<'totp' | 'webauthn' | 'phone', 'totp' | 'webauthn' | 'phone', 'totp' | 'webauthn' | 'phone'>
      status: Column<'unverified' | 'verified', 'unverified' | 'verified', 'unverified' | 'verified'>
      created_at: Column<string, string, string>
      updated_at: Column<string, string, string>
      secret: Column<string | null, string | null | undefined, string | null>
      phone: Column<string | null, string | null | undefined, string | null>
      last_challenged_at: Column<string | null, string | null | undefined, string | null>
      web_authn_credential: Column<unknown | null, unknown | null | undefined, unknown | null>
      web_authn_aaguid: Column<string | null, string | null | undefined, string | null>
      last_webauthn_challenge_data: Column<unknown | null, unknown | null | undefined, unknown | null>
    }
    'auth.one_time_tokens': {
      id: Column<string, string, string>
      user_id: Column<string, string, string>
      token_type: Column<'confirmation_token' | 'reauthentication_token' | 'recovery_token' | 'email_change_token_new' | 'email_change_token_current' | 'phone_change_token', 'confirmation_token' | 'reauthentication_token' | 'recovery_token' | 'email_change_token_new' | 'email_change_token_current' | 'phone_change_token', 'confirmation_token' | 'reauthentication_token' | 'recovery_token' | 'email_change_token_new' | 'email_change_token_current' | 'phone_change_token'>
      token_hash: Column<string, string, string>
      relates_to: Column<string, string, string>
      created_at: Column<string, string | undefined, string>
      updated_at: Column<string, string | undefined, string>
    }
    'auth.refresh_tokens': {
      instance_id: Column<string | null, string | null | undefined, string | null>
      id: Column<number, number | undefined, number>
      token: Column<string | null, string | null | undefined, string | null>
      user_id: Column<string | null, string | null | undefined, string | null>
      revoked: Column<boolean | null, boolean | null | undefined, boolean | null>
      created_at: Column<string | null, string | null | undefined, string | null>
      updated_at: Column<string | null, string | null | undefined, string | null>
      parent: Column<string | null, string | null | undefined, string | null>
      session_id: Column<string | null, string | null | undefined, string | null>
    }
    'auth.sessions': {
      id: Column<string, string, string>
      user_id: Column<string, string, string>
      created_at: Column<string | null, string | null | undefined, string | null>
      updated_at: Column<string | null, string | null | undefined, string | null>
      factor_id: Column<string | null, string | null | undefined, string | null>
      aal: Column<'aal1' | 'aal2' | 'aal3' | null, 'aal1' | 'aal2' | 'aal3' | null | undefined, 'aal1' | 'aal2' | 'aal3' | null>
      not_after: Column<string | null, string | null | undefined, string | null>
      refreshed_at: Column<string | null, string | null | undefined, string | null>
      user_agent: Column<string | null, string | null | undefined, string | null>
      ip: Column<string | null, string | null | undefined, string | null>
      tag: Column<string | null, string | null | undefined, string | null>
      oauth_client_id: Column<string | null, string | null | undefined, string | null>
      refresh_token_hmac_key: Column<string | null, string | null | undefined, string | null>
      refresh_token_counter: Column<number | null, number | null | undefined, number | null>
      scopes: Column<string | null, string | null | undefined, string | null>
    }
    'auth.users': {
      instance_id: Column<string | null, string | null | undefined, string | null>
      id: Column<string, string, string>
      aud: Column<string | null, string | null | undefined, string | null>
      role: Column<string | null, string | null | undefined, string | null>
      email: Column<string | null, string | null | undefined, string | null>
      encrypted_password: Column<string | null, string | null | undefined, string | null>
      email_confirmed_at: Column<string | null, string | null | undefined, string | null>
      invited_at: Column<string | null, string | null | undefined, string | null>
      confirmation_token: Column<string | null, string | null | undefined, string | null>
      confirmation_sent_at: Column<string | null, string | null | undefined, string | null>
      recovery_token: Column<string | null, string | null | undefined, string | null>
      recovery_sent_at: Column<string | null, string | null | undefined, string | null>
      email_change_token_new: Column<string | null, string | null | undefined, string | null>
      email_change: Column<string | null, string | null | undefined, string | null>
      email_change_sent_at: Column<string | null, string | null | undefined, string | null>
      last_sign_in_at: Column<string | null, string | null | undefined, string | null>
      raw_app_meta_data: Column<unknown | null, unknown | null | undefined, unknown | null>
      raw_user_meta_data: Column<unknown | null, unknown | null | undefined, unknown | null>
      is_super_admin: Column<boolean | null, boolean | null | undefined, boolean | null>
      created_at: Column<string | null, string | null | undefined, string | null>
      updated_at: Column<string | null, string | null | undefined, string | null>
      phone: Column<string | null, string | null | undefined, string | null>
      phone_confirmed_at: Column<string | null, string | null | undefined, string | null>
      phone_change: Column<string | null, string | null | undefined, string | null>
      phone_change_token: Column<string | null, string | null | undefined, string | null>
      phone_change_sent_at: Column<string | null, string | null | undefined, string | null>
      confirmed_at: Column<string | null>
      email_change_token_current: Column<string | null, string | null | undefined, string | null>
      email_change_confirm_status: Column<number | null, number | null | undefined, number | null>
      banned_until: Column<string | null, string | null | undefined, string | null>
      reauthentication_token: Column<string | null, string | null | undefined, string | null>
      reauthentication_sent_at: Column<string | null, string | null | undefined, string | null>
      is_sso_user: Column<boolean, boolean | undefined, boolean>
      deleted_at: Column<string | null, string | null | undefined, string | null>
      is_anonymous: Column<boolean, boolean | undefined, boolean>
    }
  }
  interface ServiceFunctions {
    'auth.email': { input: Record<never, never>; returns: string }
    'auth.jwt': { input: Record<never, never>; returns: unknown }
    'auth.role': { input: Record<never, never>; returns: string }
    'auth.uid': { input: Record<never, never>; returns: string }
  }
}
