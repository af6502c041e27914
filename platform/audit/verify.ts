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

/** Asks the database, as somebody who may read the audit. */
export type Ask = <Row>(text: string, values: unknown[]) => Promise<Row[]>

/** Reckons the whole chain again, as the owner; and if a head was noted, whether the chain leads there. */
export async function verify(client: ClientBase, noted?: Head): Promise<Verdict> {
  await client.query('begin transaction isolation level repeatable read read only') // else the sealer goes on under our eyes
  try {
    const ask: Ask = async <Row>(text: string, values: unknown[]) => (await client.query(text, values)).rows as Row[]
    let stretch = await verifyStretch(ask, beginning, noted)
    while (stretch.next) stretch = await verifyStretch(ask, stretch.next, noted)
    if (stretch.broken) return { sound: false, ...stretch.broken }
    return { sound: true, sealed: stretch.head.position, waiting: await waitingFor(ask), head: stretch.head }
  } finally {
    await client.query('rollback')
  }
}

// A long chain is reckoned in stretches, none of which holds a connection for long: first along the seals, then along the
// entries, whether each of them is sealed or waits for it.
export type Place = { head: Head; entry: number | undefined }
export type Stretch = { head: Head; next: Place | null; broken: { position: number; because: Fault } | null }
export const beginning: Place = { head: { position: 0, hash: origin }, entry: undefined }

export async function verifyStretch(ask: Ask, { head, entry }: Place, noted?: Head): Promise<Stretch> {
  return entry === undefined ? alongSeals(ask, head, noted) : alongEntries(ask, head, entry)
}

/** How many entries wait to be sealed. */
export async function waitingFor(ask: Ask): Promise<number> {
  const [row] = await ask<{ waiting: number }>('select count(*)::int as waiting from audit.unsealed', [])
  return row!.waiting
}

async function alongSeals(ask: Ask, before: Head, noted: Head | undefined): Promise<Stretch> {
  let head = before
  const broken = (because: Fault) => ({ head, next: null, broken: { position: head.position + 1, because } })
  const seals = await sealsAfter(ask, head.position)
  for (const [at, seal] of seals.entries()) {
    const because = faultOf(seal, seals.slice(at + 1), head) ?? (contradicts(seal, noted) ? 'written_anew' : undefined)
    if (because) return broken(because)
    head = seal
  }
  if (seals.length === most) return { head, next: { head, entry: undefined }, broken: null }
  if (head.position < (noted?.position ?? 0)) return broken('seal_missing')
  return { head, next: { head, entry: 0 }, broken: null }
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

const most = 2_000

async function sealsAfter(ask: Ask, position: number): Promise<Seal[]> {
  const seals = await ask<{ position: string | number; entry_id: string; hash: Buffer }>(
    'select s.position, s.entry_id::text as entry_id, s.hash from audit.seals s where s.position > $1 order by s.position limit $2',
    [position, most],
  )
  const entries = await ask<Entry>(entriesById, [seals.map(({ entry_id }) => entry_id)])
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return seals.map(({ position, entry_id, hash }) => ({ position: Number(position), hash, entry: byId.get(entry_id) }))
}

// Whoever takes an entry out of the queue before it is sealed would otherwise have kept it out of the chain.
async function alongEntries(ask: Ask, head: Head, entry: number): Promise<Stretch> {
  const [row] = await ask<{ seen: number; last: string | null; forgotten: boolean | null }>(
    `select count(*)::int as seen, max(part.id)::text as last, bool_or(part.forgotten) as forgotten
     from (select e.id, not exists (select from audit.seals s where s.entry_id = e.id)
         and not exists (select from audit.unsealed u where u.entry_id = e.id) as forgotten
       from audit.entries e where e.id > $1 order by e.id limit $2) part`,
    [entry, most * 5],
  )
  const { seen, last, forgotten } = row!
  if (forgotten) return { head, next: null, broken: { position: head.position + 1, because: 'seal_missing' } }
  return { head, next: seen === most * 5 ? { head, entry: Number(last) } : null, broken: null }
}
