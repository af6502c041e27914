import type { Pages, Words } from '#platform/web/part.ts'

// Coming in: by whatever way, for the first time or again.
export const entryPages: Pages = {
  '/sign-in': { load: async () => (await import('./sign-in.tsx')).SignIn, who: 'anyone', bare: true },
}

export const entryWords: Words = {
  invalid_credentials: 'This address and this password do not belong together. Check both, or sign in by a link in a mail.',
}
