import { sql, type QueryExecutorProvider, type RawBuilder } from 'kysely'
import type { JobDatabase } from '#platform/jobs/job.ts'
import { steadily, type Pace } from '#platform/jobs/steadily.ts'
import { entryColumns, headText, link, origin, type Entry, type Head } from './chain.ts'

const most = 500
const second = 1_000
const hour = 3_600_000

/** Seals what was appended, every second, and notes the chain's head in the log every hour: a chain that was cut off leads no more to a head noted before. */
export function keepSealing({ database, log, signal }: Omit<Pace, 'every'> & { database: JobDatabase }): void {
  const sealing = steadily('sealing the audit', sealAll, { every: second, log, signal })
  steadily('noting the head of the audit', noteHead, { every: hour, log, signal })

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
    const [turn] = await rows(sql<{ ours: boolean }>`select pg_try_advisory_xact_lock(hashtextextended('vivavoce audit', 0)) as ours`, db)
    if (!turn?.ours) return 0
    const entries = await rows(
      sql<Entry>`select ${sql.raw(entryColumns)} from audit.unsealed u join audit.entries e on e.id = u.entry_id order by e.id limit ${most}`,
      db,
    )
    if (entries.length === 0) return 0

    const { position, hash } = await head(db)
    const positions = entries.map((_, count) => position + 1 + count)
    const hashes: Buffer[] = []
    for (const entry of entries) hashes.push(link(hashes.at(-1) ?? hash, entry))
    const ids = entries.map(({ id }) => id)
    await rows(
      sql`insert into audit.seals (position, entry_id, hash) select position, entry_id, decode(hash, 'hex')
        from unnest(${positions}::bigint[], ${ids}::bigint[], ${hashes.map((hash) => hash.toString('hex'))}::text[]) as seal (position, entry_id, hash)`,
      db,
    )
    await rows(sql`delete from audit.unsealed where entry_id = any (${ids}::bigint[])`, db)
    return entries.length
  })
}

async function head(db: QueryExecutorProvider): Promise<Head> {
  const [last] = await rows(sql<Head>`select position, hash from audit.seals order by position desc limit 1`, db)
  return last ?? { position: 0, hash: origin }
}

const rows = async <Row>(query: RawBuilder<Row>, db: QueryExecutorProvider): Promise<Row[]> => (await query.execute(db)).rows
