import type { Configuration } from '#platform/configuration/environment.ts'

// A passkey answers for one host name, and its answer names the origin of the page that asked. Both are ours by
// configuration, never what a request says of itself.
export type RelyingParty = { id: string; origin: string; name: string }

export const relyingParty = ({ publicUrl }: Pick<Configuration, 'publicUrl'>): RelyingParty => ({
  id: new URL(publicUrl).hostname,
  origin: publicUrl,
  name: 'Vivavoce',
})
