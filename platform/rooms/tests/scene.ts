import { randomUUID } from 'node:crypto'
import type * as z from 'zod/mini'
import { someone, type Known, type TestDatabase } from '#tests/database.ts'
import type { Room } from '../api.ts'

// A room of named people, as a domain opens it, and what each of them does.
export type Seat = { role: string; lets_in?: boolean; waits?: boolean; keeps_time?: boolean; name?: string }
export type Plan = { name: string; seconds: number | null; bells?: number[]; by?: string[] }[]
export type Guest = Awaited<ReturnType<typeof guest>>

export const guest = async (db: TestDatabase, name: string) => {
  const { id, acting } = await someone(db, name)
  await db.sql(`update auth.users set raw_user_meta_data = jsonb_build_object('name', $2::text) where id = $1`, [id, name])
  return { name, id, acting, ...actsOf(db, acting) }
}

function actsOf(db: TestDatabase, acting: Known<'authenticated'>) {
  const { read, write } = db.database
  const does = (call: (tx: Parameters<Parameters<typeof write<'authenticated', void>>[1]>[0]) => Promise<unknown>) =>
    write<'authenticated', void>(acting, async (tx) => void (await call(tx)))
  const room = (id: string) =>
    read(acting, async (reader) => (await reader.call('private.read_room', { room: id })) as z.output<typeof Room>)
  return {
    enters: async (id: string, entry: string = randomUUID()) => {
      await does((tx) => tx.call('private.enter_room', { room: id, entry }))
      return entry
    },
    leaves: (id: string, entry: string) => does((tx) => tx.call('private.leave_room', { room: id, entry })),
    isStillHere: (id: string, entry: string) => does((tx) => tx.call('private.still_here', { room: id, entry })),
    admits: (id: string, { id: person }: { id: string }) => does((tx) => tx.call('private.admit', { room: id, person })),
    blocks: ({ id: person }: { id: string }) => does((tx) => tx.insertInto('safety.blocks').values({ blocked_id: person }).execute()),
    sees: room,
    state: async (id: string) => (await room(id)).me.state,
    version: async (id: string) => (await room(id)).clock!.version,
    begins: async (id: string, version?: number) => {
      const seen = version ?? (await room(id)).clock!.version
      await does((tx) => tx.call('private.begin_clock', { room: id, version: seen }))
    },
    asks: async (
      id: string,
      what: 'pause' | 'extend',
      { phase = 1, seconds, version }: { phase?: number; seconds?: number; version?: number } = {},
    ) => {
      const seen = version ?? (await room(id)).clock!.version
      await does((tx) => tx.call('private.ask_clock', { room: id, version: seen, phase, what, seconds }))
    },
    agrees: async (id: string, version?: number) => {
      const seen = version ?? (await room(id)).clock!.version
      await does((tx) => tx.call('private.agree_clock', { room: id, version: seen }))
    },
    declines: async (id: string) => {
      const seen = (await room(id)).clock!.version
      await does((tx) => tx.call('private.decline_clock', { room: id, version: seen }))
    },
    resumes: async (id: string) => {
      const seen = (await room(id)).clock!.version
      await does((tx) => tx.call('private.resume_clock', { room: id, version: seen }))
    },
    goesOn: async (id: string, phase: number, version?: number) => {
      const seen = version ?? (await room(id)).clock!.version
      await does((tx) => tx.call('private.next_phase', { room: id, version: seen, phase }))
    },
    stops: async (id: string) => {
      const seen = (await room(id)).clock!.version
      await does((tx) => tx.call('private.stop_clock', { room: id, version: seen }))
    },
  }
}

export function domain(db: TestDatabase) {
  return {
    /** Open since a minute ago and for an hour, unless said otherwise in minutes from now. */
    opens: async (
      seats: [{ id: string }, Seat][],
      { from = -1, to = 60, most = 4, plan }: { from?: number; to?: number; most?: number; plan?: Plan } = {},
    ) => {
      const id = randomUUID()
      await db.sql(
        `select private.open_room($1, 'sample.room', $2, clock_timestamp() + make_interval(mins => $3), clock_timestamp() + make_interval(mins => $4), $5)`,
        [id, JSON.stringify(seats.map(([{ id: person }, seat]) => ({ person, ...seat }))), from, to, most],
      )
      if (plan) await db.sql(`select private.set_clock($1, $2)`, [id, JSON.stringify(plan)])
      return id
    },
    seats: (room: string, person: { id: string }, seat: Seat) =>
      db.sql(`select private.add_seat($1, $2, $3, $4, $5, $6, $7)`, [
        room,
        person.id,
        seat.role,
        seat.lets_in ?? false,
        seat.waits ?? false,
        seat.keeps_time ?? true,
        seat.name ?? null,
      ]),
    removes: (room: string, person: { id: string }) => db.sql('select private.remove_seat($1, $2)', [room, person.id]),
    closes: (room: string) => db.sql('select private.close_room($1)', [room]),
    /** So much time goes by for this room: everything that is stored about it is so much longer ago. Its pages are heard of all the while, unless it is silent. */
    later: async (room: string, seconds: number, silent = false) => {
      const ago = `- make_interval(secs => ${seconds})`
      await db.sql(
        `update rooms.rooms set opens_at = opens_at ${ago}, closes_at = closes_at ${ago}, closed_at = closed_at ${ago} where id = $1`,
        [room],
      )
      await db.sql(
        `update rooms.seats set since = since ${ago}, seen_at = case when ${silent} then seen_at ${ago} else seen_at end where room_id = $1`,
        [room],
      )
      await db.sql(
        `update rooms.clocks set instants = (select coalesce(array_agg(i ${ago} order by n), '{}') from unnest(instants) with ordinality x (i, n)),
           paused_at = paused_at ${ago}, stopped_at = stopped_at ${ago} where room_id = $1`,
        [room],
      )
    },
    /** Who would hear the room's topic. */
    inside: async (room: string) =>
      (await db.sql<{ person_id: string }>('select person_id from live.members where topic_id = $1', [room]))
        .map(({ person_id }) => person_id)
        .toSorted(),
    /** What is said by a topic: what changed, and about whom. */
    told: async (topic: string, room: string) =>
      (
        await db.sql<{ body: { what: string; person?: string; entry?: string; version: number } }>(
          `select body from live.events where topic_id = $1 and kind = 'rooms.changed' and body ->> 'room' = $2 order by seq`,
          [topic, room],
        )
      ).map(({ body }) => body),
  }
}

export const refusal = (name: string) => ({ code: 'VV001', constraint: name })
export const ids = (...people: { id: string }[]) => people.map(({ id }) => id).toSorted()
