import { hash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { buildAuthorizationUrl, calculatePKCECodeChallenge, type Configuration as Client } from 'openid-client'
import type { Tx } from '#platform/database/conversation.ts'
import type { Challenge } from '../flows.ts'
import { derived } from '../sealed.ts'

type Db = Tx<'service_role'>

export type Purpose = { challenge: Challenge; linkingId?: undefined } | { challenge?: undefined; linkingId: string }
export type Journey = {
  provider: string
  redirectTo: string
  adult: boolean
  /** The hash of an invitation's word. */
  invitation: Buffer | null
} & Purpose
/** What only the browser and we know of a journey: the state in its address, and what follows from it. */
export type Secrets = { state: string; nonce: string; verifier: string }

const lasts = '10 minutes'

/** Notes the journey, and says where to. */
export async function depart(
  db: Db,
  secrets: Buffer,
  client: Client,
  { browserWord, callback, ...journey }: Journey & { browserWord: string; callback: string },
): Promise<URL> {
  const { state, nonce, verifier } = secretsOf(secrets, newState())
  await db
    .insertInto('identity.journeys')
    .values({
      state_hash: hashed(state),
      browser_hash: hashed(browserWord),
      provider: journey.provider,
      redirect_to: journey.redirectTo,
      adult: journey.adult,
      invitation: journey.invitation,
      challenge: journey.challenge?.challenge ?? null,
      challenge_method: journey.challenge?.method ?? null,
      linking_id: journey.linkingId ?? null,
    })
    .execute()
  return buildAuthorizationUrl(client, {
    redirect_uri: callback,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
}

/** The journey that this browser returns from. It returns once. */
export async function comeBack(
  db: Db,
  secrets: Buffer,
  { state, browserWord }: { state: string; browserWord: string },
): Promise<{ journey: Journey; secrets: Secrets } | undefined> {
  const row = await db
    .deleteFrom('identity.journeys')
    .where('state_hash', '=', hashed(state))
    .where('browser_hash', '=', hashed(browserWord))
    .where('created_at', '>', sql<string>`now() - ${lasts}::interval`)
    .returning(['provider', 'redirect_to', 'adult', 'invitation', 'challenge', 'challenge_method', 'linking_id'])
    .executeTakeFirst()
  if (!row) return undefined
  const purpose: Purpose = row.linking_id
    ? { linkingId: row.linking_id }
    : { challenge: { challenge: row.challenge!, method: row.challenge_method as Challenge['method'] } }
  const journey = { provider: row.provider, redirectTo: row.redirect_to, adult: row.adult, invitation: row.invitation, ...purpose }
  return { journey, secrets: secretsOf(secrets, state) }
}

const newState = () => randomBytes(32).toString('base64url')
const secretsOf = (secrets: Buffer, state: string): Secrets => ({
  state,
  nonce: derived(secrets, 'openid nonce', state),
  verifier: derived(secrets, 'openid verifier', state),
})

export const hashed = (word: string): Buffer => hash('sha256', `journey ${word}`, 'buffer')
