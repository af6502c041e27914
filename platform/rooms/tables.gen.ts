// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface ServiceTables {
    'rooms.clocks': {
      room_id: Column<string>
      plan: Column<unknown>
      instants: Column<(string)[]>
      paused_at: Column<string | null>
      stopped_at: Column<string | null>
      ask_what: Column<'pause' | 'extend' | null>
      ask_by: Column<string | null>
      ask_phase: Column<number | null>
      ask_seconds: Column<number | null>
      version: Column<number>
    }
    'rooms.rooms': {
      id: Column<string>
      kind: Column<string>
      most: Column<number>
      opens_at: Column<string>
      closes_at: Column<string>
      closed_at: Column<string | null>
      version: Column<number>
    }
    'rooms.seats': {
      room_id: Column<string>
      person_id: Column<string>
      role: Column<string>
      name: Column<string | null>
      lets_in: Column<boolean>
      waits: Column<boolean>
      keeps_time: Column<boolean>
      state: Column<'outside' | 'waiting' | 'inside' | 'left'>
      since: Column<string>
      let_in_at: Column<string | null>
      entry: Column<string | null>
      seen_at: Column<string | null>
    }
  }
}
