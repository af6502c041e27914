import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#platform/database/acting.ts'
import { theServer } from '#platform/identity/the-server.ts'
import { steadily, type Steady } from '#platform/jobs/steadily.ts'
import type { Logger } from '#platform/operations/log.ts'
import { openLine, type Line } from './line.ts'

/** An event as it was read; its body as the text that will be sent. */
export type Heard = { topic: string; seq: number; kind: string; body: string; acl: number; at: string }

// How nodes hear what happens on this one and on others. The database is the only one today; when another takes over stands in
// docs/decisions/0016-the-database-is-the-bus.md.
export type Bus = {
  /** This node, among others on the same database. */
  node: string
  /** Something was committed here that others may wait for. */
  wake(): void
  /** To the other nodes: kept nowhere, and may be lost. */
  say(words: unknown): void
  /** From now on everything that becomes visible, in order, the next only when the last was passed on. Resolves to the epoch. */
  start(hearing: Hearing): Promise<string>
  stop(): Promise<void>
}
export type Hearing = { events(heard: Heard[]): Promise<void>; words(words: unknown): void }

const poll = 500 // what a lost wake-up costs

export function databaseBus({ database, url, log }: { database: Pick<Database, 'read'>; url: string; log: Logger }): Bus {
  const node = randomUUID()
  const ending = new AbortController()
  let seen = ''
  let reading: Steady | undefined
  let line: Line | undefined

  return {
    node,
    wake: () => line?.wake(),
    say: (words) => line?.say(words),

    async start(hearing) {
      const [now] = await database.read(theServer, (db) =>
        db
          .selectFrom('live.epochs')
          .select(['id', sql<string>`pg_current_snapshot()::text`.as('seen')])
          .execute(),
      )
      seen = now!.seen
      const readOn = async () => {
        const rows = await newSince(database, seen)
        const heard = rows.filter((row): row is Found & Heard => row.topic !== null)
        if (heard.length > 0) await hearing.events(heard)
        seen = rows[0]!.seen // not before: what failed to be passed on is read again, and whoever had it skips it
      }
      reading = steadily('reading events', readOn, { every: poll, longestPause: poll, log, signal: ending.signal })
      line = openLine({ url, node, log, onWake: () => reading?.now(), onWords: hearing.words })
      return now!.id
    },

    async stop() {
      ending.abort()
      await Promise.all([reading?.ended, line?.stop()])
    },
  }
}

type Found = { seen: string } & { [K in keyof Heard]: Heard[K] | null }

// What this snapshot sees and the last one did not, each event exactly once, however long its transaction took. The first condition
// is for the index, the second is exact.
async function newSince(database: Pick<Database, 'read'>, seen: string): Promise<Found[]> {
  const { rows } = await database.read(theServer, (db) =>
    sql<Found>`select pg_current_snapshot()::text as seen, e.*
    from (values (1)) as one left join lateral (
      select topic_id as topic, seq, kind, body::text as body, acl_version as acl, at from live.events
      where tx >= pg_snapshot_xmin(${seen}::pg_snapshot) and not pg_visible_in_snapshot(tx, ${seen}::pg_snapshot)
      order by topic_id, seq
    ) e on true`.execute(db),
  )
  return rows
}

/** The same database; whoever waits for what it commits is woken. */
export const wakingAfterWrites = ({ read, write }: Database, wake: () => void): Database => ({
  read,
  async write(...deed) {
    const result = await write(...deed)
    wake()
    return result
  },
})
