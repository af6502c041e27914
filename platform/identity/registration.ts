import type { Registration } from '#platform/configuration/environment.ts'
import type { WayIn } from './invitations/joining.ts'

// Who may make an account for themselves.
export type SignUp = { email: string; data: Record<string, unknown> }

/** Undefined if they may; otherwise the reason, in GoTrue's words. Whoever has a way in is let in by invitations/joining.ts. */
export function mayNotSignUp(registration: Registration, { data }: SignUp): 'signup_disabled' | 'adult_declaration_required' | undefined {
  if (registration !== 'open') return 'signup_disabled'
  if (data['adult'] !== true) return 'adult_declaration_required'
  return undefined
}

/** A sign-up may bring a way in along with what a person says of themselves. It is no part of that, and is not kept. */
export function wayInOf({ invitation, set_up, ...data }: Record<string, unknown>): { way: WayIn; data: Record<string, unknown> } {
  const word = (value: unknown) => (typeof value === 'string' && value.length <= 200 ? value : undefined)
  return { way: { invitation: word(invitation), setUp: word(set_up) }, data }
}
