import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import * as z from 'zod/mini'
import { errno } from '#platform/configuration/errno.ts'
import { type Embedded, type EmbeddedOptions, runningPostgres, startPostgres } from '../embedded.ts'
import { binaries } from '../embedded/binaries.ts'
import { asRoot } from '../embedded/guard.ts'

const made = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'embedded-test-')), 'postgres')

// The tests look at processes through /proc.
describe('the embedded PostgreSQL', { concurrency: 3, skip: process.platform !== 'linux' }, () => {
  before(async () => (await startPostgres(made)).stop())
  after(() => fs.rmSync(path.dirname(made), { recursive: true, force: true }))

  test('makes its cluster on the first start: our superuser, our database, a socket and no port', async (t) => {
    const { folder, start } = scene(t, { fresh: true })
    const postgres = await start()
    assert.deepEqual(await ask(postgres.url(), 'select current_user as login, current_database() as name'), [
      { login: 'vivavoce', name: 'vivavoce' },
    ])
    assert.equal(await runningPostgres(folder), postgres.socket)
    assert.deepEqual(await ask(postgres.url('vivavoce', 'postgres'), 'show listen_addresses'), [{ listen_addresses: '' }])
    assert.deepEqual(await ask(postgres.url(), `select lower('Ä') as folded, current_setting('timezone') as zone`), [
      { folded: 'ä', zone: 'UTC' },
    ])
    assert.equal(fs.statSync(postgres.socket).mode & 0o777, 0o700)
    assert.deepEqual(fs.readdirSync(path.dirname(folder)), ['postgres'])
  })

  test('keeps what was written, and takes its socket folder with it', async (t) => {
    const { folder, start } = scene(t)
    const first = await start()
    await ask(first.url(), 'create table words as select 1 as word')
    await first.stop()
    assert.equal(fs.existsSync(first.socket), false)
    assert.equal(await runningPostgres(folder), undefined)
    assert.deepEqual(processesOn(folder), [])
    assert.deepEqual(await ask((await start()).url(), 'select word from words'), [{ word: 1 }])
  })

  test('a stop does not wait for ever for a child that hangs', async (t) => {
    const { folder, start } = scene(t)
    const postgres = await start()
    const client = new Client(postgres.url())
    const lost = once(client, 'error')
    await client.connect()
    const [{ pid } = {}] = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows
    process.kill(Number(pid), 'SIGSTOP')
    await postgres.stop()
    assert.deepEqual(processesOn(folder), [])
    await lost
  })

  test('runs 15 as well, and refuses a folder of another major with the way to move it', async (t) => {
    const { folder, start } = scene(t, { fresh: true })
    const fifteen = await start({ major: 15 })
    assert.match(JSON.stringify(await ask(fifteen.url(), 'show server_version')), /"15\./)
    kill(fifteen.pid())
    await answers(fifteen.url())
    await fifteen.stop()
    await assert.rejects(startPostgres(folder), {
      name: 'CannotStart',
      message: new RegExp(
        `^${folder} holds a database of PostgreSQL 15, and this version runs PostgreSQL 18; .*backup -- FILE.*move.*restore -- FILE.*$`,
      ),
    })
  })

  test('refuses a folder with files but no database, and leaves them alone', async (t) => {
    const { folder, start } = scene(t, { fresh: true })
    fs.mkdirSync(folder)
    fs.writeFileSync(path.join(folder, 'thesis.txt'), 'mine')
    await assert.rejects(start(), { name: 'CannotStart', message: /holds files but no PostgreSQL database/ })
    assert.deepEqual(fs.readdirSync(folder), ['thesis.txt'])
  })

  test('says in one line why PostgreSQL does not start, and leaves no socket folder', async (t) => {
    const { folder, start } = scene(t)
    await (await start()).stop()
    fs.chmodSync(folder, 0o755)
    const before = socketFolders()
    await assert.rejects(start(), {
      name: 'CannotStart',
      message: `PostgreSQL did not start on ${folder}: FATAL:  data directory "${folder}" has invalid permissions`,
    })
    const since = socketFolders().filter((name) => name.startsWith(`vivavoce-${process.pid}-`) && !before.includes(name))
    await until(
      () => since.every((name) => !socketFolders().includes(name)),
      'those of the tests beside this one, which go with their servers',
    )
  })

  test('writes no personal data into its log, and no endless line', async (t) => {
    const lines: string[] = []
    const { start } = scene(t)
    const { url } = await start({ onLog: (line) => lines.push(line) })
    await ask(url(), `create table people (name text constraint one_of_each unique); insert into people values ('Bo')`)
    await assert.rejects(ask(url(), `insert into people values ('Bo')`), { constraint: 'one_of_each' })
    await assert.rejects(ask(url(), `select $1 from nowhere`, ['Bo']))
    await ask(url(), `do $$ begin raise log '%', repeat('long ', 100000); end $$`)
    await until(() => lines.some((line) => line.includes('long')), 'the long line')
    await assert.rejects(ask(url(), `select 'Bo'::uuid`), { code: '22P02' }) // its own words would quote it
    assert.deepEqual(
      lines.filter((line) => line.includes('Bo') || line.length > 2_000),
      [],
    )
  })

  test('a killed initdb leaves nothing behind that counts as a cluster', async (t) => {
    const { folder, serve, start } = scene(t, { fresh: true })
    const server = serve()
    const unfinished = () => fs.readdirSync(path.dirname(folder)).filter((name) => name.includes('unfinished'))
    await until(() => unfinished().some((name) => fs.existsSync(path.join(folder, '..', name, 'PG_VERSION'))), 'half a cluster')
    server.process.kill('SIGSTOP') // so that it cannot clean up
    for (const pid of processesOn(folder)) if (pid !== server.process.pid) kill(pid)
    server.process.kill('SIGKILL')
    await until(() => processesOn(folder).length === 0, 'the end of initdb')
    assert.equal(unfinished().length, 1)
    assert.equal(fs.existsSync(folder), false)

    assert.deepEqual(await ask((await start()).url(), 'select 1 as one'), [{ one: 1 }])
    assert.deepEqual(unfinished(), [])
  })

  test('initdb ends with a killed server', async (t) => {
    const { folder, serve } = scene(t, { fresh: true })
    const server = serve()
    await until(() => processesOn(folder).length > 1, 'initdb')
    server.process.kill('SIGKILL')
    await until(() => processesOn(folder).length === 0, 'the end of initdb')
  })

  const people = {
    'as this user': {},
    'as another user': { another: true },
    'where setpriv is missing': { another: true, withoutSetpriv: true },
  }
  for (const [how, who] of Object.entries(people)) {
    test(`nothing outlives a server killed with -9, ${how}, and no acknowledged row is lost`, async (t) => {
      const { folder, serve } = scene(t, who)
      const killed = await serve().ready()
      const watched = processesOn(folder).some((pid) => commandLine(pid).startsWith('sh'))
      assert.equal(watched, 'withoutSetpriv' in who)
      const acknowledged = await writeUntil(killed.url, () => killed.process.kill('SIGKILL'))
      await until(() => processesOn(folder).length === 0, 'the end of all')
      await until(() => killed.process.signalCode !== null, 'the end of its last thread') // until then its folder is a living one's

      const next = await serve().ready()
      assert.ok((await count(next.url)) >= acknowledged)
      assert.equal(fs.existsSync(killed.socket), false)
      next.process.kill('SIGTERM')
      await until(() => processesOn(folder).length === 0, 'the end of all')
      assert.equal(fs.existsSync(next.socket), false)
    })
  }

  test('root without setpriv is told what to do', { skip: !asRoot }, async (t) => {
    const { serve } = scene(t, { withoutSetpriv: true })
    await assert.rejects(serve().ready(), /PostgreSQL cannot run as root here; start Vivavoce as another user, or set DATABASE_URL/)
  })

  test('Ctrl-C ends the server before its database', async (t) => {
    const { serve } = scene(t)
    const server = await serve({ heeds: 'SIGINT' }).ready()
    process.kill(-Number(server.process.pid), 'SIGINT')
    await until(() => server.said().includes('SIGINT'), 'the signal')
    const [{ pid } = {}] = await ask(server.url, `select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int as pid`)
    assert.equal(pid, server.pid)
  })

  test('a killed postmaster is back on the same socket, again and again, and no acknowledged row is lost', async (t) => {
    const { start } = scene(t)
    const postgres = await start()
    let acknowledged = 0
    for (const round of [1, 2, 3]) {
      const before = postgres.pid()
      acknowledged += await writeUntil(postgres.url(), () => kill(before))
      await answers(postgres.url())
      assert.ok((await count(postgres.url())) >= acknowledged, `round ${round}`)
      assert.notEqual(postgres.pid(), before)
    }
  })

  test('comes back while a busy child of the killed postmaster still computes', async (t) => {
    const { start } = scene(t)
    const postgres = await start()
    const busy = ask(postgres.url(), 'select count(*) from generate_series(1, 100000000000)')
    await until(
      async () => (await ask(postgres.url(), `select from pg_stat_activity where query like '%generate_series%'`)).length > 1,
      'the query',
    )
    kill(postgres.pid())
    await assert.rejects(busy)
    await answers(postgres.url())
  })

  test('all of its children killed, then all of its processes: it recovers from both', async (t) => {
    const { folder, start } = scene(t)
    const postgres = await start()
    await ask(postgres.url(), 'create table words as select 1 as word')
    const before = postgres.pid()
    for (const pid of processesOn(folder)) if (pid !== before) kill(pid)
    await answers(postgres.url())
    assert.equal(postgres.pid(), before)
    for (const pid of processesOn(folder)) kill(pid)
    await answers(postgres.url())
    assert.deepEqual(await ask(postgres.url(), 'select word from words'), [{ word: 1 }])
  })

  test('gives up loudly after five failed starts, and can still be stopped', async (t) => {
    const { folder, start } = scene(t)
    const gaveUp = Promise.withResolvers<Error>()
    const postgres = await start({ onGiveUp: gaveUp.resolve })
    fs.chmodSync(folder, 0o755)
    kill(postgres.pid())
    const error = await gaveUp.promise
    assert.match(String(error.cause), /did not start.*invalid permissions/)
    await postgres.stop()
    assert.equal(fs.existsSync(postgres.socket), false)
  })

  test('a stop in the middle of a restart leaves nothing', async (t) => {
    const { folder, start } = scene(t)
    for (const patience of [0, 5, 20, 40]) {
      const postgres = await start()
      kill(postgres.pid())
      await sleep(patience)
      await postgres.stop()
      assert.deepEqual(processesOn(folder), [])
      assert.equal(fs.existsSync(postgres.socket), false)
    }
  })

  test('ends the live postmaster that a killed server left behind', async (t) => {
    const { folder, start, abandon } = scene(t)
    const first = await start()
    await ask(first.url(), 'create table words as select 1 as word')
    await first.stop()
    const leftover = await abandon()
    const postgres = await start()
    assert.deepEqual(await ask(postgres.url(), 'select word from words'), [{ word: 1 }])
    assert.equal(processesOn(folder).includes(leftover), false)
  })

  test('leaves the database of a live server alone', async (t) => {
    const { folder, serve, start } = scene(t)
    const theirs = await serve().ready()
    await assert.rejects(start(), {
      name: 'CannotStart',
      message: `another server already runs PostgreSQL (pid ${theirs.pid}) on ${folder}; stop it first`,
    })
    assert.equal(await runningPostgres(folder), theirs.socket)
  })

  test('is not misled by a postmaster.pid whose number has passed to another process', async (t) => {
    const { folder, start } = scene(t)
    await (await start()).stop()
    const user = fs.statSync(folder).uid
    const stranger = spawn('sleep', ['60'], asRoot ? { uid: user } : {})
    t.after(() => stranger.kill('SIGKILL'))
    fs.writeFileSync(
      path.join(folder, 'postmaster.pid'),
      `${stranger.pid}\n${folder}\n1\n5432\n/tmp/vivavoce-${stranger.pid}-abcdef\n\n1 1\nready\n`,
    )
    assert.equal(await runningPostgres(folder), undefined)
    await start()
    assert.equal(stranger.exitCode ?? stranger.signalCode, null)
  })

  test('a copy of a live folder is not taken for the original', async (t) => {
    const { folder, start } = scene(t)
    await start()
    fs.cpSync(folder, `${folder}-copy`, { recursive: true, filter: (file) => !file.includes('/pg_wal') })
    assert.equal(await runningPostgres(`${folder}-copy`), undefined)
    assert.equal(await runningPostgres(`${folder}-missing`), undefined)
  })

  test('a temporary folder too long for a socket gives way to /tmp', async (t) => {
    const { folder, serve } = scene(t)
    const long = path.join(path.dirname(folder), 'x'.repeat(90))
    fs.mkdirSync(long)
    const server = await serve({ env: { TMPDIR: long } }).ready()
    assert.equal(path.dirname(server.socket), '/tmp')
    assert.deepEqual(await ask(server.url, 'select 1 as one'), [{ one: 1 }])
  })

  test('sweeps the socket folders of dead servers, and no others', async (t) => {
    const { folder, serve } = scene(t)
    const tmp = path.dirname(folder)
    const dead = spawnSync('true').pid
    const names = { dead: `vivavoce-${dead}-aaaaaa`, alive: `vivavoce-${process.pid}-aaaaaa`, other: `vivavoce-notes` }
    for (const name of Object.values(names)) fs.mkdirSync(path.join(tmp, name))
    await serve({ env: { TMPDIR: tmp } }).ready()
    const left = fs.readdirSync(tmp)
    assert.deepEqual(
      Object.values(names).filter((name) => left.includes(name)),
      [names.alive, names.other],
    )
  })

  test('two processes complete the libraries at once', async (t) => {
    const { pack, hydrate } = library(t)
    await Promise.all([hydrate(), hydrate(), hydrate()])
    assert.equal(fs.readFileSync(path.join(pack, 'native/lib/short.so.299'), 'utf8'), 'code 299')
  })

  test('a package that nobody may write to will do once it is complete, and says so before', async (t) => {
    const { pack, hydrate } = library(t)
    fs.chmodSync(path.join(pack, 'native/lib'), 0o555)
    await assert.rejects(
      hydrate(),
      /cannot complete PostgreSQL's libraries in .* \(EACCES\); start Vivavoce once as the owner of that folder/,
    )
    fs.chmodSync(path.join(pack, 'native/lib'), 0o755)
    await hydrate()
    fs.chmodSync(path.join(pack, 'native/lib'), 0o555)
    await hydrate()
  })
})

// A killed process loses nothing that the kernel has; only a power cut would.
const quick = { fsync: 'off' }

type Who = { another?: boolean; withoutSetpriv?: boolean; fresh?: boolean }

// One cluster's folder, below one that is closed to everybody else; all that a test starts there ends with it.
// The cluster is made already, unless fresh.
function scene(t: TestContext, who: Who = {}) {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'embedded-test-')))
  const folder = path.join(home, 'postgres')
  if (!who.fresh) spawnSync('cp', ['-a', made, folder])
  if (who.another) giveAway(home)
  const started: Embedded[] = []
  const children: ChildProcess[] = []
  t.after(async () => {
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(started.map((postgres) => postgres.stop()))
    await until(() => processesOn(folder).length === 0, 'the end of all')
    fs.rmSync(home, { recursive: true, force: true })
  })

  return {
    folder,
    async start(options?: EmbeddedOptions): Promise<Embedded> {
      const postgres = await startPostgres(folder, { settings: quick, ...options })
      started.push(postgres)
      return postgres
    },
    serve({ env = {}, heeds = '' }: { env?: Record<string, string>; heeds?: string } = {}) {
      const server = serverProcess(folder, who, env, heeds)
      children.push(server.process)
      return server
    },
    // A postmaster without its server.
    async abandon(): Promise<number> {
      const dead = spawnSync('true').pid
      const socket = path.join(home, `vivavoce-${dead}-aaaaaa`)
      fs.mkdirSync(socket, { mode: 0o777 })
      fs.chmodSync(socket, 0o777)
      const { uid } = fs.statSync(folder)
      const asOwner = asRoot ? ['--reuid', `${uid}`, '--clear-groups', ...keeping('dac_override')] : []
      const postmaster = spawn('setpriv', [...asOwner, binaries(18).postgres, '-D', folder, '-k', socket, '-c', 'listen_addresses='], {
        stdio: 'ignore',
      })
      children.push(postmaster)
      await answers(`postgres://vivavoce@localhost/postgres?host=${socket}`)
      return Number(postmaster.pid)
    },
  }
}

