import type { WebPart } from '#platform/web/part.ts'

export const rooms: WebPart = {
  pages: {
    '/rooms/check': { load: async () => (await import('./check/check-page.tsx')).CheckPage, who: 'anyone', bare: true },
    '/rooms/:id': { load: async () => (await import('./room-page.tsx')).RoomPage, bare: true },
  },
  places: [{ label: 'Does a call work here?', to: '/rooms/check' }],
  words: {
    not_your_room:
      'This room is not there, or you have no place in it. Look whether the link is whole, and whether you are signed in as the right person.',
    room_is_not_open_yet: 'The door is not open yet. Stay on this page; it says when it opens.',
    room_is_closed: 'The room is closed. Whoever planned this with you can plan another time.',
    room_is_full:
      'Four people are in this room, and more it does not take: each sends sound and pictures to each other one. When somebody leaves, press once more.',
    entry_is_taken: 'This window goes by the same mark as somebody else’s in this room. Reload the page, and go in once more.',
    taken_over: 'You are in this room in another window. Nothing was done from here.',
    not_inside: 'You are not in the room any more. Reload the page to come back.',
    not_yours_to_let_in: 'Somebody else lets people in here.',
    not_waiting: 'They are not waiting any more.',
    cannot_come_in_now: 'They cannot come in now.',
    no_clock_here: 'There is no clock in this room.',
    not_your_clock: 'The clock is somebody else’s to turn.',
    clock_has_changed: 'Somebody else has turned the clock meanwhile. Look at it, then try again if you still want to.',
    clock_has_begun: 'The clock runs already.',
    clock_is_not_running: 'The clock is not running.',
    clock_is_paused: 'The clock is paused. Go on first.',
    clock_is_not_paused: 'The clock runs already.',
    phase_is_over: 'That phase is over already.',
    phase_has_no_end: 'This phase has no end, so it needs neither pause nor more time.',
    yours_to_wait: 'You have asked; the other has to agree.',
    answer_first: 'Somebody has asked for something else. Answer that first.',
    nothing_is_asked: 'Nobody asks for anything any more.',
    not_your_role: 'From this phase somebody else goes on.',
    seconds_are_missing: 'Say how much more time.',
  },
}
