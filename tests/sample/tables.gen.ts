// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AnonFunctions {
    'sample.role': { input: Record<never, never>; returns: string }
  }
  interface AuthenticatedTables {
    'sample.lines': {
      talk_id: Column<string>
      client_id: Column<string>
      sender_id: Column<string>
      words: Column<string>
      sent_at: Column<string>
    }
    'sample.notes': {
      id: Column<string>
      owner_id: Column<string>
      title: Column<string, string, string>
      body: Column<string, string | undefined, string>
      kind: Column<'private' | 'shared', 'private' | 'shared' | undefined, 'private' | 'shared'>
      created_at: Column<string>
    }
  }
  interface AuthenticatedFunctions {
    'sample.count_notes': { input: Record<never, never>; returns: number }
    'sample.finish': { input: { note: string | null }; returns: void }
    'sample.role': { input: Record<never, never>; returns: string }
  }
  interface ServiceTables {
    'sample.notes': {
      id: Column<string>
    }
  }
  interface ServiceFunctions {
    'sample.role': { input: Record<never, never>; returns: string }
  }
}
