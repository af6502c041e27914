import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { test } from 'node:test'
import { root } from '#platform/configuration/environment.ts'
import { catalogue } from '#tests/catalogue.ts'
import { until } from '#tests/processes.ts'
import {
  ask,
  backUpTo,
  contents,
  endAt,
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

test('a restoration that is killed, wherever it is, leaves data, tables, keys and files as they were; the next one restores', async () => {
  const from = await prepared('of the backup')
  await ask(from.url, `insert into auth.users (id, email) select gen_random_uuid(), n || '@example.test' from generate_series(1, 30000) n`)
  await backUpTo(file, from)
  const to = await prepared('here before')
  const was = [await contents(to.url), await catalogue(to.url), await filesIn(to.dataDir, 'keys', 'files')]

  const inTheRows = rows(2 ** 20)
  for (const [where, point] of Object.entries({
    'before anything is emptied': says('truncate '),
    'between two tables': says('copy jobs.queued'),
    'in the middle of a table': inTheRows,
    'while foreign keys are put back': says('add constraint'),
    'before the commit': says('commit'),
  })) {
    await killedAt(point, to)
    await until(async () => (await openTransactions(to.url)) === 0, 20, 'the database has noticed')
    assert.deepEqual([await contents(to.url), await catalogue(to.url), await filesIn(to.dataDir, 'keys', 'files')], was, where)
  }

  await restoreFrom(file, to, { overwrite: true })
  assert.deepEqual(await contents(to.url), await contents(from.url))
  assert.deepEqual(await filesIn(to.dataDir, 'keys', 'files'), await filesIn(from.dataDir, 'keys', 'files'))
})

async function prepared(name: string): Promise<End> {
  const end = await migrated(endAt(await database('superuser')))
  await ask(end.url, `insert into auth.users (id, email) values (gen_random_uuid(), $1)`, [`${name}@example.test`])
  await ask(end.url, `select private.audit_for(null, 'trial.began', 'test', $1), private.enqueue('trial.works', '{}')`, [name])
  await writeFiles(end.dataDir, { 'keys/secrets.key': `key ${name}`, 'files/a/b': `file ${name}` })
  return end
}

type Point = (message: Buffer) => boolean
const says = (words: string) => (message: Buffer) => message.includes(words)

function rows(most: number): Point {
  let seen = 0
  return (message) => (seen += message.length) > most
}

// Runs the real command behind a door of ours, and kills it at what it says, which does not get through any more.
async function killedAt(point: Point, { url, dataDir }: End): Promise<void> {
  const door = temporaryFolder()
  const address = new URL(url)
  const postgres = path.join(address.searchParams.get('host')!, '.s.PGSQL.5432')
  const server = createServer((command) => {
    const database = connect(postgres)
    command.on('data', (message: Buffer) => {
      if (!point(message)) database.write(message)
      else child.kill('SIGKILL')
    })
    command.on('close', () => database.destroy())
    database.pipe(command)
    for (const end of [command, database]) end.on('error', () => end.destroy())
  })
  await once(server.listen(path.join(door, '.s.PGSQL.5432')), 'listening')
  address.searchParams.set('host', door)
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, ['scripts/restore.ts', file, '--overwrite'], {
    cwd: root,
    env: { PATH, DATABASE_URL: address.href, DATA_DIR: dataDir },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await once(child, 'exit')
  assert.equal(child.signalCode, 'SIGKILL')
  server.close()
}

async function openTransactions(url: string): Promise<number> {
  const [row] = await ask<{ open: number }>(
    url,
    `select count(*)::int as open from pg_stat_activity where datname = current_database() and application_name = 'vivavoce migrate'`,
  )
  return row!.open
}
