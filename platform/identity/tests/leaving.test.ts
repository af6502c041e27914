import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import pg from 'pg'
import { pathOf } from '#platform/files/objects.ts'
import { seal } from '#platform/audit/seal.ts'
import { verify } from '#platform/audit/verify.ts'
import type { JobDatabase } from '#platform/jobs/job.ts'
import { theServer } from '#tests/database.ts'
import { temporaryFolder, until } from '#tests/processes.ts'
import { freshServer } from '#tests/server.ts'
import { erasePersonForOperator } from '../leaving/erasure.ts'
import { administrator, callsOf, saidTo, somebody, type Somebody } from './cast.ts'
import { lives } from './life.ts'
import { tracesInFiles, tracesInLines, tracesInTables } from './traces.ts'

const dataDir = temporaryFolder()
const server = await freshServer({ DATA_DIR: dataDir })
const { db } = server
const mira = await administrator(server, 'Mira Erasing')
const because = { reason: 'the law of the land' }
const asServer: JobDatabase = { read: (run) => db.database.read(theServer, run), write: (run) => db.database.write(theServer, run) }
const leavingOf = async ({ get }: Somebody) => ((await get('/identity/account')).body as { erases_at: string | null }).erases_at
const erased = ({ id }: { id: string }) =>
  until(
    async () => (await db.sql('select from identity.deletions where user_id = $1 and erased_at is not null', [id])).length > 0,
    30,
    'it is erased',
  )
const tokenFrom = async (userId: string) => {
  const mails = () =>
    db.sql<{ text: string }>(`select text from mail.messages where user_id = $1 and kind = 'identity.deletion' order by created_at desc`, [
      userId,
    ])
  await until(async () => (await mails()).length > 0, 90, 'the mail is written')
  return /\/stay\?token=([\w-]{43})/.exec((await mails())[0]!.text)![1]!
}

describe('Ada wants to leave', async () => {
  const ada = await somebody(server, 'Ada Leaving')

  test('and is told beforehand what stays', async () => {
    const { keeps } = (await ada.get('/identity/deletion')).body as { keeps: { part: string; says: string }[] }
    for (const part of ['audit', 'safety'])
      assert.ok(
        keeps.some((kept) => kept.part === part && kept.says.length > 0),
        part,
      )
  })

  test('has two weeks, sees them at every sign-in, and cannot ask twice', async () => {
    assert.equal(await saidTo(ada.post('/identity/deletion')), 200)
    const days = (Date.parse((await leavingOf(ada))!) - Date.now()) / 86_400_000
    assert.ok(days > 13.9 && days < 14.1, `${days}`)
    assert.equal(await saidTo(ada.post('/identity/deletion')), 'already_leaving')
  })

  test('thinks better of it, and nothing happened', async () => {
    assert.equal(await saidTo(ada.remove('/identity/deletion')), 200)
    assert.equal(await saidTo(ada.remove('/identity/deletion')), 'nothing_to_cancel')
    assert.equal(await leavingOf(ada), null)
  })

  test('it was not Ada: the link in the mail keeps the account without signing in, once', async () => {
    await ada.post('/identity/deletion')
    await until(
      async () =>
        (await db.sql(`select from identity.deletions where user_id = $1 and cancelled_at is null and told_at is not null`, [ada.id]))
          .length === 1,
      10,
      'Ada is told',
    )
    const token = await tokenFrom(ada.id)
    assert.equal(await saidTo(callsOf(server).post('/identity/deletion/cancelling', { token: 'x'.repeat(43) })), 'nothing_to_cancel')
    assert.equal(await saidTo(callsOf(server).post('/identity/deletion/cancelling', { token })), 200)
    assert.equal(await saidTo(callsOf(server).post('/identity/deletion/cancelling', { token })), 'nothing_to_cancel')
    assert.equal(await leavingOf(ada), null)
  })

  test('Bo cannot cancel for her', async () => {
    const bo = await somebody(server, 'Bo Meddling')
    await ada.post('/identity/deletion')
    assert.equal(await saidTo(bo.remove('/identity/deletion')), 'nothing_to_cancel')
    assert.notEqual(await leavingOf(ada), null)
  })

  test('while she is leaving nobody makes her an administrator', async () =>
    assert.equal(await saidTo(mira.put(`/identity/administrators/${ada.id}`, because)), 'is_leaving'))
})

test('an administrator cannot erase an administrator, nor somebody who is gone', async () => {
  const other = await administrator(server, 'Otto Administrating')
  assert.equal(await saidTo(mira.remove(`/identity/people/${other.id}`, because)), 'is_administrator')
  assert.equal(await saidTo(mira.remove(`/identity/people/${crypto.randomUUID()}`, because)), 'no_such_person')
})

