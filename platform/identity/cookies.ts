import { hash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { PoolClient } from 'pg'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Asker } from './askers.ts'

// Our own pages carry one opaque word in a cookie no script can read. Whether it still counts is asked in the settings
// statement of every request; what is remembered here is only whose it was, for limits and for handlers that want the id.
export type Cookies = {
  asker(word: string): Promise<Asker | undefined>
  nameOf: string
  keep(word: string, days: number): string
  drop: string
}
export type Lending = { lend(role: 'authenticated'): Promise<PoolClient> }

const mostRemembered = 20_000

export function cookies(publicUrl: string, { lend }: Lending): Cookies {
  // __Host- binds it to this very host and to TLS. On plain http over loopback a browser would not take it with that name.
  const secure = publicUrl.startsWith('https:')
  const name = secure ? '__Host-vivavoce' : 'vivavoce'
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  const people = new Map<string, string>()

  async function personOf(tokenHash: Buffer): Promise<string | undefined> {
    const known = people.get(tokenHash.toString('base64url'))
    if (known) return known
    const client = await lend('authenticated')
    try {
      const { rows } = await client.query<{ claims: string }>('select private.claims_of_cookie($1) as claims', [tokenHash])
      const { sub } = JSON.parse(rows[0]!.claims) as { sub: string }
      people.set(tokenHash.toString('base64url'), sub)
      if (people.size > mostRemembered) people.delete(people.keys().next().value!)
      return sub
    } catch (error) {
      if ((error as { constraint?: string }).constraint === 'not_signed_in') return undefined
      throw error
    } finally {
      client.release()
    }
  }

  return {
    nameOf: name,
    async asker(word) {
      const tokenHash = hashOf(word)
      const id = await personOf(tokenHash)
      return id === undefined ? undefined : { acting: { role: 'authenticated', cookie: tokenHash }, person: { id } }
    },
    keep: (word, days) => `${name}=${word}; ${attributes}; Max-Age=${days * 86_400}`,
    drop: `${name}=; ${attributes}; Max-Age=0`,
  }
}

export const newWord = () => randomBytes(32).toString('base64url')
export const hashOf = (word: string) => hash('sha256', word, 'buffer')

/** The word in a Cookie header; nothing else in there is ours. */
export function wordIn(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === name && value && /^[\w-]{43}$/.test(value)) return value
  }
  return undefined
}

// A browser sends the cookie along with whatever another site makes it ask, so a request with it must come from our own
// pages: the browser says so itself (Fetch Metadata), and an older one by Origin.
export function mustBeOurPages(method: string, headers: IncomingHttpHeaders, publicUrl: string): void {
  const site = headers['sec-fetch-site']
  if (site === 'same-origin' || (site === 'none' && method === 'GET')) return
  if (site === undefined && (headers.origin === publicUrl || (headers.origin === undefined && method === 'GET'))) return
  throw new ProblemError('cross_site')
}
