import type { WebPart } from '../part.ts'
import { Landing } from './landing.tsx'

export const frame: WebPart = {
  pages: {
    '/': { load: async () => Landing, who: 'anyone', bare: true }, // comes with the app: it is what strangers wait for
    '/today': { load: async () => (await import('./today.tsx')).Today },
    '/sign-out': { load: async () => (await import('./sign-out-page.tsx')).SignOut },
  },
  nav: { label: 'Today', to: '/today', hue: 'ink', key: 't' },
}

/** Last in the navigation, after the rooms. */
export const administration: WebPart = {
  pages: {},
  nav: { label: 'Administration', to: '/administration', hue: 'ink', key: 'a', who: 'administrator' },
}