describe('Zelda is erased at an administrator’s word', async () => {
  const zelda = await somebody(server, 'Zelda Quintessa')
  const otto = await somebody(server, 'Otto Staying')
  const { file } = await lives(server, dataDir, zelda, 'zeldamarker', otto)
  await lives(server, dataDir, otto, 'ottomarker', zelda)
  await otto.post('/safety/reports', {
    person_id: zelda.id,
    subject_kind: 'person',
    subject_id: zelda.id,
    kind: 'spam',
    words: 'Zelda Quintessa sends spam',
  })
  const { id: copy } = (await zelda.post('/identity/exports', {}, { 'idempotency-key': 'export' })).body as { id: string }
  const { id: taken } = (await mira.post(`/identity/people/${zelda.id}/export`, { ...because, to: 'me' }, { 'idempotency-key': 'taken' }))
    .body as { id: string }
  await until(async () => (await db.sql('select from identity.exports where ready_at is not null')).length === 2, 90, 'the copies are made')
  await mira.get('/identity/people', { search: 'zelda', ...because })
  const words = ['Zelda', 'Quintessa', zelda.email, 'zeldamarker', 'Pacific/Chatham']
  const isOttos = (row: string) => row.startsWith('identity.accounts:') && row.includes(otto.id) // the two have one zone in common
  const object = (id: string) => path.join(dataDir, 'files/objects', pathOf(id))

  test('before, she is everywhere', async () => {
    const tables = new Set((await tracesInTables(db, words)).map((row) => row.split(':')[0]))
    for (const table of [
      'auth.users',
      'auth.identities',
      'auth.sessions',
      'auth.mfa_factors',
      'auth.one_time_tokens',
      'auth.flow_state',
      'identity.accounts',
      'identity.invitations',
      'identity.passkeys',
      'mail.messages',
      'safety.reports',
      'files.objects',
      'operations.answers',
    ])
      assert.ok(tables.has(table) || table === 'operations.answers', table)
    for (const id of [file, copy, taken]) assert.ok(existsSync(object(id)))
  })

  test('at once she is nobody: no session, no account', async () => {
    assert.equal(await saidTo(mira.remove(`/identity/people/${zelda.id}`, because)), 200)
    const [user] = await db.sql('select deleted_at is not null as gone from auth.users where id = $1', [zelda.id])
    assert.equal(user!['gone'], true)
    await until(async () => (await zelda.get('/identity/account')).status === 401, 5, 'her token is refused')
    assert.equal(await saidTo(mira.get(`/identity/people/${zelda.id}`, because)), 'no_such_person')
  })

  test('and then there is no byte of her in any table, file or line of the log', async () => {
    await erased(zelda)
    await until(() => [file, copy, taken].every((id) => !existsSync(object(id))), 90, 'her files are gone')
    assert.deepEqual(
      (await tracesInTables(db, words)).filter((row) => !isOttos(row)),
      [],
    )
    assert.deepEqual(await db.sql('select from operations.answers where asker = $1 or body like $2', [zelda.id, `%${zelda.id}%`]), [])
    assert.equal((await db.sql('select from identity.attempts')).length, 2, 'only Otto’s attempts are left')
    assert.deepEqual(tracesInFiles(dataDir, words), [])
    assert.deepEqual(tracesInLines(server.log, words), [])
  })

  test('her account is a stone: the row is there, and says nothing', async () => {
    const [user] = await db.sql(
      `select id, encrypted_password, raw_user_meta_data, raw_app_meta_data, deleted_at is not null as gone, last_sign_in_at from auth.users where id = $1`,
      [zelda.id],
    )
    assert.deepEqual(user, {
      id: zelda.id,
      encrypted_password: '',
      raw_user_meta_data: {},
      raw_app_meta_data: {},
      gone: true,
      last_sign_in_at: null,
    })
    for (const table of [
      'auth.identities',
      'auth.sessions',
      'auth.mfa_factors',
      'auth.one_time_tokens',
      'auth.flow_state',
      'identity.passkeys',
      'identity.exports',
    ])
      assert.deepEqual(await db.sql(`select from ${table} where user_id = $1`, [zelda.id]), [], table)
  })

  test('Otto’s things are as they were', async () => {
    const left = new Set((await tracesInTables(db, ['ottomarker', otto.email])).map((row) => row.split(':')[0]))
    for (const table of ['auth.users', 'auth.sessions', 'auth.mfa_factors', 'identity.passkeys', 'files.objects'])
      assert.ok(left.has(table), table)
    assert.equal((await otto.get('/identity/account')).status, 200)
  })

  test('that it was done, why and by whom is on record, and the chain is whole', async () => {
    const [entry] = await db.sql(`select actor, reason from audit.entries where action = 'identity.erasure-begun' and subject_id = $1`, [
      zelda.id,
    ])
    assert.deepEqual(entry, { actor: mira.id, reason: because.reason })
    const owner = new pg.Client({ connectionString: db.url() })
    await owner.connect()
    try {
      while ((await seal(asServer)) > 0);
      const verdict = await verify(owner)
      assert.ok(verdict.sound && verdict.sealed > 0)
    } finally {
      await owner.end()
    }
  })

  test('her address is free for somebody new, and once more changes nothing', async () => {
    const anew = await somebody(server, 'Zelda Anew', { email: zelda.email })
    assert.equal((await anew.get('/identity/account')).status, 200)
    assert.equal(await saidTo(mira.remove(`/identity/people/${zelda.id}`, because)), 'no_such_person')
  })
})

test('the operator’s programs erase at once, too', async () => {
  const ulla = await somebody(server, 'Ulla Programmed')
  await db.database.write(theServer, (tx) => erasePersonForOperator(tx, ulla.id))
  await db.database
    .write(theServer, async (tx) => {
      await assert.rejects(erasePersonForOperator(tx, mira.id), { constraint: 'is_administrator' })
      throw new Error('as it was')
    })
    .catch((error: Error) => assert.equal(error.message, 'as it was'))
})
