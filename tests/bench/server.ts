import { randomUUID } from 'node:crypto'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { configure, root } from '#platform/configuration/environment.ts'
import { keysOf, type Keys } from '#platform/configuration/keys.ts'
import { runningPostgres } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { cpuOf, median, memoryOf } from './figures.ts'
import { giveCookies, givePasswords, giveRefreshTokens, password } from './people.ts'
import { uploads } from './uploads.ts'
import { tokenFor } from '#tests/server.ts'

// The whole server with the sample's operations, over HTTP. Rounds of it and of what limits it take turns, and the median of the
// rounds' ratios counts.
const concurrency = 32
const rounds = 7
const seconds = 2
const people = 1_000
const refreshTokensARound = 1_500

type Round = { answered: number; refused: number; because?: string; seconds: number; cpu: number }
type Server = { process: ChildProcess; pid: number; port: number; tookMs: number }

let dataDir = ''
let server: Server

export type Row = [what: string, figure: string, promise: string, against: string]

export async function measureServer(): Promise<Row[]> {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-bench-'))
  const cold = await start()
  await stop(cold)
  server = await start()
  try {
    const { url, keys } = await installation()
    const { tokens, owners, notes, cookies, refreshTokens } = await scene(url, keys)
    const read = await compare(
      () => http(notes.map((id, n) => request('GET', `/api/sample/notes/${id}`, tokens[n % people]!))),
      () => bare(url, 'read', notes),
    )
    const write = await compare(
      () =>
        http(
          Array.from({ length: 40_000 }, (_, n) =>
            request('POST', '/api/sample/notes', tokens[n % people]!, JSON.stringify({ title: `note ${Math.random()}` })),
          ),
        ),
      () => bare(url, 'write', owners),
    )
    const cookie = await compare(
      () => http(notes.map((id, n) => request('GET', `/api/sample/notes/${id}`, ofOurPages(cookies[n % people]!)))),
      () => http(notes.map((id, n) => request('GET', `/api/sample/notes/${id}`, tokens[n % people]!))),
    )
    const signIn = await compare(() => http(signIns(5_000)), hashes)
    const refresh = await compare(() => http(refreshes(refreshTokens.splice(0, refreshTokensARound))), hashes)
    const crowded = await beside(notes, tokens)
    const films = await uploads(server, tokens[1]!)
    const memory = memoryOf(server.pid)
    console.log(
      `\nfor orientation on this machine: bare read ${read.bareRate.toFixed(0)}/s at ${read.bareMicros.toFixed(0)} µs CPU; read over HTTP ${(read.httpRate).toFixed(0)}/s at ${read.httpMicros.toFixed(0)} µs`,
    )
    return [
      ['authenticated read over HTTP, CPU of server and database', `${read.cpu.toFixed(2)} ×`, '≤ 3.5 ×', 'a bare `pg` select by key'],
      ['authenticated read over HTTP, rate at concurrency 32', read.rate.toFixed(2), '≥ 0.22', 'the same'],
      ['write over HTTP, CPU of server and database', `${write.cpu.toFixed(2)} ×`, '', 'a bare `pg` insert'],
      ['write over HTTP, rate at concurrency 32', write.rate.toFixed(2), '', 'the same'],
      [
        'authenticated read by our own pages (cookie), CPU of server and database',
        `${cookie.cpu.toFixed(2)} ×`,
        '≤ 1.2 ×',
        'the same read by a token',
      ],
      ['signing in by password, rate', signIn.rate.toFixed(2), '', 'bare argon2id, as many at once as the server allows itself'],
      ['refreshing a token, rate', refresh.rate.toFixed(2), '', 'the same'],
      ['p99 of other reads while 500 people sign in at once', `${crowded.toFixed(2)} ×`, '≤ 2 ×', 'p99 of the same reads without them'],
      [
        'uploading a film, from the first request to a file that can be claimed, rate',
        films.rate.toFixed(2),
        '≥ 0.7',
        'a bare `node:http` server that streams it to the disk',
      ],
      ['uploading a film, CPU of server and database', `${films.cpu.toFixed(2)} ×`, '', 'the same'],
      ['cold start: empty folder to open port', `${(cold.tookMs / 1_000).toFixed(2)} s`, '', ''],
      ['warm start', `${(server.tookMs / 1_000).toFixed(2)} s`, '≤ 2 s', ''],
      ['resident memory after the load: server, database', `${memory.server.toFixed(0)} MB, ${memory.database.toFixed(0)} MB`, '', ''],
    ]
  } finally {
    await stop(server)
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function start(): Promise<Server> {
  const began = performance.now()
  const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', TRUSTED_PROXIES: '127.0.0.0/8', DATABASE_URL: '' }
  const child = spawn(process.execPath, [path.join(root, 'tests/sample/main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^http:\/\/localhost:(\d+)$/.exec(line)?.[1]
    if (port) return { process: child, pid: child.pid!, port: Number(port), tookMs: performance.now() - began }
  }
  throw new Error('the server did not start')
}

async function stop({ process: child }: Server): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function installation(): Promise<{ url: string; keys: Keys }> {
  const socket = await runningPostgres(clusterIn(dataDir))
  return { url: `postgres://vivavoce@localhost/vivavoce?host=${socket}`, keys: keysOf(configure({ DATA_DIR: dataDir })) }
}

// Tokens say what those of /auth/v1 do, as far as a request depends on it.
async function scene(url: string, keys: Keys) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const ids = async (text: string) => (await client.query<{ id: string }>(text)).rows.map(({ id }) => id)
  const owners = await ids(
    `insert into auth.users (id, email) select gen_random_uuid(), n || '@example.test' from generate_series(1, ${people}) n returning id`,
  )
  await client.query(
    `insert into sample.notes (owner_id, title, body) select id, 'note ' || n, repeat('word ', 40) from auth.users, generate_series(1, 100) n`,
  )
  await client.query('analyze')
  // In the order of the people, so that each reads notes of their own.
  const notes = await ids(
    `select (select id from sample.notes where owner_id = u.id offset 7 limit 1) as id from unnest('{${owners.join()}}'::uuid[]) with ordinality as u (id, n) order by n`,
  )
  await givePasswords(client)
  const cookies = await giveCookies(client, owners)
  const refreshTokens = await giveRefreshTokens(client, owners, (rounds + 1) * refreshTokensARound)
  await client.query('analyze')
  await client.end()
  return {
    owners,
    notes,
    cookies,
    refreshTokens,
    tokens: await Promise.all(owners.map((id, n) => tokenFor(keys, id, { email: `${n + 1}@example.test`, session_id: randomUUID() }))),
  }
}

function ofOurPages(word: string): string[] {
  return [`cookie: vivavoce=${word}`, 'sec-fetch-site: same-origin']
}

function signIns(count: number): string[] {
  return Array.from({ length: count }, (_, n) => asking('password', n, { email: `${(n % people) + 1}@example.test`, password }))
}

function refreshes(tokens: string[]): string[] {
  return tokens.map((refresh_token, n) => asking('refresh_token', n, { refresh_token }))
}

// Each from a place of its own: the limit by place is not what is measured.
function asking(grant: string, place: number, body: object): string {
  const from = `x-forwarded-for: 10.${place >> 16}.${(place >> 8) & 255}.${place & 255}`
  return request('POST', `/auth/v1/token?grant_type=${grant}`, [from], JSON.stringify(body))
}

function request(method: string, url: string, asker: string | string[], body = ''): string {
  const head = [`${method} ${url} HTTP/1.1`, 'host: localhost', ...(typeof asker === 'string' ? [`authorization: Bearer ${asker}`] : asker)]
  if (body) head.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`)
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

async function compare(ours: () => Promise<Round>, limit: () => Promise<Round>) {
  await ours()
  await limit()
  const pairs: [Round, Round][] = []
  for (let round = 0; round < rounds; round++) pairs.push([await ours(), await limit()])
  const refused = pairs.find(([mine]) => mine.refused > 0)?.[0]
  if (refused) throw new Error(`${refused.refused} requests were refused, so the figures would lie: ${refused.because}`)
  const micros = ({ cpu, answered }: Round) => (cpu * 1_000) / answered
  const rate = ({ answered, seconds }: Round) => answered / seconds
  const of = (figure: (pair: [Round, Round]) => number) => median(pairs.map(figure))
  return {
    cpu: of(([mine, bare]) => micros(mine) / micros(bare)),
    rate: of(([mine, bare]) => rate(mine) / rate(bare)),
    bareRate: of(([, bare]) => rate(bare)),
    bareMicros: of(([, bare]) => micros(bare)),
    httpRate: of(([mine]) => rate(mine)),
    httpMicros: of(([mine]) => micros(mine)),
  }
}

async function http(requests: string[]): Promise<Round> {
  const before = cpuOf(server.pid)
  const figures = await child('load.ts', [`${server.port}`, `${concurrency}`, `${seconds}`], lines(requests))
  return { ...figures, cpu: cpuOf(server.pid) - before }
}

// The client's own CPU is part of it: it is what a handler without us would spend.
async function bare(url: string, what: string, ids: string[]): Promise<Round> {
  const before = cpuOf(server.pid)
  const figures = await child('bare.ts', [url, `${concurrency}`, `${seconds}`, what, ...ids])
  return { ...figures, cpu: figures.cpu + cpuOf(server.pid) - before }
}

function hashes(): Promise<Round> {
  return child('hashes.ts', [`${Math.max(1, Math.floor(os.cpus().length / 2))}`, `${seconds}`])
}

/** By how much everybody else waits longer at the worst while a crowd signs in. Rounds with and without it take turns. */
async function beside(notes: string[], tokens: string[]): Promise<number> {
  const reads = lines(notes.map((id, n) => ({ path: `/api/sample/notes/${id}`, token: tokens[n % people] })))
  const paced = () => child<Paced>('pace.ts', [`${server.port}`, '8'], reads)
  const crowd = () => child('crowd.ts', [`${server.port}`, '3'], lines(signIns(500)))
  const ratios: number[] = []
  await Promise.all([paced(), crowd()])
  for (let round = 0; round < rounds; round++) {
    const quiet = await paced()
    const [crowded] = await Promise.all([pause(2_000).then(paced), crowd()])
    if (quiet.refused + crowded.refused > 0) throw new Error('reads were refused, so the figures would lie')
    ratios.push(crowded.p99 / quiet.p99)
  }
  return median(ratios)
}
type Paced = { answered: number; refused: number; p50: number; p99: number }

function lines(values: unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n')
}

async function child<T = Round>(file: string, args: string[], input = ''): Promise<T> {
  const load = spawn(process.execPath, [path.join(root, 'tests/bench', file), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  load.stdin.end(input)
  return JSON.parse((await Array.fromAsync(load.stdout)).join('')) as T
}
