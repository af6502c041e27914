// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'scheduling.choices': {
      person_id: Column<string>
      day_before: Column<boolean, boolean | undefined, boolean>
      hour_before: Column<boolean, boolean | undefined, boolean>
      ten_minutes: Column<boolean, boolean | undefined, boolean>
    }
    'scheduling.commitments': {
      meeting_id: Column<string>
      person_id: Column<string>
      during: Column<string>
      held_until: Column<string | null>
      since: Column<string>
    }
    'scheduling.feeds': {
      person_id: Column<string>
      id: Column<string>
      made_at: Column<string>
      fetched_at: Column<string | null>
    }
    'scheduling.meetings': {
      id: Column<string>
      kind: Column<string>
      during: Column<string>
      sequence: Column<number>
      planned_at: Column<string>
      released_at: Column<string | null>
      changed_at: Column<string>
    }
    'scheduling.released': {
      meeting_id: Column<string>
      person_id: Column<string>
      during: Column<string>
      sequence: Column<number>
      released_at: Column<string>
    }
  }
  interface ServiceTables {
    'scheduling.choices': {
      person_id: Column<string>
      day_before: Column<boolean>
      hour_before: Column<boolean>
      ten_minutes: Column<boolean>
    }
    'scheduling.commitments': {
      meeting_id: Column<string>
      person_id: Column<string>
      during: Column<string>
      held_until: Column<string | null>
      since: Column<string>
    }
    'scheduling.feeds': {
      person_id: Column<string>
      made_at: Column<string>
      fetched_at: Column<string | null>
    }
    'scheduling.invited': {
      meeting_id: Column<string>
      person_id: Column<string>
      sequence: Column<number>
      cancelled: Column<boolean>
      sent_at: Column<string>
    }
    'scheduling.meetings': {
      id: Column<string>
      kind: Column<string>
      during: Column<string>
      sequence: Column<number>
      planned_at: Column<string>
      released_at: Column<string | null>
      changed_at: Column<string>
    }
    'scheduling.released': {
      meeting_id: Column<string>
      person_id: Column<string>
      during: Column<string>
      sequence: Column<number>
      released_at: Column<string>
    }
    'scheduling.reminded': {
      meeting_id: Column<string>
      person_id: Column<string>
      lead: Column<number>
      starts_at: Column<string>
      told_at: Column<string>
    }
  }
}
