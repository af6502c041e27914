// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'mail.preferences': {
      user_id: Column<string>
      kind: Column<string, string>
      wanted: Column<boolean, boolean, boolean>
    }
  }
  interface ServiceTables {
    'mail.messages': {
      id: Column<string>
      user_id: Column<string | null>
      kind: Column<string>
      state: Column<'waiting' | 'sent' | 'failed' | 'skipped', never, 'waiting' | 'sent' | 'failed' | 'skipped'>
      code: Column<string | null, never, string | null>
      attempts: Column<number, never, number>
      created_at: Column<string>
      sent_at: Column<string | null, never, string | null>
      address: Column<string | null, never, string | null>
      subject: Column<string | null, never, string | null>
      text: Column<string | null, never, string | null>
      html: Column<string | null, never, string | null>
      calendar: Column<string | null, never, string | null>
    }
    'mail.preferences': {
      user_id: Column<string>
      kind: Column<string>
      wanted: Column<boolean>
    }
  }
}
