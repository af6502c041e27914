import type { Pages, Words } from '#platform/web/part.ts'

// Watching a session of two others, by consent of both.
export const watchingPages: Pages = {
  '/practice/watching/by/:token': { load: async () => (await import('./ask.tsx')).AskToWatch },
  '/practice/watching/:id': { load: async () => (await import('./watch.tsx')).Watch },
}

export const watchingWords: Words = {
  link_opens_nothing: 'This link does not work any more. Ask whoever sent it for another one.',
  you_sit_there: 'You sit in this session yourself. Send the link to somebody who would like to watch.',
  observers_are_two: 'Two people watch this session or ask to, and more it does not take.',
  no_such_observer: 'They do not ask to watch any more.',
}
