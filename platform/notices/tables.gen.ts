// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'notices.choices': {
      person_id: Column<string>
      push: Column<boolean, boolean | undefined, boolean>
      quiet_from: Column<string | null, string | null | undefined, string | null>
      quiet_until: Column<string | null, string | null | undefined, string | null>
    }
    'notices.notices': {
      id: Column<string>
      person_id: Column<string>
      kind: Column<string>
      title: Column<string>
      body: Column<string>
      leads_to: Column<string | null>
      made_at: Column<string>
      read_at: Column<string | null, never, string | null>
      urgency: Column<'now' | 'soon' | 'later'>
      handed_on_at: Column<string | null>
    }
  }
  interface ServiceTables {
    'notices.choices': {
      person_id: Column<string>
      push: Column<boolean>
      quiet_from: Column<string | null>
      quiet_until: Column<string | null>
    }
    'notices.digests': {
      person_id: Column<string>
      day: Column<string>
    }
    'notices.notices': {
      id: Column<string>
      person_id: Column<string>
      kind: Column<string>
      title: Column<string>
      body: Column<string>
      leads_to: Column<string | null>
      made_at: Column<string>
      read_at: Column<string | null>
      urgency: Column<'now' | 'soon' | 'later'>
      handed_on_at: Column<string | null>
    }
  }
}
