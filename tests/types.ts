import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { root } from '#platform/configuration/environment.ts'
import { printTypes } from '#platform/database/print.ts'
import { makeTemplate, startTestCluster, template, type Cluster } from './cluster.ts'

/** The `tables.gen.ts` files that are not what this version's migrations and grants say; written anew if asked. */
export async function staleTypes(cluster: Cluster, { write }: { write: boolean }): Promise<string[]> {
  const client = new pg.Client({ connectionString: cluster.url('vivavoce', template) })
  await client.connect()
  try {
    const stale: string[] = []
    for (const [schema, text] of await printTypes(client)) {
      const file = path.join(root, fileOf(schema))
      if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
      stale.push(path.relative(root, file))
      if (write) writeFileSync(file, text)
    }
    return stale
  } finally {
    await client.end()
  }
}

export async function printTypesOfThisVersion({ write }: { write: boolean }): Promise<string[]> {
  const cluster = await startTestCluster()
  try {
    await makeTemplate(cluster)
    return await staleTypes(cluster, { write })
  } finally {
    await cluster.stop()
  }
}

// A schema's types stand in the folder of its name; what all policies share, and GoTrue's, with the organ that uses them.
const special: Record<string, string> = {
  private: 'platform/database/tables.gen.ts',
  auth: 'platform/identity/auth.gen.ts',
  sample: 'tests/sample/tables.gen.ts',
}

function fileOf(schema: string): string {
  if (special[schema]) return special[schema]
  const folder = ['platform', 'domains'].map((above) => `${above}/${schema}`).find((candidate) => existsSync(path.join(root, candidate)))
  if (!folder) throw new Error(`no folder bears the name of the schema ${schema}`)
  return `${folder}/tables.gen.ts`
}
