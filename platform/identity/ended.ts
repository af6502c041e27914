import { sql } from 'kysely'
import type { Database } from '#platform/database/acting.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import { theServer } from './the-server.ts'

// An access token is remembered until it expires; its session may end before that, its person be suspended. Asking about
// every session every few seconds would cost a query per person; instead each node asks once a second for whatever
// ended, in one small query, and only while somebody is asking anything at all. It holds on every node, because each one reads
// the same table. If the database does not answer for longer than that, nobody is let in on what was remembered.
export type Ended = {
  /** Lets the asker in, unless the session has ended or the person is shut out. */
  admit<A>(token: Token, asker: A): A | Promise<A>
  /** For whoever holds a line open: after a look, says whether it must end. */
  look(): Promise<void>
  isOver(token: Token): boolean
}
export type Token = { session: unknown; person: string }

const often = 1_000
const stale = 4_000 // with the query's own time, below the five seconds that are promised
const tokenLasts = '61 minutes'

export function ended(database: Database): Ended {
  const sessions = new Map<string, number>()
  let people = new Set<string>()
  let everLooked = false
  let lookedAt = -Infinity
  let looking: Promise<void> | undefined

  async function read(): Promise<void> {
    const began = performance.now()
    // Not from the last one on: a transaction that began earlier may commit later. None lasts for a minute.
    const from = everLooked ? '1 minute' : tokenLasts
    const [over, shutOut] = await database.read(theServer, (db) =>
      db.all(
        db
          .selectFrom('identity.ended_sessions')
          .select(['session_id', 'ended_at'])
          .where('ended_at', '>', sql<string>`clock_timestamp() - ${from}::interval`),
        db
          .selectFrom('identity.accounts')
          .select((the) => the.ref('user_id').as('id'))
          .where('suspended_at', 'is not', null)
          .unionAll((db) => db.selectFrom('auth.users').select('id').where('banned_until', '>', sql<string>`now()`)),
      ),
    )
    for (const { session_id, ended_at } of over) sessions.set(session_id, Date.parse(ended_at))
    people = new Set(shutOut.map(({ id }) => id))
    const longAgo = Date.now() - 2 * 3_600_000
    for (const [id, at] of sessions) if (at < longAgo) sessions.delete(id)
    everLooked = true
    lookedAt = began
  }

  const look = () => (looking ??= read().finally(() => (looking = undefined)))

  const isOver = ({ session, person }: Token) => people.has(person) || (typeof session === 'string' && sessions.has(session))
  const admitted = <A>(token: Token, asker: A): A => {
    if (isOver(token)) throw new ProblemError('token_not_accepted')
    return asker
  }

  return {
    look,
    isOver,
    admit(token, asker) {
      const age = performance.now() - lookedAt
      if (age > stale) return look().then(() => admitted(token, asker))
      if (age > often) look().catch(() => {}) // whoever asks when this is stale waits for a look of their own, and hears of it
      return admitted(token, asker)
    },
  }
}
