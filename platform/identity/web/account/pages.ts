import type { Pages, Words } from '#platform/web/part.ts'

// One's own account.
export const accountPages: Pages = {
  '/account': { load: async () => (await import('./account.tsx')).Account },
}

export const accountWords: Words = {
  no_such_zone: 'There is no time zone of that name.',
}
