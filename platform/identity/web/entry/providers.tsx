import { Button } from '@mantine/core'
import { auth } from '../gotrue.ts'
import { withNext } from './next.ts'
import { useOffered } from './settings.ts'

/** Other places that can say who somebody is. */
export function Providers({ next, invitation }: { next: string; invitation?: string }) {
  return useOffered().providers.map((provider) => (
    <Button key={provider} variant="default" fullWidth onClick={() => void leaveFor(provider, next, invitation)}>
      Continue with {nameOf(provider)}
    </Button>
  ))
}

const nameOf = (provider: string) => provider.charAt(0).toUpperCase() + provider.slice(1).replaceAll('_', ' ')

// The secret stays in this tab; what comes back in the address is worth nothing without it (PKCE).
const kept = 'vivavoce.verifier'

async function leaveFor(provider: string, next: string, invitation: string | undefined): Promise<void> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
  sessionStorage.setItem(kept, verifier)
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const query = new URLSearchParams({
    provider,
    redirect_to: `${location.origin}${withNext('/auth/done', next)}`,
    code_challenge: base64url(new Uint8Array(challenge)),
    code_challenge_method: 's256',
    ...(invitation === undefined ? {} : { invitation }),
  })
  location.assign(`/auth/v1/authorize?${query.toString()}`)
}

/** Signs in whoever came back to the tab they left from. */
export async function comeBack(code: string): Promise<void> {
  const code_verifier = sessionStorage.getItem(kept) ?? 'none'
  sessionStorage.removeItem(kept)
  await auth('POST', '/token?grant_type=pkce', { auth_code: code, code_verifier })
}

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