// A server in a process of its own, to be killed.
function serverProcess(folder: string, who: Who, env: Record<string, string>, heeds: string) {
  const script = `
    const { startPostgres } = await import('${import.meta.resolve('../embedded.ts')}')
    const postgres = await startPostgres('${folder}', { settings: ${JSON.stringify(quick)} })
    process.on('SIGTERM', async () => { await postgres.stop(); process.exit() })
    if ('${heeds}') process.on('${heeds}', (signal) => console.log(signal))
    console.log(JSON.stringify({ socket: postgres.socket, url: postgres.url(), pid: postgres.pid() }))`
  const PATH = who.withoutSetpriv ? onlySh(path.dirname(folder)) : process.env['PATH']
  const child = node(script, who, { PATH, ...env })
  let said = ''
  let closed = false
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.once('close', () => (closed = true))
  const server = { process: child, said: () => said }
  return {
    ...server,
    async ready() {
      await until(() => closed || said.includes('}\n'), 'the server')
      const line = said.split('\n').find((line) => line.startsWith('{"socket"'))
      if (line === undefined) throw new Error(said)
      return { ...server, ...Started.parse(JSON.parse(line)) }
    },
  }
}

const Started = z.object({ socket: z.string(), url: z.string(), pid: z.number() })

function node(script: string, who: Who, env: NodeJS.ProcessEnv = {}) {
  const [command, ...args] = [...(who.another ? asAnother : []), process.execPath, '--input-type=module', '-e', script]
  return spawn(command, args, { detached: true, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}

// Another user, who has no more rights than that one; may read, though, since the clone may lie in a closed home.
const somebody = 1 // "daemon": initdb wants a user that has a name
const setpriv = spawnSync('sh', ['-c', 'command -v setpriv'], { encoding: 'utf8' }).stdout.trim()
const asAnother = asRoot
  ? [setpriv, '--reuid', `${somebody}`, '--regid', `${somebody}`, '--clear-groups', ...keeping('dac_read_search')]
  : []

function keeping(capability: string): string[] {
  return ['--securebits', '+no_setuid_fixup', '--inh-caps', `+${capability}`, '--ambient-caps', `+${capability}`]
}

function giveAway(folder: string): void {
  if (asRoot) spawnSync('chown', ['-R', `${somebody}:${somebody}`, folder])
}

function onlySh(home: string): string {
  const bin = path.join(home, 'bin')
  fs.mkdirSync(bin, { recursive: true })
  if (!fs.existsSync(path.join(bin, 'sh'))) fs.symlinkSync('/bin/sh', path.join(bin, 'sh'))
  return bin
}

// A package that has its libraries but not yet their links.
function library(t: TestContext) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'library-test-'))
  const pack = path.join(home, 'pack')
  t.after(() => {
    fs.chmodSync(path.join(pack, 'native/lib'), 0o755)
    fs.rmSync(home, { recursive: true, force: true })
  })
  fs.mkdirSync(path.join(pack, 'native/lib'), { recursive: true })
  const links = Array.from({ length: 300 }, (_, n) => ({ source: `native/lib/long.so.${n}.1`, target: `native/lib/short.so.${n}` }))
  for (const [n, { source }] of links.entries()) fs.writeFileSync(path.join(pack, source), `code ${n}`)
  fs.writeFileSync(path.join(pack, 'native/pg-symlinks.json'), JSON.stringify(links))
  giveAway(home)
  return {
    pack,
    async hydrate() {
      const child = node(`(await import('${import.meta.resolve('../embedded/binaries.ts')}')).hydrate('${pack}')`, { another: true })
      const said = (await child.stderr.setEncoding('utf8').toArray()).join('')
      if (said) throw new Error(said)
    },
  }
}

