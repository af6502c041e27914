import type { WebPart } from '../part.ts'

export const frame: WebPart = {
  pages: {
    '/': { load: async () => (await import('./landing.tsx')).Landing, who: 'anyone' },
    '/today': { load: async () => (await import('./today.tsx')).Today },
  },
}
