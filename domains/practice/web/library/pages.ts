import type { Pages, Place, Words } from '#platform/web/part.ts'

// The library, for everybody.
export const libraryPages: Pages = {
  '/practice/cases': { load: async () => (await import('./cases.tsx')).Cases, who: 'anyone' },
  '/practice/cases/:id': { load: async () => (await import('./case.tsx')).CasePage, who: 'anyone' },
}

export const libraryPlaces: Place[] = [{ label: 'Cases', to: '/practice/cases' }]

export const libraryWords: Words = {
  no_such_case: 'This case is not in the library any more, or not yet: it was withdrawn, or is still a draft.',
}
