import { hash, randomBytes } from 'node:crypto'
import type { PoolClient } from 'pg'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Asker, Asking } from './askers.ts'

// Our own pages carry one opaque word in a cookie no script can read. Whether it still counts is asked in the settings
// statement of every request; what is remembered here is only whose it was, for limits and for handlers that want the id.
export type Cookies = {
  /** The word in a request's cookie, if our own pages sent it. */
  wordOf(request: Asking): string | undefined
  asker(word: string): Asker | Promise<Asker | undefined>
  /** Whose it is and of which session, by the database's word and not by memory. */
  claims(word: string): Promise<Claims | undefined>
  /** The header that makes a browser keep the word, or drop it. */
  keep(word: string): string
  drop: string
}
export type Claims = { sub: string; session_id: string }
type Browser = { asker: Asker; noted: number }
export type Lending = { lend(role: 'authenticated'): Promise<PoolClient> }

/** As long as a session may last at most (sessions.ts). */
export const cookieDays = 90
const mostRemembered = 20_000
const aMinute = 60_000

export function cookies(publicUrl: string, { lend }: Lending): Cookies {
  // __Host- binds it to this very host and to TLS. On plain http over loopback a browser would not take it with that name.
  const secure = publicUrl.startsWith('https:')
  const name = secure ? '__Host-vivavoce' : 'vivavoce'
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  const browsers = new Map<string, Browser>()

  async function claims(word: string): Promise<Claims | undefined> {
    const client = await lend('authenticated')
    try {
      const { rows } = await client.query<{ claims: string }>('select private.claims_of_cookie($1, proved => false) as claims', [
        hashOf(word),
      ])
      return JSON.parse(rows[0]!.claims) as Claims
    } catch (error) {
      if ((error as { constraint?: string }).constraint === 'not_signed_in') return undefined
      throw error
    } finally {
      client.release()
    }
  }

  async function found(word: string, cookie: Buffer): Promise<Asker | undefined> {
    const known = await claims(word)
    return known && seen(cookie, { asker: { acting: { role: 'authenticated', cookie }, person: { id: known.sub } }, noted: -Infinity })
  }

  function seen(cookie: Buffer, browser: Browser): Asker {
    if (browser.noted < performance.now() - aMinute) {
      browser.noted = performance.now()
      noteUse(cookie).catch(() => {}) // the request itself tells its person that the database is away
      browsers.set(cookie.toString('base64url'), browser)
      if (browsers.size > mostRemembered) browsers.delete(browsers.keys().next().value!)
    }
    return browser.asker
  }

  async function noteUse(cookie: Buffer): Promise<void> {
    const client = await lend('authenticated')
    try {
      await client.query('select private.cookie_is_in_use($1)', [cookie])
    } finally {
      client.release()
    }
  }

  return {
    claims,
    wordOf(request) {
      const word = wordIn(request.headers.cookie, name)
      if (word !== undefined) mustBeOurPages(request, publicUrl)
      return word
    },
    asker(word) {
      const cookie = hashOf(word)
      const browser = browsers.get(cookie.toString('base64url'))
      return browser ? seen(cookie, browser) : found(word, cookie)
    },
    keep: (word) => `${name}=${word}; ${attributes}; Max-Age=${cookieDays * 86_400}`,
    drop: `${name}=; ${attributes}; Max-Age=0`,
  }
}

export const newWord = () => randomBytes(32).toString('base64url')
export const hashOf = (word: string) => hash('sha256', word, 'buffer')

function wordIn(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === name && value && /^[\w-]{43}$/.test(value)) return value
  }
  return undefined
}

// A browser sends the cookie along with whatever another site makes it ask, so a request with it must come from our own
// pages: the browser says so itself (Fetch Metadata), and an older one by Origin.
export function mustBeOurPages({ method, headers }: Asking, publicUrl: string): void {
  const site = headers['sec-fetch-site']
  if (site === 'same-origin' || (site === 'none' && method === 'GET')) return
  if (site === undefined && (headers.origin === publicUrl || (headers.origin === undefined && method === 'GET'))) return
  throw new ProblemError('cross_site')
}
