import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '#tests/database.ts'
import { someone } from '#tests/database.ts'
import { tokenFor, type TestServer } from '#tests/server.ts'

const hour = 3_600_000

export type Planned = { id: string; kind: string; title: string; state: string; with: { name: string; zone?: string }[]; starts_at: string }
/** What answers say, of which each has some. */
export type Body = {
  code: string
  url: string
  feed: { url: string; made_at: string; fetched_at: string | null }
  items: Planned[]
  next: Planned[]
  waiting: Planned[]
  free: boolean
  in_the_way: Planned[]
  others_are_free: boolean | null
}

/** Two who plan: as functions of domains do, for the owner alone. */
export function planning(db: TestDatabase) {
  const span = (inHours: number, long = 1) => {
    const from = Date.now() + inHours * hour
    return `[${new Date(from).toISOString()},${new Date(from + long * hour).toISOString()})`
  }
  return {
    span,
    async plan(persons: string[], inHours: number, { kind = 'practice.session', held = null as Date | null, meeting = randomUUID() } = {}) {
      await db.sql(`select private.claim($1, $2, $3, $4, '{}', $5)`, [meeting, kind, span(inHours), persons, held])
      return meeting
    },
    /** The same hour again, for one who comes (back). */
    join: (meeting: string, persons: string[]) =>
      db.sql(`select private.claim(m.id, m.kind, m.during, $2, '{}') from scheduling.meetings m where m.id = $1`, [meeting, persons]),
    move: (meeting: string, inHours: number) => db.sql(`select private.move($1, $2, '{}', '{}')`, [meeting, span(inHours)]),
    release: (meeting: string, persons: string[] | null = null) => db.sql('select private.release($1, $2)', [meeting, persons]),
  }
}

/** Somebody with an account, in a zone, who calls by a token. */
export async function caller(server: TestServer, name: string, zone: string | null = 'Europe/London') {
  const { id, acting } = await someone(server.db, name)
  await server.db.sql(`update identity.accounts set zone = $2 where user_id = $1`, [id, zone])
  const token = await tokenFor(server.keys, id)
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${server.address}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
  return { id, acting, call }
}
