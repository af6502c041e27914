// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'scheduling.commitments': {
      meeting_id: Column<string>
      person_id: Column<string>
      during: Column<string>
      held_until: Column<string | null>
    }
    'scheduling.meetings': {
      id: Column<string>
      kind: Column<string>
      during: Column<string>
      sequence: Column<number>
      planned_at: Column<string>
      released_at: Column<string | null>
    }
  }
  interface ServiceTables {
    'scheduling.commitments': {
      meeting_id: Column<string>
      person_id: Column<string>
      during: Column<string>
      held_until: Column<string | null>
    }
    'scheduling.meetings': {
      id: Column<string>
      kind: Column<string>
      during: Column<string>
      sequence: Column<number>
      planned_at: Column<string>
      released_at: Column<string | null>
    }
  }
}
