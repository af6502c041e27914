import pg from 'pg'
import type { Part } from '#platform/part.ts'

export type Loaded = Record<'made' | 'updated' | 'same' | 'kept', number>

/** The content of all parts, brought in or up to date as a whole or not at all. Two at once follow each other. */
export async function loadContent(owner: string, parts: readonly Part[]): Promise<Loaded> {
  return asOwner(owner, (client) => ship(client, parts))
}

/** At each start of the embedded database: as long as nobody has an account, nobody has changed anything, and an update of Vivavoce brings its content with it. Later `npm run content` does, when its operator says so. */
export async function contentAtFirst(owner: string, parts: readonly Part[]): Promise<void> {
  await asOwner(owner, async (client) => {
    const { rowCount } = await client.query('select from auth.users limit 1')
    if (rowCount === 0) await ship(client, parts)
  })
}

async function ship(client: pg.Client, parts: readonly Part[]): Promise<Loaded> {
  const loaded: Loaded = { made: 0, updated: 0, same: 0, kept: 0 }
  await client.query(`select pg_advisory_xact_lock(hashtext('vivavoce content'))`)
  for (const { content } of parts) {
    const more = await content?.(client)
    if (more) for (const what of ['made', 'updated', 'same', 'kept'] as const) loaded[what] += more[what]
  }
  return loaded
}

async function asOwner<T>(owner: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: owner, application_name: 'vivavoce content' })
  await client.connect()
  try {
    await client.query('begin')
    const done = await work(client)
    await client.query('commit')
    return done
  } finally {
    await client.end()
  }
}
