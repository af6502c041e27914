// Who leaves for a provider is nobody yet, so their browser gets a word to be known by when it is back. Lax and not Strict:
// coming back from another site, a browser does not send a Strict cookie along.
export type Browser = { wordIn(cookies: string | undefined): string | undefined; keep(word: string): string }

const minutes = 60

export function browser(publicUrl: string): Browser {
  const secure = publicUrl.startsWith('https:')
  const name = secure ? '__Host-vivavoce-journey' : 'vivavoce-journey'
  return {
    wordIn: (cookies) => cookies?.match(new RegExp(`(?:^|;)\\s*${name}=([\\w-]{43})\\s*(?:;|$)`))?.[1],
    keep: (word) => `${name}=${word}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=${minutes * 60}`,
  }
}
