import pg from 'pg'
import { after } from 'node:test'
import { freshDatabase, theServer, type TestDatabase } from '#tests/database.ts'
import type { JobDatabase } from '#platform/jobs/job.ts'
import { verify, type Verdict } from '../verify.ts'
import { seal } from '../seal.ts'
import type { Head } from '../chain.ts'

export type Scene = TestDatabase & {
  asServer: JobDatabase
  sealAll(): Promise<void>
  verified(noted?: Head): Promise<Verdict>
  /** As somebody would who has every right: with the triggers and foreign keys switched off. */
  tamper(...texts: string[]): Promise<void>
  /** Remembers the audit as it is, and gives back what brings that back. */
  keep(): Promise<() => Promise<void>>
}

export async function scene(): Promise<Scene> {
  const db = await freshDatabase()
  const owner = new pg.Client({ connectionString: db.url() })
  owner.on('error', () => {}) // the database is dropped at the end
  await owner.connect()
  after(() => owner.end())
  const asServer: JobDatabase = { read: (run) => db.database.read(theServer, run), write: (run) => db.database.write(theServer, run) }
  const tamper = async (...texts: string[]) => {
    await owner.query('set session_replication_role = replica')
    for (const text of texts) await owner.query(text)
    await owner.query('reset session_replication_role')
  }
  return {
    ...db,
    asServer,
    tamper,
    verified: (noted) => verify(owner, noted),
    async sealAll() {
      while ((await seal(asServer)) > 0);
    },
    async keep() {
      const tables = ['entries', 'seals', 'unsealed']
      await tamper(...tables.map((table) => `create table public.${table} as select * from audit.${table}`))
      return () =>
        tamper(
          'truncate audit.entries, audit.seals, audit.unsealed',
          ...tables.map((table) => `insert into audit.${table} overriding system value select * from public.${table}`),
        )
    },
  }
}
