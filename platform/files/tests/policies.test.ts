import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

const db = await freshDatabase()
const ada = await someone(db, 'ada')
const bo = await someone(db, 'bo')
const { read, write } = db.database
const notAllowed = { code: '42501' }

const attempt = (acting: Acting, text: string) =>
  write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const begin = async (acting: Acting<'authenticated'>) =>
  (await write(acting, (tx) => tx.call('private.begin_upload', { purpose: 'sample_paper', name: 'a.pdf', length: 10 }))).id!
const finish = (id: string) =>
  write(theServer, async (tx) => {
    await tx.call('private.finish_upload', {
      file: id,
      name: 'a.pdf',
      mime: 'application/pdf',
      size: 10,
      sha256: 'a'.repeat(64),
      object_path: 'a',
    })
    await tx.call('private.scanned', { file: id, clean: true })
  })
const finished = async (acting: Acting<'authenticated'>) => {
  const id = await begin(acting)
  await finish(id)
  return id
}

const [adas, bos] = [await finished(ada.acting), await finished(bo.acting)]

describe('a person', () => {
  test('sees their own files', async () => {
    const files = await read(ada.acting, (db) => db.selectFrom('files.objects').select(['id', 'name', 'state']).execute())
    assert.deepEqual(files, [{ id: adas, name: 'a.pdf', state: 'clean' }])
  })

  test('cannot see another’s, even by its id', async () => {
    assert.deepEqual(await attempt(bo.acting, `select id from files.objects where id = '${adas}'`), [])
    assert.deepEqual(await attempt(bo.acting, `select count(*)::int as n from files.objects`), [{ n: 1 }])
  })

  for (const column of ['object_path', 'erased_at', '*'])
    test(`cannot see ${column}, not even of their own`, () =>
      assert.rejects(attempt(ada.acting, `select ${column} from files.objects`), notAllowed))

  for (const text of [
    `insert into files.objects (owner_id, purpose, name, length) values ('${ada.id}', 'sample_paper', 'a', 1)`,
    `update files.objects set state = 'clean'`,
    `update files.objects set owner_id = '${ada.id}'`,
    `update files.objects set expires_at = null`,
    'delete from files.objects',
    'truncate files.objects',
  ])
    test(`cannot ${text.replace(ada.id, '…')}`, () => assert.rejects(attempt(ada.acting, text), notAllowed))

  test('begins uploads of their own, which are nobody else’s', async () => {
    const id = await begin(ada.acting)
    assert.deepEqual(await attempt(ada.acting, `select owner_id, state from files.objects where id = '${id}'`), [
      { owner_id: ada.id, state: 'uploading' },
    ])
    assert.deepEqual(await attempt(bo.acting, `select id from files.objects where id = '${id}'`), [])
  })

  test('cannot say what the server found in a file, nor that it is clean', async () => {
    for (const call of [
      `private.finish_upload('${adas}', 'a', 'text/html', 1, repeat('a', 64), 'b')`,
      `private.scanned('${adas}', true)`,
      `private.keep_file('${adas}', '${ada.id}', 'export', 'a', 'a/b', 1, repeat('a', 64), 'a', now())`,
    ])
      await assert.rejects(attempt(ada.acting, `select ${call}`), notAllowed)
  })

  test('cannot sweep, mark or erase', async () => {
    for (const call of ['private.sweep_files(1)', `private.note_lost_files('{}', '{${adas}}')`, `private.erase_files('${bo.id}')`])
      await assert.rejects(attempt(ada.acting, `select ${call}`), notAllowed)
  })

  test('claims, lets go and throws away what is theirs', async () => {
    const id = await finished(ada.acting)
    await attempt(ada.acting, `select * from private.claim_file('${id}', 'sample_paper')`)
    await assert.rejects(attempt(ada.acting, `select private.remove_file('${id}')`), { constraint: 'file_is_in_use' })
    await attempt(ada.acting, `select private.release_file('${id}')`)
    await attempt(ada.acting, `select private.remove_file('${id}')`)
    assert.deepEqual(await attempt(ada.acting, `select id from files.objects where id = '${id}'`), [])
  })

  test('cannot claim, let go, throw away or download what is another’s', async () => {
    for (const call of [
      `claim_file('${adas}', 'sample_paper')`,
      `release_file('${adas}')`,
      `remove_file('${adas}')`,
      `download('${adas}')`,
    ])
      await assert.rejects(attempt(bo.acting, `select * from private.${call}`), { constraint: 'no_such_file' }, call)
  })

  test('downloads what is theirs, while it has not expired', async () => {
    const [file] = await attempt(bo.acting, `select * from private.download('${bos}')`)
    assert.equal(file!['object_path'], 'a')
    await db.sql(`update files.objects set expires_at = now() - interval '1 second' where id = $1`, [bos])
    await assert.rejects(attempt(bo.acting, `select * from private.download('${bos}')`), { constraint: 'no_such_file' })
  })

  test('cannot ask in the database’s place whether somebody may download', async () => {
    for (const call of ['may_download(null)', 'may_be_handed_out(null)'])
      await assert.rejects(attempt(ada.acting, `select private.${call}`), notAllowed)
  })
})

