import type { Acting } from '#platform/database/acting.ts'

// Signing in is what makes somebody a person, so it is nobody's own act yet: the server does it in its own name.
export const theServer: Acting<'service_role'> = { role: 'service_role', claims: '{"role":"service_role"}' }
