import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { sql } from 'kysely'
import { auditFor } from '#platform/audit/append.ts'
import type { Tx } from '#platform/database/conversation.ts'
import { isShutOut, personById, type Account } from '../people.ts'
import { beginSession, liftSession, type Beginning, type Begun } from '../sessions.ts'
import { mailPasskeyCopied } from '../ways-in-mails.ts'
import { ask, takeChallenge, type Asked, type NotAsked } from './challenges.ts'
import type { Proof } from './credential.ts'
import type { RelyingParty } from './relying-party.ts'
import { webauthn } from './webauthn.ts'

type Db = Tx<'service_role'>

export type NotSignedIn = NotAsked | 'passkey_not_accepted' | 'passkey_was_copied' | 'user_banned'

/** Asks whoever is there for any passkey of ours: as nobody says who they are, nobody learns who is known here. */
export async function beginPasskeySignIn(db: Db, { id }: RelyingParty): Promise<Asked<PublicKeyCredentialRequestOptionsJSON>> {
  const { generateAuthenticationOptions } = await webauthn()
  return ask(db, await generateAuthenticationOptions({ rpID: id, userVerification: 'required', timeout: 300_000 }), null)
}

export type Answer = { challengeId: string; credential: Proof }

/** A session of two factors: the device, and the PIN or finger that it asked for. A refusal is a value, for it must be committed. */
export async function signedInByPasskey(
  db: Db,
  party: RelyingParty,
  answer: Answer,
  by: Pick<Beginning, 'userAgent' | 'ip'>,
): Promise<{ account: Account; begun: Begun } | NotSignedIn> {
  const proved = await provedByPasskey(db, party, answer)
  if (typeof proved === 'string') return proved
  const account = await personById(db, proved.user_id)
  if (!account) return 'passkey_not_accepted'
  if (isShutOut(account)) return 'user_banned'
  const { session, refreshToken } = await beginSession(db, { ...by, userId: account.id, method: 'passkey' })
  const lifted = await liftSession(db, { id: session.id, method: 'passkey', factorId: proved.id })
  return { account, begun: { session: lifted, refreshToken } }
}

async function provedByPasskey(
  db: Db,
  party: RelyingParty,
  { challengeId, credential }: Answer,
): Promise<{ id: string; user_id: string } | NotSignedIn> {
  const asked = await takeChallenge(db, challengeId, null)
  if (typeof asked === 'string') return asked
  const passkey = await db
    .selectFrom('identity.passkeys')
    .select(['id', 'user_id', 'credential_id', 'public_key'])
    .where('credential_id', '=', credential.id)
    .executeTakeFirst()
  if (!passkey || !isWhose(credential, passkey.user_id)) return 'passkey_not_accepted'
  const proof = await verified(party, asked.challenge, credential, passkey)
  if (!proof) return 'passkey_not_accepted'
  if (await counted(db, passkey.id, proof)) return passkey
  auditFor(db, passkey.user_id, { action: 'identity.passkey-counted-backwards', subject: { kind: 'passkey', id: passkey.id } })
  await mailPasskeyCopied(db, passkey.user_id)
  return 'passkey_was_copied'
}

// The authenticator says whose it thinks it is.
function isWhose({ response: { userHandle } }: Proof, userId: string): boolean {
  return !userHandle || Buffer.from(userHandle, 'base64url').toString('utf8') === userId
}

type Kept = { credential_id: string; public_key: Buffer }

async function verified({ id, origin }: RelyingParty, challenge: string, credential: Proof, { credential_id, public_key }: Kept) {
  const { verifyAuthenticationResponse } = await webauthn()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: credential as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      // Its counter is compared below, by the database, where two at once cannot both be next.
      credential: { id: credential_id, publicKey: new Uint8Array(public_key), counter: 0 },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo : undefined
  } catch (error) {
    if (error instanceof Error) return undefined // how the library says that a byte of it is not as it must be
    throw error
  }
}

/** WebAuthn, 6.1.1: a counter that does not go up means that there are two of them. Keychains do not count: always 0. */
async function counted(db: Db, id: string, { newCounter, credentialBackedUp }: { newCounter: number; credentialBackedUp: boolean }) {
  const { numUpdatedRows } = await db
    .updateTable('identity.passkeys')
    .set({ counter: newCounter, backed_up: credentialBackedUp, last_used_at: sql<string>`now()` })
    .where('id', '=', id)
    .where(({ or, eb, and }) => or([eb('counter', '<', newCounter), and([eb('counter', '=', 0), eb.val(newCounter === 0)])]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
