import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { runningPostgres } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { startProgram, type Program } from '#tests/processes.ts'
import { ask, filesIn, temporaryFolder, writeFiles } from './scene.ts'

// The real commands and the real server, each with nothing but its DATA_DIR.
const here = { DATA_DIR: temporaryFolder(), PORT: '0' }
const there = { DATA_DIR: temporaryFolder(), PORT: '0' }
const file = path.join(temporaryFolder(), 'backup.tar.gz')

test('a running server is backed up, and goes on elsewhere from an empty folder', async () => {
  const server = await started(here)
  await ask(await urlIn(here.DATA_DIR), `insert into auth.users (id, email) values (gen_random_uuid(), 'ada@example.test')`)
  await ask(await urlIn(here.DATA_DIR), `select private.emit_to(array(select id from auth.users), 'sample.told')`)
  const [epoch] = await ask(await urlIn(here.DATA_DIR), 'select id from live.epochs')
  await writeFiles(here.DATA_DIR, { 'files/ab/cd': 'a file of hers' })
  const made = await command('backup', [file], here)
  assert.match(
    made.out,
    /^backed up \d+ tables with \d+ rows, \d+ unfinished jobs, \d+ keys and 1 file\n\S+: \d+\.\d MB in \d+\.\d s; it holds people's data and keys, so keep it safe\n$/,
  )
  assert.equal(made.code, 0)

  const refused = await command('restore', [file, '--overwrite'], here)
  assert.equal(refused.code, 1)
  assert.equal(refused.err, `vivavoce: another server already uses ${here.DATA_DIR} (pid ${server.pid}); stop it or set another DATA_DIR\n`)
  await stopped(server)

  const restored = await command('restore', [file], there)
  assert.match(
    restored.out,
    /^restored \d+ tables with \d+ rows, \d+ unfinished jobs, \d+ keys and 1 file\nas of 2\S+Z, from Vivavoce \S+ on PostgreSQL 18\S+, in \d+\.\d s\n$/,
  )
  assert.deepEqual(await filesIn(there.DATA_DIR, 'keys', 'files'), await filesIn(here.DATA_DIR, 'keys', 'files'))

  const again = await command('restore', [file], there)
  assert.match(
    again.err,
    /^vivavoce: this database holds data already \(.*auth\.users.*\); restore into an empty one, or add --overwrite to replace it all\n$/,
  )
  const goesOn = await started(there)
  assert.equal((await fetch(`${await goesOn.address}/readyz`)).status, 200)
  assert.deepEqual(await ask(await urlIn(there.DATA_DIR), 'select email from auth.users'), [{ email: 'ada@example.test' }])

  // What browsers heard there counts for nothing here: they ask for the whole again.
  assert.notDeepEqual(await ask(await urlIn(there.DATA_DIR), 'select id from live.epochs'), [epoch])
  assert.deepEqual(await ask(await urlIn(there.DATA_DIR), 'select seq, forgotten from live.topics'), [{ seq: '1', forgotten: '1' }])
  assert.deepEqual(await ask(await urlIn(there.DATA_DIR), 'select seq from live.events'), [])
  await stopped(goesOn)
})

test('each command says how it is called, and what it cannot do, in one line', async () => {
  const nowhere = { DATA_DIR: path.join(temporaryFolder(), 'nothing') }
  for (const [name, args, line] of [
    ['backup', [], 'say where to: npm run backup -- FILE'],
    ['backup', [file], `${nowhere.DATA_DIR} holds no database, so there is nothing to back up`],
    ['restore', [], 'say where from: npm run restore -- FILE [--overwrite]'],
    ['restore', [file, '--force'], 'say where from: npm run restore -- FILE [--overwrite]'],
    ['restore', ['no/such'], `${path.resolve('no/such')} cannot be read (ENOENT)`],
  ] as const)
    assert.deepEqual(await command(name, [...args], nowhere), { code: 1, out: '', err: `vivavoce: ${line}\n` })
})

const command = (name: string, args: string[], env: Record<string, string>) =>
  startProgram(process.execPath, [`scripts/${name}.ts`, ...args], env).ended

async function started(env: Record<string, string>): Promise<Program> {
  const server = startProgram(process.execPath, ['app/main.ts'], env)
  await server.address
  return server
}

async function stopped(server: Program): Promise<void> {
  server.process.kill('SIGTERM')
  assert.equal((await server.ended).code, 0)
}

const urlIn = async (dataDir: string) => `postgres://vivavoce@localhost/vivavoce?host=${await runningPostgres(clusterIn(dataDir))}`
