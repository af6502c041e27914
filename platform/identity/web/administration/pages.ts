import type { Pages, Words } from '#platform/web/part.ts'

// For administrators.
export const administrationPages: Pages = {
  '/administration/invitations': {
    load: async () => (await import('./invitations.tsx')).Invitations,
    who: 'administrator',
  },
}

export const administrationWords: Words = {
  administrators_only: 'Only administrators may do this.',
}
