// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface ServiceTables {
    'live.epochs': {
      the_only: Column<boolean>
      id: Column<string>
    }
    'live.events': {
      topic_id: Column<string>
      seq: Column<number>
      kind: Column<string>
      body: Column<unknown>
      acl_version: Column<number>
      tx: Column<string>
      at: Column<string>
    }
    'live.members': {
      topic_id: Column<string>
      person_id: Column<string>
      from_seq: Column<number>
    }
    'live.topics': {
      id: Column<string>
      kind: Column<string>
      seq: Column<number>
      forgotten: Column<number>
      acl_version: Column<number>
    }
  }
}
