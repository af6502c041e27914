import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { configure } from '#platform/configuration/environment.ts'
import type { Running } from '#platform/jobs/job.ts'
import { logger } from '#platform/operations/log.ts'
import { someone, theServer, type Known, type TestDatabase } from '#tests/database.ts'

// A key for tests alone.
export const vapid = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI', // RFC 7515, A.3.1
} as const

/** Somebody who is signed in in a browser, as the database is told that it is they who ask. */
export async function someoneInABrowser(db: TestDatabase, name = 'somebody'): Promise<Browsing> {
  const { id } = await someone(db, name)
  return { id, ...(await signedIn(db, id)) }
}
export type Browsing = { id: string; session: string; acting: Known<'authenticated'> }

/** One more browser of theirs. */
export async function signedIn(db: TestDatabase, id: string): Promise<Omit<Browsing, 'id'>> {
  const session = randomUUID()
  await db.sql(
    `insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent) values ($1, $2, now(), now(), 'aal1', 'Firefox/140.0')`,
    [session, id],
  )
  await letIn(db, id, session)
  return { session, acting: { role: 'authenticated', claims: JSON.stringify({ sub: id, role: 'authenticated', session_id: session }) } }
}

export const letIn = (db: TestDatabase, id: string, session: string) =>
  db.sql(
    `insert into identity.browser_sessions (token_hash, session_id, user_id, expires_at) values ($1, $2, $3, now() + interval '90 days')`,
    [randomBytes(32), session, id],
  )

/** Subscribed as a person does it. */
export const subscribe = (db: TestDatabase, { acting }: Pick<Browsing, 'acting'>, endpoint: string) =>
  db.database.write(acting, (tx) => tx.call('private.subscribe', { endpoint }))

export type Subscription = { id: string; endpoint: string; failures: number; last_ok_at: string | null }
export const subscriptionsOf = (db: TestDatabase, id: string) =>
  db.sql<Subscription>('select id, endpoint, failures, last_ok_at from push.subscriptions where person_id = $1 order by made_at', [id])

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-keys-'))
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true })) // other files of this process need it, too
export const configuration = configure({
  DATA_DIR: dataDir,
  VAPID_KEY: JSON.stringify(vapid),
  VAPID_SUBJECT: 'mailto:operator@example.test',
  PUBLIC_URL: 'https://vivavoce.test',
})

/** What a job is given, with a log to read. */
export function runningOn<D>(db: TestDatabase, data: D, log: string[] = []) {
  return {
    data,
    database: {
      read: (run: never) => db.database.read(theServer, run),
      write: (run: never) => db.database.write(theServer, run),
    } as unknown as Running['database'],
    configuration,
    signal: new AbortController().signal,
    log: logger('info', { write: (line) => void log.push(line) }),
  }
}

/** What is queued, and from when on. */
export const queued = (db: TestDatabase, name: string) =>
  db.sql<{ data: Record<string, string>; start_after: string | null; once: string | null }>(
    'select data, start_after, once from jobs.queued where name = $1 order by id',
    [name],
  )
