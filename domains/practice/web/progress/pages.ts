import type { Pages, Place } from '#platform/web/part.ts'

// How it is going.
export const progressPages: Pages = {
  '/practice/progress': { load: async () => (await import('./progress.tsx')).Progress },
}

export const progressPlaces: Place[] = [{ label: 'My progress in practice', to: '/practice/progress' }]
