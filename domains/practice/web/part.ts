import type { WebPart } from '#platform/web/part.ts'
import { authorsPages, authorsPlaces, authorsWords } from './authors/pages.ts'
import { findingPages, findingPlaces, findingWords } from './finding/pages.ts'
import { groupsPages, groupsPlaces, groupsWords } from './groups/pages.ts'
import { libraryPages, libraryPlaces, libraryWords } from './library/pages.ts'
import { stationPages, stationPlaces, stationWords } from './station/pages.ts'
import { watchingPages, watchingWords } from './watching/pages.ts'
import { progressPages, progressPlaces } from './progress/pages.ts'
import { resultsPages, resultsPlaces, resultsWords } from './results/pages.ts'

// Each folder brings its pages, the places Ctrl K finds, and the words of its refusals: each refusal's words are once in the app.
export const practice: WebPart = {
  domain: 'practice',
  pages: {
    ...findingPages,
    ...libraryPages,
    ...authorsPages,
    ...stationPages,
    ...resultsPages,
    ...progressPages,
    ...groupsPages,
    ...watchingPages,
  },
  nav: { label: 'Practice', to: '/practice', hue: 'practice', key: 'p' },
  places: [...findingPlaces, ...libraryPlaces, ...authorsPlaces, ...stationPlaces, ...resultsPlaces, ...progressPlaces, ...groupsPlaces],
  today: [
    async () => (await import('./finding/today.tsx')).PracticeToday,
    async () => (await import('./groups/today.tsx')).AssignedToMe,
    async () => (await import('./progress/today.tsx')).PractiseNext,
  ],
  words: { ...findingWords, ...libraryWords, ...authorsWords, ...stationWords, ...resultsWords, ...groupsWords, ...watchingWords },
}
