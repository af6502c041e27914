// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'notices.notices': {
      id: Column<string>
      person_id: Column<string>
      kind: Column<string>
      title: Column<string>
      body: Column<string>
      leads_to: Column<string | null>
      made_at: Column<string>
      read_at: Column<string | null, never, string | null>
    }
  }
  interface ServiceTables {
    'notices.notices': {
      id: Column<string>
      person_id: Column<string>
      kind: Column<string>
      title: Column<string>
      body: Column<string>
      leads_to: Column<string | null>
      made_at: Column<string>
      read_at: Column<string | null>
    }
  }
}
