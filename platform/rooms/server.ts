import type * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { handle } from '#platform/operations/handle.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { closeRooms, sweepRooms } from './jobs.ts'
import { roomsOfPerson } from './person.ts'
import { iceServersFor } from './relays.ts'

export const rooms: Part = {
  name: 'rooms',
  api,
  jobs: [closeRooms, sweepRooms],
  people: [roomsOfPerson],
  handlers: ({ configuration }) => [
    handle(api.readRoom, ({ input, db }) => roomAsSeen(db, input.id)),

    handle(api.enterRoom, async ({ input: { id: room, entry }, db }) => {
      await db.call('private.enter_room', { room, entry })
      return roomAsSeen(db, room)
    }),

    handle(api.stillHere, async ({ input: { id: room, entry }, db }) => {
      await db.call('private.still_here', { room, entry })
      return {}
    }),

    handle(api.leaveRoom, async ({ input: { id: room, entry }, db }) => {
      await db.call('private.leave_room', { room, entry })
      return {}
    }),

    handle(api.admit, async ({ input: { id: room, person }, db }) => {
      await db.call('private.admit', { room, person })
      return roomAsSeen(db, room)
    }),

    handle(api.beginClock, async ({ input: { id: room, version }, db }) => {
      await db.call('private.begin_clock', { room, version })
      return roomAsSeen(db, room)
    }),

    handle(api.askClock, async ({ input: { id: room, ...ask }, db }) => {
      await db.call('private.ask_clock', { room, ...ask })
      return roomAsSeen(db, room)
    }),

    handle(api.agreeClock, async ({ input: { id: room, version }, db }) => {
      await db.call('private.agree_clock', { room, version })
      return roomAsSeen(db, room)
    }),

    handle(api.declineClock, async ({ input: { id: room, version }, db }) => {
      await db.call('private.decline_clock', { room, version })
      return roomAsSeen(db, room)
    }),

    handle(api.resumeClock, async ({ input: { id: room, version }, db }) => {
      await db.call('private.resume_clock', { room, version })
      return roomAsSeen(db, room)
    }),

    handle(api.nextPhase, async ({ input: { id: room, version, phase }, db }) => {
      await db.call('private.next_phase', { room, version, phase })
      return roomAsSeen(db, room)
    }),

    handle(api.stopClock, async ({ input: { id: room, version }, db }) => {
      await db.call('private.stop_clock', { room, version })
      return roomAsSeen(db, room)
    }),

    handle(api.iceServers, async ({ input: { id: room }, db, person }) => {
      const until = await db.call('private.calls_until', { room })
      return iceServersFor(configuration.relays, person.id, new Date(until))
    }),

    handle(api.iceServersToCheck, async ({ db }) => {
      const person = await db.call('private.who_calls', {})
      return iceServersFor(configuration.relays, person, new Date(Date.now() + tenMinutes))
    }),
  ],
}

const tenMinutes = 600_000

// The function makes the document; the operation's schema holds it to its shape.
const roomAsSeen = async (db: Pick<Tx<'authenticated'>, 'call'>, room: string) =>
  (await db.call('private.read_room', { room })) as z.input<typeof api.Room>
