import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import pg from 'pg'
import { configure } from '#platform/configuration/environment.ts'
import { keysOf } from '#platform/configuration/keys.ts'
import { runningPostgres } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { alive, familyOf, startProgram, temporaryFolder, until, type Program } from './processes.ts'
import { tokenFor } from './server.ts'

const node = process.execPath

describe('Whatever is killed, nothing is left behind and nothing acknowledged is lost', () => {
  const env = { DATA_DIR: temporaryFolder(), PORT: '0', LOG_LEVEL: 'fatal' } // one after the other, for making a database takes seconds

  test('kill -9 of npm: the server and its database end by themselves, and the next start works', async () => {
    const npm = startProgram('npm', ['start'], env)
    await npm.address
    const family = familyOf(npm.pid)
    assert.ok(family.length >= 5, 'npm, its shell or our bootstrap, the server, the database and its workers')
    npm.process.kill('SIGKILL')
    await until(() => !family.some(alive), 90, `all of ${family.join()} are gone`)
    await startsAndEnds(env)
  })

  test('kill -9 of the server, and of the bootstrap above it', async () => {
    for (const generation of [0, 1]) {
      const bootstrap = startProgram(node, ['scripts/bootstrap.mjs', 'app/main.ts'], env)
      await bootstrap.address
      const family = familyOf(bootstrap.pid)
      process.kill(family[generation]!, 'SIGKILL')
      await until(() => !family.some(alive), 90, 'everybody is gone')
    }
    await startsAndEnds(env)
  })

  test('SIGTERM and SIGINT end it in good order', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const server = startProgram(node, ['scripts/bootstrap.mjs', 'app/main.ts'], env)
      await server.address
      const family = familyOf(server.pid)
      server.process.kill(signal)
      const { code, err } = await server.ended
      assert.equal(code, 0, err)
      assert.ok(!family.some(alive))
    }
  })

  test('the database killed under a running server is back by itself, with each of 1,000 acknowledged writes, once', async () => {
    const server = startProgram(node, ['tests/sample/main.ts'], env)
    const { acknowledged, longestGap } = await writeWhile(server, env.DATA_DIR, { until: 1_000, killAt: [300, 600] })
    assert.ok(longestGap < 10_000, `no write for ${longestGap} ms`)
    const kept = await titlesIn(env.DATA_DIR)
    assert.deepEqual(
      [...acknowledged].filter((title) => kept.get(title) !== 1),
      [],
      'acknowledged, but not there exactly once',
    )
    server.process.kill('SIGTERM')
    assert.equal((await server.ended).code, 0)
  })

  test('the server killed in the middle of writes loses none either', async () => {
    const first = startProgram(node, ['tests/sample/main.ts'], env)
    await first.address
    const before = (await titlesIn(env.DATA_DIR)).size
    const writing = writeWhile(first, env.DATA_DIR, { until: Number.POSITIVE_INFINITY, killAt: [] })
    await until(async () => (await titlesIn(env.DATA_DIR).catch(() => new Map())).size > before + 200, 60, '200 writes')
    first.process.kill('SIGKILL')
    const { acknowledged } = await writing
    const second = startProgram(node, ['tests/sample/main.ts'], env)
    await second.address
    const kept = await titlesIn(env.DATA_DIR)
    assert.ok(acknowledged.size > 100)
    assert.deepEqual(
      [...acknowledged].filter((title) => kept.get(title) !== 1),
      [],
    )
    second.process.kill('SIGTERM')
    await second.ended
  })
})

async function startsAndEnds(env: Record<string, string>): Promise<void> {
  const server = startProgram(node, ['app/main.ts'], env)
  assert.equal((await fetch(`${await server.address}/readyz`)).status, 200)
  server.process.kill('SIGTERM')
  assert.equal((await server.ended).code, 0)
}

type Plan = { until: number; killAt: number[] }

// Eight people, each with a key for each write, who try again until they are answered, or until the server is gone.
async function writeWhile(server: Program, dataDir: string, { until: enough, killAt }: Plan) {
  const address = await server.address
  const acknowledged = new Set<string>()
  const kills = [...killAt]
  let last = performance.now()
  let longestGap = 0

  const write = async (token: string, title: string): Promise<void> => {
    for (;;) {
      const answer = await fetch(`${address}/api/sample/notes`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': title },
        body: JSON.stringify({ title }),
      })
      if (answer.status === 503 || answer.status === 429) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        continue
      }
      assert.equal(answer.status, 200, await answer.text())
      acknowledged.add(title)
      longestGap = Math.max(longestGap, performance.now() - last)
      last = performance.now()
      if (acknowledged.size >= (kills[0] ?? Number.POSITIVE_INFINITY)) {
        kills.shift()
        process.kill(await postmasterOf(dataDir), 'SIGKILL')
      }
      return
    }
  }
  const writer = async () => {
    const token = await somebody(dataDir)
    while (acknowledged.size < enough) await write(token, randomUUID())
  }
  const writers = await Promise.allSettled(Array.from({ length: 8 }, writer))
  const failed = writers.find(({ status }) => status === 'rejected')
  if (failed && Number.isFinite(enough)) throw (failed as PromiseRejectedResult).reason
  return { acknowledged, longestGap }
}

async function withOwner<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const socket = await runningPostgres(clusterIn(dataDir))
  const client = new pg.Client({ connectionString: `postgres://vivavoce@localhost/vivavoce?host=${socket}` })
  client.on('error', () => {}) // the test kills it on purpose; the query under way tells
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function somebody(dataDir: string): Promise<string> {
  const id = randomUUID()
  await withOwner(dataDir, (client) => client.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@example.test`]))
  return tokenFor(keysOf(configure({ DATA_DIR: dataDir })), id)
}

const titlesIn = (dataDir: string) =>
  withOwner(dataDir, async (client) => {
    const { rows } = await client.query<{ title: string; n: number }>('select title, count(*)::int as n from sample.notes group by title')
    return new Map(rows.map(({ title, n }) => [title, n]))
  })

const postmasterOf = (dataDir: string) =>
  withOwner(dataDir, async (client) => {
    const { rows } = await client.query<{ pid: string }>(`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`)
    return Number(rows[0]!.pid)
  })