describe('a purpose', () => {
  // Its name is part of a function's name, which the database then looks for.
  for (const purpose of [`x(uuid)'; drop table files.objects --`, 'x"y', 'X', 'a.b', 'x y', '', 'x'.repeat(41)])
    test(`cannot be called ${JSON.stringify(purpose.slice(0, 20))}`, () =>
      assert.rejects(
        write(ada.acting, (tx) => tx.call('private.begin_upload', { purpose, name: 'a', length: 1 })),
        { constraint: 'purpose_is_a_word' },
      ))
})

describe('the server', () => {
  test('sees every file and what is to be known of it', async () => {
    const files = await read(theServer, (db) => db.selectFrom('files.objects').select(['id', 'owner_id', 'object_path']).execute())
    assert.ok(files.some(({ id }) => id === adas) && files.some(({ id }) => id === bos))
  })

  test('makes files for people, and takes away what expired', async () => {
    const id = crypto.randomUUID()
    await write(theServer, (tx) =>
      tx.call('private.keep_file', {
        id,
        owner: ada.id,
        purpose: 'export',
        name: 'all.zip',
        mime: 'application/zip',
        size: 1,
        sha256: 'b'.repeat(64),
        object_path: 'b',
        expires_at: '2020-01-01',
      }),
    )
    const swept = await write(theServer, (tx) => tx.rows('private.sweep_files', { most: 10 }))
    assert.ok(swept.some(({ sweep_files }) => sweep_files === id))
  })

  for (const text of [
    `insert into files.objects (owner_id, purpose, name, length) values ('${ada.id}', 'sample_paper', 'a', 1)`,
    `update files.objects set owner_id = '${bo.id}'`,
    'delete from files.objects',
    'truncate files.objects',
    `select private.begin_upload('a', 'a', 1)`,
    `select private.claim_file('${adas}', 'sample_paper')`,
    `select private.remove_file('${adas}')`,
    `select private.download('${adas}')`,
  ])
    test(`cannot ${text.replace(/'[0-9a-f-]{36}'/g, '…')}`, () => assert.rejects(attempt(theServer, text), notAllowed))

  test('cannot finish an upload twice, nor one that is none', async () => {
    await assert.rejects(finish(adas), { constraint: 'no_such_upload' })
    await assert.rejects(finish(crypto.randomUUID()), { constraint: 'no_such_upload' })
  })
})

describe('a stranger', () => {
  for (const text of [
    'select id from files.objects',
    `insert into files.objects (owner_id, purpose, name, length) values ('${ada.id}', 'sample_paper', 'a', 1)`,
    `select private.begin_upload('a', 'a', 1)`,
    `select private.download('${adas}')`,
    `select private.remove_file('${adas}')`,
  ])
    test(`cannot ${text.replace(/'[0-9a-f-]{36}'/g, '…')}`, () => assert.rejects(attempt(aStranger, text), notAllowed))
})

describe('a row cannot say', () => {
  for (const [what, constraint, text] of [
    ['a state nobody knows', 'state_is_known', `update files.objects set state = 'fine' where id = '${adas}'`],
    ['that it is finished and not what it is', 'what_is_finished_is_known', `update files.objects set mime = null where id = '${adas}'`],
    ['what it is before it is finished', 'what_is_finished_is_known', `update files.objects set state = 'uploading' where id = '${adas}'`],
    [
      'that an upload never ends',
      'an_unfinished_upload_has_a_length_and_an_end',
      `insert into files.objects (owner_id, purpose, name, length) values ('${ada.id}', 'a', 'a', 1)`,
    ],
    ['a name with a path', 'name_is_short', `update files.objects set name = '../a' where id = '${adas}'`],
    ['a name of two lines', 'name_is_short', `update files.objects set name = E'a\\nb' where id = '${adas}'`],
    [
      'a length of nothing',
      'length_is_positive',
      `insert into files.objects (owner_id, purpose, name, length, expires_at) values ('${ada.id}', 'a', 'a', 0, now())`,
    ],
  ] as const)
    test(what, () => assert.rejects(db.sql(text), { constraint }))
})
