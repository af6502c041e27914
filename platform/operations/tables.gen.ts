// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface ServiceTables {
    'operations.answers': {
      asker: Column<string>
      created_at: Column<string>
    }
  }
}
