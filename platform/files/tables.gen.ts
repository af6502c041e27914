// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AuthenticatedTables {
    'files.objects': {
      id: Column<string>
      owner_id: Column<string>
      purpose: Column<string>
      name: Column<string>
      state: Column<'uploading' | 'scanning' | 'clean' | 'quarantined'>
      length: Column<number | null>
      mime: Column<string | null>
      size: Column<number | null>
      sha256: Column<string | null>
      created_at: Column<string>
      expires_at: Column<string | null>
      lost_at: Column<string | null>
    }
  }
  interface ServiceTables {
    'files.objects': {
      id: Column<string>
      owner_id: Column<string>
      purpose: Column<string>
      name: Column<string>
      state: Column<'uploading' | 'scanning' | 'clean' | 'quarantined'>
      length: Column<number | null>
      mime: Column<string | null>
      size: Column<number | null>
      sha256: Column<string | null>
      object_path: Column<string | null>
      created_at: Column<string>
      expires_at: Column<string | null>
      lost_at: Column<string | null>
      erased_at: Column<string | null>
    }
  }
}
