import pg from 'pg'
import { theServer } from '#platform/identity/the-server.ts'
import type { Configuration } from '#platform/configuration/environment.ts'
import type { Database } from '#platform/database/acting.ts'
import { endAll } from '#platform/identity/ending.ts'
import type { Part } from '#platform/part.ts'
import { cast, everybody } from './cast.ts'
import { mayHaveDemo } from './here.ts'
import { openAccounts } from './shares/accounts.ts'

export type Waking = { configuration: Configuration; owner: string; database: Database; parts: readonly Part[] }

/** At each start. True if the demo world was made just now. */
export async function wakeDemo({ configuration, owner, database, parts }: Waking): Promise<boolean> {
  if (!mayHaveDemo(configuration)) {
    await signCastOut(database)
    return false
  }
  return configuration.databaseUrl === undefined && loadDemo(owner, parts)
}

/** The demo world as a whole or not at all, where nobody has an account yet. As the owner: what it tells lies in the past, and in tables in which people write only by functions. */
export async function loadDemo(owner: string, parts: readonly Part[], now = new Date()): Promise<boolean> {
  const client = new pg.Client({ connectionString: owner, application_name: 'vivavoce demo' })
  await client.connect()
  try {
    await client.query('begin')
    const { rowCount } = await client.query(
      'insert into demo.worlds (loaded_at) select $1 where not exists (select from auth.users) on conflict do nothing',
      [now],
    )
    if (rowCount === 0) return false
    await openAccounts(client, everybody, now)
    for (const { demo } of parts) await demo?.(client, cast, now)
    await client.query('commit')
    return true
  } finally {
    await client.end()
  }
}

// A server that others can reach may stand on data that once were somebody's own: whoever entered then is let in no longer.
async function signCastOut(database: Database): Promise<void> {
  await database.write(theServer, async (db) => {
    const [world] = await db.selectFrom('demo.worlds').select('loaded_at').where('left_at', 'is', null).execute()
    if (!world) return
    for (const { id } of everybody) await endAll(db, id)
  })
}
