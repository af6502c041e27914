import type { Pools } from '#platform/database/connections.ts'
import { pending } from '#platform/database/migrate.ts'
import type { Ready } from '#platform/operations/health.ts'

// Anybody may ask, and as often as they like: the database is asked once a second at most.
const rest = 1_000

/** Ready: the database answers, and is where this version wants it (with MIGRATE=0 another node may still be at it). */
export function readiness(pools: Pools, folders: string[]): Ready {
  let last: { at: number; answer: ReturnType<Ready> } | undefined
  return () => {
    if (!last || performance.now() - last.at > rest) last = { at: performance.now(), answer: look() }
    return last.answer
  }

  async function look(): ReturnType<Ready> {
    try {
      await pools.app.query('select 1')
      const missing = await missingSteps(pools, folders)
      return missing === 0 ? { ready: true } : { ready: false, because: `${missing} steps of migration are not applied yet` }
    } catch (error) {
      return { ready: false, because: `the database cannot be reached (${(error as { code?: string }).code ?? 'no answer'})` }
    }
  }
}

export async function missingSteps(pools: Pools, folders: string[]): Promise<number> {
  const client = await pools.worker.connect()
  let failed = true
  try {
    await client.query('begin read only; set local role service_role')
    const missing = await pending(client, folders)
    await client.query('commit')
    failed = false
    return missing
  } finally {
    client.release(failed)
  }
}
