import { auth } from '../gotrue.ts'

// Mails by which one comes in: each carries a link, and a code for whoever reads mail on another device.
export type MailType = 'signup' | 'magiclink' | 'recovery'

const paths = { signup: '/resend', magiclink: '/otp', recovery: '/recover' }

/** The answer is the same whether the address is known or not. */
export const askForMail = (type: MailType, email: string, next: string) =>
  auth('POST', withWayBack(paths[type], next), {
    email,
    ...(type === 'signup' ? { type } : {}),
    ...(type === 'magiclink' ? { create_user: false } : {}),
  })

export const withWayBack = (path: string, next: string) =>
  `${path}?${new URLSearchParams({ redirect_to: `${location.origin}${next}` }).toString()}`

export const proveByCode = (type: MailType, email: string, token: string) =>
  auth('POST', '/verify', { type, email, token: token.replaceAll(/\s/g, '') })

/** A server that has no way to send mails shows them to whoever sits at its machine. */
export async function hasOutbox(): Promise<boolean> {
  if (!/^(localhost|127\.|\[::1\])/.test(location.hostname)) return false
  return (await fetch('/outbox', { method: 'HEAD', headers: { accept: 'application/json' } })).ok
}
