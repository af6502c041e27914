import pg from 'pg'
import type { Database } from '#platform/database/acting.ts'
import { eraseJob } from '#platform/identity/leaving/erase.ts'
import type { PersonHooks } from '#platform/identity/person-hooks.ts'
import { theServer } from '#platform/identity/the-server.ts'
import type { JobConfiguration, JobDatabase } from '#platform/jobs/job.ts'
import type { Logger } from '#platform/operations/log.ts'
import { everybody } from './cast.ts'

export type Leaving = { owner: string; database: Database; people: readonly PersonHooks[]; configuration: JobConfiguration; log: Logger }

/** Ends the demo world for good; false if there is none. Its people are erased as any person is; killed on the way, it goes on where it stopped. */
export async function leaveDemo({ owner, database, people, configuration, log }: Leaving): Promise<boolean> {
  const client = new pg.Client({ connectionString: owner, application_name: 'vivavoce demo' })
  await client.connect()
  try {
    if (!(await isThere(client))) return false
    const erase = eraseJob(() => people)
    const serving: JobDatabase = { read: (run) => database.read(theServer, run), write: (run) => database.write(theServer, run) }
    for (const deletion of await beginToErase(client))
      await erase.run({ data: { deletion }, database: serving, configuration, signal: new AbortController().signal, log })
    await forgetWorld(client)
    return true
  } finally {
    await client.end()
  }
}

const ids = everybody.map(({ id }) => id)

async function isThere(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ migrated: boolean }>(`select to_regclass('demo.worlds') is not null as migrated`)
  if (!rows[0]?.migrated) return false
  return (await client.query('select from demo.worlds where left_at is null')).rowCount === 1
}

// From here on nobody enters as any of them, in whatever browser.
async function beginToErase(client: pg.Client): Promise<string[]> {
  await client.query('begin')
  await client.query('delete from identity.admins where user_id = any ($1)', [ids])
  await client.query('select private.erase_for_operator(id) from auth.users where id = any ($1) and deleted_at is null', [ids])
  const { rows } = await client.query<{ id: string }>(
    'select id from identity.deletions where user_id = any ($1) and begun_at is not null and erased_at is null',
    [ids],
  )
  await client.query('commit')
  return rows.map(({ id }) => id)
}

// What they left among themselves has no other side that would miss it.
async function forgetWorld(client: pg.Client): Promise<void> {
  await client.query('begin')
  await client.query('delete from safety.reports where reporter_id = any ($1) and (reported_id is null or reported_id = any ($1))', [ids])
  await client.query('delete from identity.invitations where made_by = any ($1) and taken_at is null', [ids])
  await client.query('update demo.worlds set left_at = now()')
  await client.query('commit')
}
