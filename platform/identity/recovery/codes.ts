import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { auditFor } from '#platform/audit/append.ts'
import type { Reader, Tx } from '#platform/database/conversation.ts'
import { removeFactor } from '../factors.ts'
import { derived } from '../sealed.ts'
import { mailCodesMade, mailCodeUsed } from '../ways-in-mails.ts'

// For somebody whose second factor is lost: ten codes on paper, each good for once. Why a fast keyed hash is enough for them
// stands with the table (2026-11-21-45-passkeys.sql).
type Db = Tx<'service_role'>

export const codesInASet = 10

/** A new set, to be shown this once; the one before ends with it. */
export async function makeRecoveryCodes(db: Db, secrets: Buffer, userId: string): Promise<{ id: string; codes: string[] }> {
  await db.selectFrom('auth.users').select('id').where('id', '=', userId).forUpdate().execute() // two at once would make two sets
  await db.deleteFrom('identity.recovery_codes').where('user_id', '=', userId).execute()
  const id = randomUUID()
  const codes = Array.from({ length: codesInASet }, newCode)
  await db
    .insertInto('identity.recovery_codes')
    .values(codes.map((code) => ({ code_hash: hashed(secrets, userId, code), user_id: userId, set_id: id })))
    .execute()
  auditFor(db, userId, { action: 'identity.recovery-codes-made', subject: { kind: 'person', id: userId } })
  await mailCodesMade(db, userId)
  return { id, codes }
}

export type CodesLeft = { id: string; total: number; remaining: number }

export async function codesLeft(db: Pick<Reader<'service_role'>, 'selectFrom'>, userId: string): Promise<CodesLeft | undefined> {
  return db
    .selectFrom('identity.recovery_codes')
    .select('set_id as id')
    .select(({ fn }) => [fn.countAll<number>().as('total'), fn.countAll<number>().filterWhere('used_at', 'is', null).as('remaining')])
    .where('user_id', '=', userId)
    .groupBy('set_id')
    .executeTakeFirst()
}

/** Uses a code up, and gives the id of its set; undefined if it is none that counts. How often somebody may try is the caller's to limit. */
export async function useRecoveryCode(
  db: Db,
  secrets: Buffer,
  { userId, code }: { userId: string; code: string },
): Promise<string | undefined> {
  const used = await db
    .updateTable('identity.recovery_codes')
    .set({ used_at: sql<string>`now()` })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hashed(secrets, userId, code))
    .where('used_at', 'is', null)
    .returning('set_id')
    .executeTakeFirst()
  if (!used) return undefined
  auditFor(db, userId, { action: 'identity.recovery-code-used', subject: { kind: 'person', id: userId } })
  await mailCodeUsed(db, userId)
  return used.set_id
}

/** The device is gone for good: nobody is to be asked for its codes any more. */
export async function resetAuthenticators(db: Db, userId: string): Promise<void> {
  const factors = await db
    .selectFrom('auth.mfa_factors')
    .select('id')
    .where('user_id', '=', userId)
    .where('factor_type', '=', 'totp')
    .execute()
  for (const { id } of factors) await removeFactor(db, { factorId: id, userId })
  auditFor(db, userId, { action: 'identity.authenticators-reset', subject: { kind: 'person', id: userId } })
}

/** Gives the id of the set that is gone; undefined if there was none. */
export async function forgetRecoveryCodes(db: Db, userId: string): Promise<string | undefined> {
  const [gone] = await db.deleteFrom('identity.recovery_codes').where('user_id', '=', userId).returning('set_id').execute()
  return gone?.set_id
}

// Crockford's alphabet: none of its letters is taken for another one on paper.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 80 bits: ABCD-EFGH-JKMN-PQRS. */
const newCode = () =>
  [...randomBytes(16)]
    .map((byte) => alphabet[byte % 32])
    .join('')
    .replace(/(.{4})(?!$)/g, '$1-')

const hashed = (secrets: Buffer, userId: string, code: string) =>
  Buffer.from(derived(secrets, 'recovery code', userId, asWritten(code)), 'base64url')

/** As it was meant: letters of any case, with or without dashes, and O, I and L for the digits they look like. */
const asWritten = (code: string) => code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
