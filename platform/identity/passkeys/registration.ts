import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { auditFor } from '#platform/audit/append.ts'
import type { Tx } from '#platform/database/conversation.ts'
import type { Account } from '../people.ts'
import { mailPasskeyAdded } from '../ways-in-mails.ts'
import { ask, takeChallenge, type Asked, type NotAsked } from './challenges.ts'
import type { Registered } from './credential.ts'
import type { RelyingParty } from './relying-party.ts'
import { webauthn } from './webauthn.ts'

type Db = Tx<'service_role'>

export type Passkey = {
  id: string
  name: string
  transports: string[]
  backed_up: boolean
  created_at: string
  last_used_at: string | null
}
export type NotRegistered = NotAsked | 'passkey_not_accepted' | 'passkey_is_known_already' | 'too_many_passkeys'

export const mostPasskeys = 20
/** The COSE numbers of Ed25519, ECDSA with P-256 and RSA: what every authenticator has one of (WebAuthn, 5.4). */
const algorithms = [-8, -7, -257]

export const passkeyColumns = ['id', 'name', 'transports', 'backed_up', 'created_at', 'last_used_at'] as const

// Discoverable, so that signing in needs no address; verified by PIN or finger, so that it counts as two factors.
const selection = { residentKey: 'required', requireResidentKey: true, userVerification: 'required' } as const

export async function beginRegistration(
  db: Db,
  { id, name }: RelyingParty,
  account: Pick<Account, 'id' | 'email'>,
): Promise<Asked<PublicKeyCredentialCreationOptionsJSON> | 'too_many_passkeys'> {
  const known = await passkeysOf(db, account.id)
  if (known.length >= mostPasskeys) return 'too_many_passkeys'
  const { generateRegistrationOptions } = await webauthn()
  const options = await generateRegistrationOptions({
    rpID: id,
    rpName: name,
    userID: new TextEncoder().encode(account.id),
    userName: account.email ?? account.id,
    attestationType: 'none', // which maker's key it is, is none of our business
    authenticatorSelection: selection,
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: known.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
    timeout: 300_000,
  })
  return ask(db, options, account.id)
}

export type Registering = { userId: string; challengeId: string; credential: Registered; name?: string | undefined }

/** A refusal is a value, for it must be committed: the challenge is used up by it. */
export async function finishRegistration(
  db: Db,
  party: RelyingParty,
  { userId, challengeId, credential, name = 'Passkey' }: Registering,
): Promise<Passkey | NotRegistered> {
  const asked = await takeChallenge(db, challengeId, userId)
  if (typeof asked === 'string') return asked
  const found = await verified(party, asked.challenge, credential)
  if (!found) return 'passkey_not_accepted'
  if ((await passkeysOf(db, userId)).length >= mostPasskeys) return 'too_many_passkeys'
  const made = await db
    .insertInto('identity.passkeys')
    .values({
      user_id: userId,
      credential_id: found.credential.id,
      public_key: Buffer.from(found.credential.publicKey),
      counter: found.credential.counter,
      transports: credential.response.transports ?? [],
      backed_up: found.credentialBackedUp,
      name,
    })
    .onConflict((at) => at.column('credential_id').doNothing())
    .returning(passkeyColumns)
    .executeTakeFirst()
  if (!made) return 'passkey_is_known_already'
  auditFor(db, userId, { action: 'identity.passkey-added', subject: { kind: 'passkey', id: made.id } })
  await mailPasskeyAdded(db, userId)
  return made
}

const passkeysOf = (db: Db, userId: string) =>
  db.selectFrom('identity.passkeys').select(['credential_id', 'transports']).where('user_id', '=', userId).execute()

async function verified({ id, origin }: RelyingParty, challenge: string, credential: Registered) {
  const { verifyRegistrationResponse } = await webauthn()
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: credential as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    return registrationInfo
  } catch (error) {
    if (error instanceof Error) return undefined // how the library says that a byte of it is not as it must be
    throw error
  }
}
