import type { Cells } from '#tests/rules/cells.ts'

const room = `'0dec0de0-0000-4000-8000-0000000100a0'`

// To people all of it is foreign: they see a room by a function that knows who is inside (private.read_room).
export const cells: Cells = {
  'rooms.rooms': {
    stands: {},
    scene: `insert into rooms.rooms (id, kind, opens_at, closes_at) values (${room}, 'rooms.scene', now(), now() + interval '1 hour');
      insert into live.topics (id, kind) values (${room}, 'rooms.room');
      insert into rooms.seats (room_id, person_id, role) values (${room}, :amara, 'host'), (${room}, :jonas, 'guest');
      insert into rooms.clocks (room_id, plan) values (${room}, '[{"name": "talking", "seconds": 60}]')`,
  },
  'rooms.seats': { stands: {} },
  'rooms.clocks': { stands: {} },
}