async function ask(url: string, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 30_000 })
  client.on('error', () => {}) // killed between two questions; the next one fails
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows
  } finally {
    await client.end()
  }
}

// Four people write as fast as they can, and `strike` comes after 200 rows: answers how many were acknowledged.
async function writeUntil(url: string, strike: () => unknown): Promise<number> {
  await ask(url, 'create table if not exists written (at timestamptz)')
  const writers = [1, 2, 3, 4].map(() => new Client(url).on('error', () => {}))
  await Promise.all(writers.map((writer) => writer.connect()))
  let acknowledged = 0
  const write = async (writer: Client): Promise<void> => {
    await writer.query('insert into written values (now())')
    acknowledged += 1
    if (acknowledged === 200) strike()
    await write(writer)
  }
  await Promise.allSettled(writers.map(write))
  return acknowledged
}

async function count(url: string): Promise<number> {
  return Number((await ask(url, 'select count(*) from written'))[0]?.['count'])
}

async function answers(url: string): Promise<void> {
  const answer = () => ask(url, 'select').then(Boolean, () => false)
  await until(answer, 'PostgreSQL', 30_000)
}

// Everything that was started for this folder, looked at from outside.
function processesOn(folder: string): number[] {
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && (commandLine(pid).includes(folder) || workingFolder(pid).startsWith(folder)))
}

function commandLine(pid: number): string {
  return unlessGone(() => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
}

function workingFolder(pid: number): string {
  return unlessGone(() => fs.readlinkSync(`/proc/${pid}/cwd`))
}

function unlessGone(look: () => string): string {
  try {
    return look()
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(errno(error) ?? '')) return ''
    throw error
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (errno(error) !== 'ESRCH') throw error
  }
}

function socketFolders(): string[] {
  return fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('vivavoce-'))
}

async function until(done: () => boolean | Promise<boolean>, what: string, patience = 60_000): Promise<void> {
  for (const deadline = Date.now() + patience; !(await done()); await sleep(25))
    assert.ok(Date.now() < deadline, `waited too long for ${what}`)
}
