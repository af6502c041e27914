import type { WebPart } from '#platform/web/part.ts'

export const scheduling: WebPart = {
  pages: {
    '/calendar': { load: async () => (await import('./calendar.tsx')).Calendar },
    '/account/calendar': { load: async () => (await import('./settings.tsx')).CalendarSettings },
  },
  nav: { label: 'Calendar', to: '/calendar', hue: 'ink', key: 'c' },
  places: [{ label: 'Your calendar elsewhere, and reminders', to: '/account/calendar' }],
  words: {
    span_is_not_one: 'That is no span of time that can be shown. Go back to today.',
    no_such_meeting: 'You are not in that meeting any more.',
    not_a_time_to_move_to: 'A meeting keeps its length and begins at a quarter of an hour. Choose such a time.',
    asked_enough_for_today: 'You have asked about others’ time often today. Agree with them on a time, or ask tomorrow.',
  },
  today: [async () => (await import('./today.tsx')).Waiting, async () => (await import('./today.tsx')).Next],
}
