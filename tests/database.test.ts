import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { Client } from 'pg'
import { root } from '#platform/configuration/environment.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'
import { shimFolder } from '#platform/database/shim.ts'
import { openQueue } from '#platform/jobs/queue.ts'
import { logger } from '#platform/operations/log.ts'
import { asSuperuser, type Cluster, sampleFolder, startTestCluster, template } from './cluster.ts'
import { freshDatabase } from './database.ts'
import { clear, databaseOf, owners } from './owners.ts'
import { findings, readWritten, rules, writtenIn } from './rules.ts'
import { faults, misspoken } from './rules/faults.ts'
import { findingsIn, textFindings } from './rules/text.ts'

const written = await readWritten()
const folders = [...migrationFolders(), sampleFolder]

// Whoever owns the database, and on the oldest and the newest PostgreSQL: the rules find nothing, and all policies hold.
describe('under every owner:', { concurrency: 2 }, () => {
  for (const major of [18, 15] as const)
    test(`on PostgreSQL ${major}`, async (t) => {
      const cluster = await startTestCluster(major)
      t.after(() => cluster.stop())
      for (const owner of owners)
        await t.test(`and the owner "${owner}"`, async (t) => {
          const { url, worker } = await databaseOf(owner, cluster)
          t.after(() => clear(cluster))
          await migrate({ url, folders, say: () => {} })
          await fillPgboss(worker)
          await t.test('the rules find nothing', async () => assert.deepEqual(await found(url), []))
          await t.test('the policies hold', async () => {
            await asSuperuser(cluster.url('vivavoce', 'postgres'), `alter database ${nameIn(url)} rename to ${template}`)
            await policyTests(cluster)
          })
        })
    })
})

// pg-boss makes its tables when it starts, so there are none to find fault with before.
async function fillPgboss(url: string): Promise<void> {
  const queue = await openQueue({ url, log: logger('silent'), cronSeconds: 30 })
  await queue.close()
}

// Every file of policy tests, lent this cluster with its owner's template, in a process of their own.
async function policyTests(cluster: Cluster): Promise<void> {
  const files = globSync(['{platform,domains}/*/tests/{policies,isolation}.test.ts', 'tests/sample/policies.test.ts'], { cwd: root })
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

async function found(url: string): Promise<string[]> {
  return asOwner(url, async (owner) => (await findings(owner, written)).map(({ says }) => says))
}

async function asOwner<T>(url: string, work: (owner: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

test('the migrations are written for PostgreSQL 15, and grant by name', () => {
  assert.deepEqual(textFindings([path.join(root, 'platform/database'), shimFolder, ...folders]), [])
})

// A rule that never finds anything proves nothing: so each is broken once, and must say so in these words and no others.
describe('the rules find what is planted:', async () => {
  const { url } = await freshDatabase()
  const before = await found(url())
  const bitten = new Set<string>()

  for (const { fault, sql, rules = {}, says } of faults)
    test(fault, () =>
      asOwner(url(), async (owner) => {
        await owner.query('begin')
        await owner.query(sql)
        const all = await findings(owner, new Map([...written, ...writtenIn('its/rules.ts', rules)]))
        const planted = all.filter(({ says }) => !before.includes(says))
        assert.deepEqual(
          planted.map(({ says }) => says),
          [says].flat(),
        )
        for (const { rule } of planted) bitten.add(rule)
      }),
    )

  test('nothing where nothing is planted', async () => assert.deepEqual(await found(url()), []))

  test('and so each rule has found something', () => {
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !bitten.has(name)),
      [],
    )
  })
})

describe('the migrations may not say', () => {
  for (const [sql, says] of misspoken)
    test(sql, () => assert.deepEqual(findingsIn(`-- uuidv7() in a comment\n${sql};`, 'x.sql'), [`x.sql, line 2: ${says}`]))
})
