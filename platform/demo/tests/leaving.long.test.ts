import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { somebody } from '#platform/identity/tests/cast.ts'
import { configure } from '#platform/configuration/environment.ts'
import { runningPostgres } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { startProgram, temporaryFolder } from '#tests/processes.ts'
import { freshServer } from '#tests/server.ts'
import { cast } from '../cast.ts'
import { wakeDemo } from '../load.ts'
import { ask, enter, ids, load, whoIs } from './scene.ts'

const demo = (args: string[], env: Record<string, string>) => startProgram(process.execPath, ['scripts/demo.ts', ...args], env).ended

describe('npm run demo -- leave', async () => {
  const server = await freshServer()
  const { db } = server
  const env = {
    DATABASE_URL: db.url(),
    APP_DATABASE_URL: db.url('vivavoce_app'),
    WORKER_DATABASE_URL: db.url('vivavoce_worker'),
    DATA_DIR: temporaryFolder(),
  }

  test('says kindly that there is nothing to leave, and what it wants to hear', async () => {
    const none = await demo(['leave'], env)
    assert.deepEqual([none.code, none.err], [1, 'vivavoce: there is no demo world here, so there is nothing to leave\n'])
    assert.match((await demo([], env)).err, /^vivavoce: say what: npm run demo -- leave/)
  })

  test('beside a running server erases the cast, and leaves what real people made', async () => {
    await load(db)
    const ada = await somebody(server, 'Ada Real')
    await ada.put(`/safety/blocks/${cast.robin.id}`)
    const bo = await somebody(server, 'Bo Real')
    await ada.post('/safety/reports', {
      person_id: bo.id,
      subject_kind: 'person',
      subject_id: bo.id,
      kind: 'other',
      words: 'a word of Ada’s',
      context: {},
    })
    const { cookie } = await enter(server, cast.amara.id)

    const { code, out, err } = await demo(['leave'], env)
    assert.deepEqual([code, err], [0, ''])
    assert.match(out, /^the demo world is gone/)

    const left = await db.sql(
      'select from auth.users where id = any ($1) and (deleted_at is null or email is not null or raw_user_meta_data <> $2)',
      [ids, '{}'],
    )
    assert.equal(left.length, 0)
    assert.deepEqual(await db.sql('select words from safety.reports'), [{ words: 'a word of Ada’s' }])
    for (const table of ['identity.admins', 'identity.invitations', 'safety.blocks'])
      assert.deepEqual(await db.sql(`select from ${table}`), [], table)
    assert.equal((await ada.get('/identity/account')).status, 200)
    assert.equal(await whoIs(server, cookie), 'not_signed_in')
  })

  test('after it nobody can be entered, and there is nothing more to leave', async () => {
    assert.equal((await ask(server, '/demo/people')).status, 404)
    assert.equal((await enter(server, cast.amara.id)).status, 404)
    assert.equal((await demo(['leave'], env)).code, 1)
    assert.equal(await load(db), false)
  })
})

test('a server that others can reach signs out whoever entered while it was somebody’s own', async () => {
  const server = await freshServer()
  await load(server.db)
  const { cookie } = await enter(server, cast.ruth.id)
  const ada = await somebody(server, 'Ada Real')
  await wakeDemo({ configuration: configure({ HOST: '0.0.0.0' }), owner: server.db.url(), database: server.db.database, parts: [] })
  assert.equal(await whoIs(server, cookie), 'not_signed_in')
  assert.equal((await ada.get('/identity/account')).status, 200)
})

test('an embedded database has it from the first start, and after leaving never again', async () => {
  const DATA_DIR = temporaryFolder()
  const start = async (env: Record<string, string>) => {
    const program = startProgram(process.execPath, ['app/main.ts'], { DATA_DIR, PORT: '0', ...env })
    const address = (await program.address).replace('localhost', '127.0.0.1')
    const people = await fetch(`${address}/api/demo/people`)
    const stop = async () => {
      program.process.kill('SIGTERM')
      return (await program.ended).err
    }
    return { status: people.status, stop }
  }
  const first = await start({ DEMO: '1' })
  assert.equal(first.status, 200)
  assert.match(await first.stop(), /demo world[^\n]+\n[^]*\/setup\?token=/)
  assert.equal(await runningPostgres(clusterIn(DATA_DIR)), undefined)

  assert.equal((await demo(['leave'], { DATA_DIR })).code, 0)
  const second = await start({ DEMO: '1' })
  assert.equal(second.status, 404)
  assert.doesNotMatch(await second.stop(), /demo world/)
})
