import { createHash } from 'node:crypto'

// What a seal covers: the one definition for sealing and verifying. Every column as text that depends neither on a
// session's settings nor on a driver, so that the same entry gives the same bytes for ever. It must never change; what
// came after a change could only be verified by both, and from a position on.
export type Entry = {
  id: string
  at: string
  actor: string | null
  role: string
  action: string
  subject_kind: string
  subject_id: string
  reason: string | null
  details: string
}

/** The entries of these ids. */
export const entriesById = `
select e.id::text as id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.actor::text as actor, e.role,
  e.action, e.subject_kind, e.subject_id, e.reason, e.details::text as details
from audit.entries e where e.id = any ($1::bigint[]) order by e.id`

/** The hash of the seal on an entry, given the hash before it. */
export function link(before: Buffer, { id, at, actor, role, action, subject_kind, subject_id, reason, details }: Entry): Buffer {
  const bytes = JSON.stringify([id, at, actor, role, action, subject_kind, subject_id, reason, details])
  return createHash('sha256').update(before).update(bytes).digest()
}

/** What the first seal follows. */
export const origin = Buffer.alloc(32)

/** The end of the chain. Noted outside the database, it shows later whether the chain still leads there. */
export type Head = { position: number; hash: Buffer }
export const headText = ({ position, hash }: Head) => `${position}:${hash.toString('hex')}`

export function headOf(text: string): Head | undefined {
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  return position !== undefined && hash !== undefined ? { position: Number(position), hash: Buffer.from(hash, 'hex') } : undefined
}
