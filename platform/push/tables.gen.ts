// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'push.subscriptions': {
      id: Column<string>
      person_id: Column<string>
      session_id: Column<string>
      made_at: Column<string>
      last_ok_at: Column<string | null>
      failures: Column<number>
    }
  }
  interface ServiceTables {
    'push.pokes': {
      subscription_id: Column<string>
      urgency: Column<'now' | 'soon'>
      until: Column<string>
      reasons: Column<number>
      in_hand_until: Column<string | null, never, string | null>
    }
    'push.subscriptions': {
      id: Column<string>
      person_id: Column<string>
      session_id: Column<string>
      endpoint: Column<string>
      made_at: Column<string>
      last_ok_at: Column<string | null, never, string | null>
      failures: Column<number, never, number>
    }
  }
}
