import type { Registration } from '#platform/configuration/environment.ts'

// Who may make an account for themselves.
export type SignUp = { email: string; data: Record<string, unknown> }

/** Undefined if they may; otherwise the reason, in GoTrue's words. The way by invitation comes in here. */
export function mayNotSignUp(registration: Registration, { data }: SignUp): 'signup_disabled' | 'adult_declaration_required' | undefined {
  if (registration !== 'open') return 'signup_disabled'
  if (data['adult'] !== true) return 'adult_declaration_required'
  return undefined
}
