import type { ClientBase } from 'pg'
import { entriesById, link, origin, type Entry, type Head } from './chain.ts'

export type Verdict = { sound: true; sealed: number; waiting: number; head: Head } | { sound: false; position: number; because: Fault }

export const faults = {
  entry_changed: 'the entry, or its seal, is not what was sealed',
  entry_missing: 'the entry is missing',
  seal_missing: 'the seal is missing',
  order_changed: 'the entries are not in the order in which they were sealed',
  written_anew: 'the chain does not lead to the head that was noted: it was written anew',
}
export type Fault = keyof typeof faults

/** Reckons the whole chain again, as the owner; and if a head was noted, whether the chain leads there. */
export async function verify(client: ClientBase, noted?: Head): Promise<Verdict> {
  await client.query('begin transaction isolation level repeatable read read only') // else the sealer goes on under our eyes
  try {
    return await reckon(client, noted)
  } finally {
    await client.query('rollback')
  }
}

async function reckon(client: ClientBase, noted: Head | undefined): Promise<Verdict> {
  let head: Head = { position: 0, hash: origin }
  for await (const seals of batches(client)) {
    for (const [at, seal] of seals.entries()) {
      const because = faultOf(seal, seals.slice(at + 1), head) ?? (contradicts(seal, noted) ? 'written_anew' : undefined)
      if (because) return { sound: false, position: head.position + 1, because }
      head = seal
    }
  }
  if (head.position < (noted?.position ?? 0) || (await someAreForgotten(client)))
    return { sound: false, position: head.position + 1, because: 'seal_missing' }
  const { rows } = await client.query<{ waiting: number }>('select count(*)::int as waiting from audit.unsealed')
  return { sound: true, sealed: head.position, waiting: rows[0]!.waiting, head }
}

type Seal = Head & { entry: Entry | undefined }

function faultOf({ position, hash, entry }: Seal, later: readonly Seal[], before: Head): Fault | undefined {
  if (position !== before.position + 1) return 'seal_missing'
  if (!entry) return 'entry_missing'
  const covers = (entry: Entry) => link(before.hash, entry).equals(hash)
  if (covers(entry)) return undefined
  return later.some(({ entry }) => entry && covers(entry)) ? 'order_changed' : 'entry_changed'
}

const contradicts = ({ position, hash }: Head, noted: Head | undefined) => noted?.position === position && !noted.hash.equals(hash)

const most = 1_000

async function* batches(client: ClientBase): AsyncGenerator<Seal[]> {
  for (let last = '0', full = true; full; ) {
    const seals = await client.query<{ position: string; entry_id: string; hash: Buffer }>(
      'select position, entry_id, hash from audit.seals where position > $1 order by position limit $2',
      [last, most],
    )
    const entries = await client.query<Entry>(entriesById, [seals.rows.map(({ entry_id }) => entry_id)])
    const byId = new Map(entries.rows.map((entry) => [entry.id, entry]))
    yield seals.rows.map(({ position, entry_id, hash }) => ({ position: Number(position), hash, entry: byId.get(entry_id) }))
    full = seals.rows.length === most
    last = seals.rows.at(-1)?.position ?? last
  }
}

// Whoever takes an entry out of the queue before it is sealed would otherwise have kept it out of the chain.
async function someAreForgotten(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    `select from audit.entries e where not exists (select from audit.seals s where s.entry_id = e.id)
       and not exists (select from audit.unsealed u where u.entry_id = e.id) limit 1`,
  )
  return rows.length > 0
}
