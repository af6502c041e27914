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
