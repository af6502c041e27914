import type { WebPart } from '#platform/web/part.ts'

export const notices: WebPart = {
  pages: { '/notices': { load: async () => (await import('./notices.tsx')).Notices } },
  words: {
    no_such_notice: 'This notice is gone.',
    quiet_from_until: 'Quiet hours begin at one time and end at another one. Choose two.',
  },
  places: [{ label: 'Notices', to: '/notices' }],
}
