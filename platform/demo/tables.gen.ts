// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface ServiceTables {
    'demo.worlds': {
      id: Column<boolean>
      loaded_at: Column<string>
      left_at: Column<string | null>
    }
  }
}
