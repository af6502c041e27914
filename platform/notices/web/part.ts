import type { WebPart } from '#platform/web/part.ts'

export const notices: WebPart = {
  pages: { '/notices': { load: async () => (await import('./notices.tsx')).Notices } },
  words: { no_such_notice: 'This notice is gone.' },
  places: [{ label: 'Notices', to: '/notices' }],
}
