import { randomUUID } from 'node:crypto'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { configure, root } from '#platform/configuration/environment.ts'
import { keysOf } from '#platform/configuration/keys.ts'
import { tokenFor } from '#tests/server.ts'
import { median } from './figures.ts'
import type { Row } from './server.ts'
import type { World } from './world.ts'

// What people wait for before they sit down with each other, through the whole server: beside a read that asks the database for `select 1`
// by the same way, in turns.
const rounds = 7
const seconds = 2
const connections = 4
const people = 4_000 // each asks less often than the limit of the list

export async function measurePractice(world: World): Promise<Row[]> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-bench-'))
  const server = await start(world, dataDir)
  try {
    const tokens = await signedIn(world, dataDir)
    const asked = (paths: string[]) => tokens.map((token, n) => request(paths[n % paths.length]!, token))
    const least = asked(['/api/sample/one'])
    const times = async (paths: string[]) => {
      const [mine, limit] = [asked(paths), least]
      await answered(server.port, mine)
      await answered(server.port, limit)
      const ratios: number[] = []
      for (let round = 0; round < rounds; round++) ratios.push((await answered(server.port, limit)) / (await answered(server.port, mine)))
      return `${median(ratios).toFixed(1)} ×`
    }
    return [
      [
        'first page of open seats, of 100,000 and more',
        await times(['/api/practice/offers']),
        '≤ 4 ×',
        'a batch with `select 1` by the same way',
      ],
      ['the same for whoever looks as a stranger does', await times(['/api/practice/open-seats']), '≤ 4 ×', 'the same'],
      [
        'searching 5,000 cases, letter by letter',
        await times(typed.map((search) => `/api/practice/cases?search=${search}`)),
        '≤ 12 ×',
        'the same',
      ],
    ]
  } finally {
    server.process.kill('SIGTERM')
    await once(server.process, 'exit')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

// What stands in the field while somebody types, of words that many, few and no cases have.
const typed = ['worried letter', 'restless choir', 'no breath', 'second opinion', 'zebra'].flatMap((words) =>
  Array.from({ length: words.length }, (_, end) => encodeURIComponent(words.slice(0, end + 1))),
)

async function start(world: World, dataDir: string): Promise<{ process: ChildProcess; port: number }> {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'warn',
    DEMO: '0',
    DATABASE_URL: world.url(),
    APP_DATABASE_URL: world.url('vivavoce_app'),
    WORKER_DATABASE_URL: world.url('vivavoce_worker'),
  }
  const child = spawn(process.execPath, [path.join(root, 'tests/sample/main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^http:\/\/localhost:(\d+)$/.exec(line)?.[1]
    if (port) return { process: child, port: Number(port) }
  }
  throw new Error('the server did not start')
}

async function signedIn(world: World, dataDir: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: world.url() })
  await owner.connect()
  const { rows } = await owner.query<{ id: string }>(`select user_id as id from practice.profiles order by user_id limit ${people}`)
  await owner.end()
  const keys = keysOf(configure({ DATA_DIR: dataDir }))
  return Promise.all(rows.map(({ id }) => tokenFor(keys, id, { session_id: randomUUID() })))
}

const request = (url: string, token: string) => `GET ${url} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`

/** Answers a second. */
async function answered(port: number, requests: string[]): Promise<number> {
  const load = spawn(process.execPath, [path.join(root, 'tests/bench/load.ts'), `${port}`, `${connections}`, `${seconds}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  load.stdin.end(requests.map((one) => JSON.stringify(one)).join('\n'))
  const said = JSON.parse((await Array.fromAsync(load.stdout)).join('')) as {
    answered: number
    refused: number
    because: string
    seconds: number
  }
  if (said.refused > 0) throw new Error(`${said.refused} requests were refused, so the figures would lie: ${said.because}`)
  return said.answered / said.seconds
}
