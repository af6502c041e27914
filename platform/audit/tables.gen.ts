// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface ServiceTables {
    'audit.entries': {
      id: Column<number>
      at: Column<string>
      actor: Column<string | null>
      role: Column<string>
      action: Column<string>
      subject_kind: Column<string>
      subject_id: Column<string>
      reason: Column<string | null>
      details: Column<unknown>
    }
    'audit.seals': {
      position: Column<number, number>
      entry_id: Column<number, number>
      hash: Column<Buffer, Buffer>
    }
    'audit.unsealed': {
      entry_id: Column<number>
    }
  }
}
