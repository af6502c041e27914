import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configure } from '#platform/configuration/environment.ts'
import { keysOf } from '#platform/configuration/keys.ts'
import { freshDatabase } from '#tests/database.ts'
import { startProgram, temporaryFolder, until } from '#tests/processes.ts'
import { administrator, somebody } from './cast.ts'
import { lives } from './life.ts'
import { tracesInLines } from './traces.ts'

// The real process, for what its thread of jobs says as well: all that it ever logs goes to stderr.
test('a whole life, a copy of it and its erasure leave no word of it in the log', async () => {
  const db = await freshDatabase()
  const DATA_DIR = temporaryFolder()
  const program = startProgram(process.execPath, ['tests/sample/main.ts'], {
    DATA_DIR,
    PORT: '0',
    LOG_LEVEL: 'trace',
    DATABASE_URL: db.url(),
    APP_DATABASE_URL: db.url('vivavoce_app'),
    WORKER_DATABASE_URL: db.url('vivavoce_worker'),
  })
  const server = { address: await program.address, keys: keysOf(configure({ DATA_DIR })), db, log: [], said: [], stop: async () => {} }
  const [zelda, otto] = [await somebody(server, 'Zelda Quintessa'), await somebody(server, 'Otto Staying')]
  const mira = await administrator(server, 'Mira Erasing')
  await lives(server, DATA_DIR, zelda, 'zeldamarker', otto)
  await zelda.post('/identity/exports')
  await until(async () => (await db.sql('select from identity.exports where ready_at is not null')).length === 1, 90, 'the copy is made')
  await zelda.patch('/identity/account', { name: 'Zelda\nQuintessa', zone: 'Zelda/Quintessa' })
  await zelda.get('/identity/zeldamarker', { search: 'zeldamarker' })
  await mira.get('/identity/people', { search: 'zelda', reason: 'asked for' })
  await mira.remove(`/identity/people/${zelda.id}`, { reason: 'asked for' })
  await until(async () => (await db.sql('select from identity.deletions where erased_at is not null')).length === 1, 90, 'she is erased')
  program.process.kill('SIGTERM')
  const { err } = await program.ended
  assert.ok(err.includes('"answered"'), 'nothing was logged at all')
  assert.deepEqual(tracesInLines(err.split('\n'), ['zelda', 'quintessa', zelda.email, 'chatham']), [])
})
