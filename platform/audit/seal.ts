import { CompiledQuery, sql } from 'kysely'
import type { Reader } from '#platform/database/conversation.ts'
import type { JobDatabase } from '#platform/jobs/job.ts'
import { steadily, type Pace } from '#platform/jobs/steadily.ts'
import { entriesById, headText, link, origin, type Entry, type Head } from './chain.ts'

const most = 500
const second = 1_000
const minute = 60_000
const hour = 3_600_000

type Sealing = Omit<Pace, 'every'> & {
  database: JobDatabase
  /** Milliseconds until the first head is noted: by then a start has said its address, which stays the last line of it. */
  firstHead?: number
}

/** Seals what was appended, every second, and notes the chain's head in the log every hour: a chain that was cut off leads no more to a head noted before. */
export function keepSealing({ database, log, signal, firstHead = minute }: Sealing): void {
  const sealing = steadily('sealing the audit', sealAll, { every: second, log, signal })
  const noting = setTimeout(() => steadily('noting the head of the audit', noteHead, { every: hour, log, signal }), firstHead)
  signal?.addEventListener('abort', () => clearTimeout(noting), { once: true })

  async function sealAll(): Promise<void> {
    if ((await seal(database)) === most) sealing.now()
  }
  async function noteHead(): Promise<void> {
    log.info({ head: headText(await database.read(head)) }, 'the head of the audit')
  }
}

/** Seals the next entries, and says how many; none while another node does it. */
export async function seal(database: JobDatabase): Promise<number> {
  return database.write(async (db) => {
    const turn = await sql<{ ours: boolean }>`select pg_try_advisory_xact_lock(hashtextextended('vivavoce audit', 0)) as ours`.execute(db)
    if (!turn.rows[0]?.ours) return 0
    const waiting = await db.selectFrom('audit.unsealed').select('entry_id').orderBy('entry_id').limit(most).execute()
    if (waiting.length === 0) return 0

    const [entries] = await db.all(entriesOf(waiting.map(({ entry_id }) => entry_id)))
    const { position, hash } = await head(db)
    const ids = entries.map(({ id }) => id)
    const positions = entries.map((_, count) => position + 1 + count)
    const hashes: Buffer[] = []
    for (const entry of entries) hashes.push(link(hashes.at(-1) ?? hash, entry))
    const inHex = hashes.map((hash) => hash.toString('hex'))
    await sql`insert into audit.seals (position, entry_id, hash) select position, entry_id, decode(hash, 'hex')
      from unnest(${positions}::bigint[], ${ids}::bigint[], ${inHex}::text[]) as seal (position, entry_id, hash)`.execute(db)
    await sql`delete from audit.unsealed where entry_id = any (${ids}::bigint[])`.execute(db)
    return entries.length
  })
}

const entriesOf = (ids: number[]) => ({ compile: () => CompiledQuery.raw(entriesById, [ids]) as CompiledQuery<Entry> })

async function head(db: Reader<'service_role'>): Promise<Head> {
  const [last] = await db.selectFrom('audit.seals').select(['position', 'hash']).orderBy('position', 'desc').limit(1).execute()
  return last ?? { position: 0, hash: origin }
}
