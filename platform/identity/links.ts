import type { Configuration } from '#platform/configuration/environment.ts'

// Links in mails lead to a page of ours, which asks for a press of a button: a scanner that opens every link in an inbox
// must not use them up. Where people go from there is theirs to say only among places that we know.
type Places = Pick<Configuration, 'publicUrl' | 'redirectOrigins'>
export type LinkType = 'signup' | 'invite' | 'magiclink' | 'recovery' | 'email_change'

export function linkOf(places: Places, { token, type, next }: { token: string; type: LinkType; next?: string | undefined }): string {
  const query = new URLSearchParams({ token_hash: token, type })
  const back = next === undefined ? undefined : knownPlace(places, next)
  if (back) query.set('next', back.href)
  return `${places.publicUrl}/auth/confirm?${query.toString()}`
}

/** The address, if it is ours or on the operator's list; an open redirect would lend our name to whoever wants to phish. */
export function knownPlace({ publicUrl, redirectOrigins }: Places, address: string): URL | undefined {
  const url = URL.canParse(address, publicUrl) ? new URL(address, publicUrl) : undefined
  const known =
    url && /^https?:$/.test(url.protocol) && !url.username && !url.password && [publicUrl, ...redirectOrigins].includes(url.origin)
  return known ? url : undefined
}
