import type { WebPart } from '../part.ts'

/** Every page part in every state, for whoever builds with them. No page leads here. */
export const look: WebPart = {
  pages: { '/look': { load: async () => (await import('./look.tsx')).Look, who: 'anyone' } },
}
