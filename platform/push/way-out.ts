import { lookup, type LookupAddress } from 'node:dns'
import { request, type RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import { isPublic } from './public-address.ts'

// An endpoint is an address that somebody gave us, and we go there from within the operator's network: so to push services on the
// open internet, on the port of https, and nowhere else. No redirect is followed.
export type WayOut = {
  mayReach: (address: string) => boolean
  ports: (port: string) => boolean
  /** For an answer, in milliseconds. */
  patience: number
  ca?: string
}
export const openInternet: WayOut = { mayReach: isPublic, ports: (port) => port === '', patience: 10_000 } // they answer within a second

export class NotPublic extends Error {
  code = 'not_public'
}

/**
 * Whether it can be an endpoint at all, before its name is looked up. Written as the database wants it (endpoint_is_https): what a URL makes good
 * (`HTTPS:`, `https:\\`, blanks, `ü`) is none. At a name, with or without the dot of the root: push services have names, and whoever
 * writes an address wants to see where we can go.
 */
export function isEndpoint(text: string, { ports }: WayOut): boolean {
  const url = /^https:\/\/[!-~]+$/.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.username || url.password || !ports(url.port)) return false
  const host = url.hostname.replace(/\.+$/, '')
  return host !== '' && !host.startsWith('[') && isIP(host) === 0
}

export type Answer = { status: number; retryAfter: string | undefined }

/** Says nothing to an endpoint, with these headers, and gives what it answers: the head of it, for of the rest we want nothing. */
export async function post(endpoint: string, headers: Record<string, string>, way: WayOut, signal: AbortSignal): Promise<Answer> {
  if (!isEndpoint(endpoint, way)) throw new NotPublic()
  return new Promise((answered, failed) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': '0' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(way.patience)]),
      lookup: lookUpFor(way),
      agent: false, // a connection for each: whoever looked at the addresses of one says nothing of another's
      ...(way.ca ? { ca: way.ca } : {}),
    }
    request(endpoint, options, (response) => {
      answered({ status: response.statusCode!, retryAfter: response.headers['retry-after'] })
      response.destroy()
    })
      .on('error', failed)
      .end()
  })
}

// The connection is made to an address that was looked at: a name that means another one the next time (rebinding) gains nothing.
const lookUpFor =
  ({ mayReach }: WayOut): NonNullable<RequestOptions['lookup']> =>
  (name, options, done) =>
    lookup(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error, '', 0)
      const addresses = found.filter(({ address }) => mayReach(address))
      const [first] = addresses
      if (!first) return done(new NotPublic(), '', 0)
      if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
