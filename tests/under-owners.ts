import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { Client } from 'pg'
import { root } from '#platform/configuration/environment.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'
import { openQueue } from '#platform/jobs/queue.ts'
import { logger } from '#platform/operations/log.ts'
import { asSuperuser, type Cluster, sampleFolder, startTestCluster, template } from './cluster.ts'
import { clear, databaseOf, type Owner } from './owners.ts'
import { findings, readWritten } from './rules.ts'

const written = await readWritten()
const folders = [...migrationFolders(), sampleFolder]

/** Whoever owns the database: the rules find nothing, all is as the seeds say, and all policies hold. */
export function underOwners(major: 15 | 18, owners: readonly Owner[]): void {
  test(`on PostgreSQL ${major}`, async (t) => {
    const cluster = await startTestCluster(major)
    t.after(() => cluster.stop())
    for (const owner of owners)
      await t.test(`under the owner "${owner}"`, async (t) => {
        const { url, worker } = await databaseOf(owner, cluster)
        t.after(() => clear(cluster))
        await migrate({ url, folders, say: () => {} })
        await fillPgboss(worker)
        await t.test('the rules find nothing', async () => assert.deepEqual(await found(url), []))
        await t.test('the policies hold', async () => {
          await asSuperuser(cluster.url('vivavoce', 'postgres'), `alter database ${nameIn(url)} rename to ${template}`)
          // What matters to the matrix and the leaks is who owns the tables: the two who may least are enough.
          const whole = owner === 'plain' || owner === 'hosted'
          await policyTests(cluster, whole ? 'tests/{conformance,matrix,leaks}.test.ts' : 'tests/conformance.test.ts')
        })
      })
  })
}

// pg-boss makes its tables when it starts, so there are none to find fault with before.
async function fillPgboss(url: string): Promise<void> {
  const queue = await openQueue({ url, log: logger('silent'), cronSeconds: 30 })
  await queue.close()
}

// Every file of policy tests and what is proven of all tables at once, lent this cluster with its owner's template, in a process of their own.
async function policyTests(cluster: Cluster, ofAllTables: string): Promise<void> {
  const files = globSync(['{platform,domains}/*/tests/{policies,isolation}.test.ts', 'tests/sample/policies.test.ts', ofAllTables], {
    cwd: root,
  })
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(process.execPath, ['--test', '--test-isolation=none', '--test-force-exit', '--test-reporter=spec', ...files], {
    cwd: root,
    env: { ...env, VIVAVOCE_TEST_SOCKET: cluster.socket },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, code] = await Promise.all([text(child.stdout), new Promise((done) => child.on('close', done))])
  assert.equal(code, 0, said)
}

const nameIn = (url: string) => path.basename(new URL(url).pathname)

/** What the rules find in a database, asked as this owner. */
export async function found(url: string): Promise<string[]> {
  return asOwner(url, async (owner) => (await findings(owner, written)).map(({ says }) => says))
}

export async function asOwner<T>(url: string, work: (owner: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
