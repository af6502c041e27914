import type { Pages } from '#platform/web/part.ts'

export { entryWords } from './words.ts'

const open = { who: 'anyone', bare: true } as const

// Coming in: by whatever way, for the first time or again.
export const entryPages: Pages = {
  '/sign-in': { load: async () => (await import('./sign-in.tsx')).SignIn, ...open },
  '/sign-in/second-factor': { load: async () => (await import('./second-factor.tsx')).SecondFactor, ...open },
  '/sign-up': { load: async () => (await import('./sign-up.tsx')).SignUp, ...open },
  '/forgot': { load: async () => (await import('./forgot.tsx')).Forgot, ...open },
  '/new-password': { load: async () => (await import('./new-password.tsx')).NewPassword, bare: true },
  '/auth/confirm': { load: async () => (await import('./confirm.tsx')).Confirm, ...open },
  '/auth/done': { load: async () => (await import('./done.tsx')).Done, ...open },
  '/auth/adult': { load: async () => (await import('./adult.tsx')).Adult, ...open },
  '/setup': { load: async () => (await import('./set-up.tsx')).SetUp, ...open },
  '/join': { load: async () => (await import('./join.tsx')).Join, ...open },
  '/stay': { load: async () => (await import('./stay.tsx')).Stay, ...open },
}
