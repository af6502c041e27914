import type { WebPart } from '#platform/web/part.ts'

export const legal: WebPart = {
  pages: {
    '/privacy': { load: async () => (await import('./privacy.tsx')).Privacy, who: 'anyone', bare: true },
    '/terms': { load: async () => (await import('./terms.tsx')).Terms, who: 'anyone', bare: true },
    '/imprint': { load: async () => (await import('./imprint.tsx')).Imprint, who: 'anyone', bare: true },
  },
  places: [
    { label: 'Privacy', to: '/privacy' },
    { label: 'Terms', to: '/terms' },
    { label: 'Who runs this place', to: '/imprint' },
  ],
}
