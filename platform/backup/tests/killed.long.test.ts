import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { test } from 'node:test'
import { root } from '#platform/configuration/environment.ts'
import { catalogue } from '#tests/catalogue.ts'
import { asSuperuser } from '#tests/cluster.ts'
import { until } from '#tests/processes.ts'
import {
  ask,
  backUpTo,
  contents,
  endAt,
  everything,
  filesIn,
  migrated,
  onPostgres,
  restoreFrom,
  temporaryFolder,
  writeFiles,
  type End,
} from './scene.ts'

const database = onPostgres(18)
const file = path.join(temporaryFolder(), 'backup.tar.gz')
let template: ReturnType<typeof one> | undefined

test('a restoration that is killed, wherever it is, leaves data, tables, keys and files as they were; the next one restores', async () => {
  const from = await prepared('of the backup')
  await ask(from.url, `select private.audit_for(null, 'trial.went-on', 'test', n::text) from generate_series(1, 9) n`) // its sequences stand elsewhere
  await ask(from.url, `insert into auth.users (id, email) select gen_random_uuid(), n || '@example.test' from generate_series(1, 10000) n`)
  await backUpTo(file, from)
  const to = await prepared('here before')
  const was = [await contents(to.url), await catalogue(to.url), await filesIn(to.dataDir, 'keys', 'files')]

  for (const [where, point] of Object.entries({
    'before anything is emptied': says('truncate '),
    'between two tables': says('copy jobs.queued'),
    'in the middle of a table': bytes(2 ** 20),
    'while foreign keys are put back': says('add constraint'),
    'before the commit': says('commit'),
  })) {
    await killedAt(point, to)
    await until(async () => (await openTransactions(to.url)) === 0, 90, 'the database has noticed')
    assert.deepEqual([await contents(to.url), await catalogue(to.url), await filesIn(to.dataDir, 'keys', 'files')], was, where)
  }

  await restoreFrom(file, to, { overwrite: true })
  assert.deepEqual(await contents(to.url), await contents(from.url))
  assert.deepEqual(await filesIn(to.dataDir, 'keys', 'files'), await filesIn(from.dataDir, 'keys', 'files'))
})

test('a database that goes away in the middle ends backup and restoration at once, and leaves nothing half done', async () => {
  const from = await prepared('of the backup')
  await ask(from.url, `insert into auth.users (id, email) select gen_random_uuid(), n || '@example.test' from generate_series(1, 10000) n`)
  const lost = `${file}-lost`
  const comes = await doorTo(from.url, { answers: bytes(2 ** 20) }, (cut) => cut())
  await assert.rejects(backUpTo(lost, { ...from, url: comes.url }), gone)
  comes.close()
  assert.ok(!existsSync(lost) && !existsSync(`${lost}.partial`))

  await backUpTo(lost, from)
  const to = await prepared('here before')
  const was = await contents(to.url)
  const goes = await doorTo(to.url, { asks: bytes(2 ** 20) }, (cut) => cut())
  await assert.rejects(restoreFrom(lost, { ...to, url: goes.url }, { overwrite: true }), gone)
  goes.close()
  await until(async () => (await openTransactions(to.url)) === 0, 90, 'the database has noticed')
  assert.deepEqual(await contents(to.url), was)
  assert.ok(!existsSync(path.join(to.dataDir, 'files.restoring')))
})

// Migrated once and copied then: a migration takes a second.
async function one() {
  const made = await database('superuser')
  await migrated(endAt(made, everything))
  return made
}

async function copyOf({ url, cluster }: Awaited<ReturnType<typeof one>>) {
  const name = `copy_${randomUUID().slice(0, 8)}`
  await asSuperuser(
    cluster.url(),
    `create database ${name} template ${path.basename(new URL(url).pathname)} strategy file_copy`,
    `revoke temporary on database ${name} from public`,
  )
  const at = (login?: string) => cluster.url(login, name)
  return { url: at(), worker: at('vivavoce_worker'), admin: at() }
}

async function prepared(name: string): Promise<End> {
  const end = endAt(await copyOf(await (template ??= one())), everything)
  await ask(end.url, `insert into auth.users (id, email) values (gen_random_uuid(), $1)`, [`${name}@example.test`])
  await ask(end.url, `select private.audit_for(null, 'trial.began', 'test', $1), private.enqueue('trial.works', '{}')`, [name])
  await writeFiles(end.dataDir, { 'keys/secrets.key': `key ${name}`, 'files/a/b': `file ${name}` })
  return end
}

type Point = (message: Buffer) => boolean
const says = (words: string) => (message: Buffer) => message.includes(words)

function bytes(most: number): Point {
  let seen = 0
  return (message) => (seen += message.length) > most
}

// Runs the real command, and kills it at what it says, which does not get through any more.
async function killedAt(asks: Point, { url, dataDir }: End): Promise<void> {
  const door = await doorTo(url, { asks }, () => child.kill('SIGKILL'))
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const child = spawn(process.execPath, ['scripts/restore.ts', file, '--overwrite'], {
    cwd: root,
    env: { PATH, NODE_COMPILE_CACHE, DATABASE_URL: door.url, DATA_DIR: dataDir },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await once(child, 'exit')
  assert.equal(child.signalCode, 'SIGKILL')
  door.close()
}

// A door of ours before a database. When what goes through has come to the point, it is shut and something is done.
async function doorTo(url: string, { asks = never, answers = never }: { asks?: Point; answers?: Point }, act: (cut: () => void) => void) {
  const folder = temporaryFolder()
  const address = new URL(url)
  const postgres = path.join(address.searchParams.get('host')!, '.s.PGSQL.5432')
  const server = createServer((client) => {
    const database = connect(postgres)
    const cut = () => [client, database].forEach((end) => end.destroy())
    client.on('data', (message: Buffer) => void (asks(message) ? act(cut) : database.write(message)))
    database.on('data', (message: Buffer) => void (answers(message) ? act(cut) : client.write(message)))
    for (const end of [client, database]) end.on('error', cut).on('close', cut)
  })
  await once(server.listen(path.join(folder, '.s.PGSQL.5432')), 'listening')
  address.searchParams.set('host', folder)
  return { url: address.href, close: () => void server.close() }
}
const gone = /Connection terminated|EPIPE|ECONNRESET/
const never: Point = () => false

async function openTransactions(url: string): Promise<number> {
  const [row] = await ask<{ open: number }>(
    url,
    `select count(*)::int as open from pg_stat_activity where datname = current_database() and application_name = 'vivavoce migrate'`,
  )
  return row!.open
}
