// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface ServiceTables {
    'jobs.dead_letters': {
      id: Column<string, string>
      name: Column<string, string>
      data: Column<unknown, unknown>
      code: Column<string, string>
      attempts: Column<number, number>
      queued_at: Column<string, string>
      failed_at: Column<string>
    }
    'jobs.queued': {
      id: Column<number>
      name: Column<string>
      data: Column<unknown>
      start_after: Column<string | null>
      once: Column<string | null>
      queued_at: Column<string>
    }
  }
}
