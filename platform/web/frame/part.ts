import type { WebPart } from '../part.ts'
import { Landing } from './landing.tsx'

export const frame: WebPart = {
  pages: {
    '/': { load: async () => Landing, who: 'anyone', bare: true }, // comes with the app: it is what strangers wait for
    '/today': { load: async () => (await import('./today.tsx')).Today },
  },
  places: [
    { label: 'Your account', to: '/account' },
    { label: 'Signing in', to: '/account/sign-in' },
    { label: 'Your devices', to: '/account/sessions' },
    { label: 'Your mails', to: '/account/notifications' },
    { label: 'Your data', to: '/account/data' },
    { label: 'People you block', to: '/account/people' },
    { label: 'People', to: '/administration/people', who: 'administrator' },
    { label: 'Invitations', to: '/administration/invitations', who: 'administrator' },
    { label: 'Reports', to: '/administration/reports', who: 'administrator' },
    { label: 'Jobs', to: '/administration/jobs', who: 'administrator' },
    { label: 'Audit', to: '/administration/audit', who: 'administrator' },
    { label: 'System', to: '/administration/system', who: 'administrator' },
  ],
  nav: { label: 'Today', to: '/today', hue: 'ink', key: 't' },
}

/** Last in the navigation, after the rooms. */
export const administration: WebPart = {
  pages: {},
  nav: { label: 'Administration', to: '/administration', hue: 'ink', key: 'a', who: 'administrator' },
}
