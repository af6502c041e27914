import { createHmac } from 'node:crypto'
import type { Relays } from '#platform/configuration/environment.ts'

export type IceServers = {
  ice_servers: { urls: string[]; username?: string; credential?: string }[]
  relay: boolean
  expires_at: string
}

/**
 * The relays, with credentials that they can check by themselves and that end (coturn's REST interface, draft-uberti-behave-turn-rest-00). The
 * relay's log is not to say who called whom: the name in them is nobody's but for today; and it is one a day, so that the operator of the relay
 * sees when one person takes too much. They let somebody begin; for how long the relay goes on with what has begun is its own to say.
 */
export function iceServersFor({ urls, secret }: Relays, person: string, end: Date): IceServers {
  const until = Math.floor(end.getTime() / 1_000)
  const expires_at = new Date(until * 1_000).toISOString()
  const [relays, others] = [urls.filter(isRelay), urls.filter((url) => !isRelay(url))]
  const plain = others.length > 0 ? [{ urls: others }] : []
  if (secret === undefined || relays.length === 0) return { ice_servers: plain, relay: false, expires_at }
  const somebody = createHmac('sha256', secret)
    .update(`${new Date().toISOString().slice(0, 10)} ${person}`)
    .digest('hex')
    .slice(0, 32)
  const username = `${until}:${somebody}`
  const credential = createHmac('sha1', secret).update(username).digest('base64')
  return { ice_servers: [...plain, { urls: relays, username, credential }], relay: true, expires_at }
}

const isRelay = (url: string) => /^turns?:/i.test(url)
