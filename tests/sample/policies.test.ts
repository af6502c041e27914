import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import { aStranger, freshDatabase, someone, theServer } from '../database.ts'

const db = await freshDatabase()
const ada = await someone(db, 'ada')
const bo = await someone(db, 'bo')
const { read, write } = db.database
const refused = { code: '42501' }

const note = (acting: Acting<'authenticated'>, title: string, kind: 'private' | 'shared' = 'private') =>
  write(acting, (tx) => tx.insertInto('sample.notes').values({ title, kind }).returning(['id', 'owner_id']).executeTakeFirstOrThrow())
const titles = (acting: Acting<'authenticated'>) =>
  read(acting, async (db) => (await db.selectFrom('sample.notes').select('title').orderBy('title').execute()).map(({ title }) => title))
const attempt = (acting: Acting, text: string) => write(acting, async (tx) => Number((await sql.raw(text).execute(tx)).numAffectedRows))

const [secret, shared] = [await note(ada.acting, 'Ada, private'), await note(ada.acting, 'Ada, shared', 'shared')]
const bos = await note(bo.acting, 'Bo, private')

describe('a note', () => {
  test('is its writer’s', () => {
    assert.equal(secret.owner_id, ada.id)
    assert.equal(bos.owner_id, bo.id)
  })

  test('can be read by its owner, and a shared one by anybody signed in', async () => {
    assert.deepEqual(await titles(ada.acting), ['Ada, private', 'Ada, shared'])
    assert.deepEqual(await titles(bo.acting), ['Ada, shared', 'Bo, private'])
  })

  test('cannot be read by Bo while it is Ada’s alone, even by its id', async () => {
    assert.equal(await attempt(bo.acting, `select title from sample.notes where id = '${secret.id}'`), 0)
  })

  test('can be changed by its owner', async () => {
    assert.equal(await attempt(ada.acting, `update sample.notes set body = 'more' where id = '${secret.id}'`), 1)
  })

  test('cannot be changed by Bo, shared or not', async () => {
    assert.equal(await attempt(bo.acting, `update sample.notes set body = 'his' where id in ('${secret.id}', '${shared.id}')`), 0)
    assert.deepEqual(await db.sql(`select from sample.notes where body = 'his'`), [])
  })

  test('can be called what another person’s note is called', async () => {
    await note(bo.acting, 'Ada, shared')
    await db.sql(`delete from sample.notes where title = 'Ada, shared' and owner_id = $1`, [bo.id])
  })

  test('cannot be called what another one of its owner’s is', () =>
    assert.rejects(note(ada.acting, 'Ada, shared'), { code: '23505', constraint: 'title_taken' }))

  test('cannot be of a kind nobody knows, nor nameless', async () => {
    await assert.rejects(attempt(ada.acting, `insert into sample.notes (title, kind) values ('x', 'public')`), {
      constraint: 'kind_is_known',
    })
    await assert.rejects(note(ada.acting, ''), { constraint: 'title_is_short' })
  })
})

describe('nobody', () => {
  test('can write a note in another’s name, nor give one away', async () => {
    await assert.rejects(attempt(bo.acting, `insert into sample.notes (title, owner_id) values ('Ada’s words', '${ada.id}')`), refused)
    await assert.rejects(attempt(ada.acting, `update sample.notes set owner_id = '${bo.id}'`), refused)
  })

  test('can read or write the column that is granted to nobody', async () => {
    for (const acting of [ada.acting, theServer, aStranger]) {
      await assert.rejects(attempt(acting, 'select secret from sample.notes'), refused)
      await assert.rejects(attempt(acting, 'select * from sample.notes'), refused)
      await assert.rejects(attempt(acting, `update sample.notes set secret = ''`), refused)
    }
  })

  test('can delete a note', async () => {
    for (const acting of [ada.acting, theServer, aStranger]) await assert.rejects(attempt(acting, 'delete from sample.notes'), refused)
  })
})

describe('the server', () => {
  test('can count all notes', async () => {
    const all = await read(theServer, (db) => db.selectFrom('sample.notes').select('id').execute())
    assert.equal(all.length, 3)
  })

  test('cannot read what is in them, nor write any', async () => {
    for (const column of ['owner_id', 'title', 'body', 'kind', 'created_at'])
      await assert.rejects(attempt(theServer, `select ${column} from sample.notes`), refused)
    await assert.rejects(attempt(theServer, `insert into sample.notes (title) values ('x')`), refused)
    await assert.rejects(attempt(theServer, `update sample.notes set title = 'x'`), refused)
  })
})

describe('a stranger', () => {
  test('cannot read, write or change a note, not even a shared one', async () => {
    await assert.rejects(attempt(aStranger, `select title from sample.notes where kind = 'shared'`), refused)
    await assert.rejects(attempt(aStranger, `insert into sample.notes (title) values ('x')`), refused)
    await assert.rejects(attempt(aStranger, `update sample.notes set title = 'x'`), refused)
  })
})

describe('the functions', () => {
  const count = (acting: Acting<'authenticated'>) => read(acting, (db) => db.call('sample.count_notes', {}))

  test('count each person’s own notes, and nobody else’s', async () => {
    assert.equal(await count(ada.acting), 2)
    assert.equal(await count(bo.acting), 1)
    assert.equal(await count((await someone(db)).acting), 0)
  })

  test('refuse by a name', () =>
    assert.rejects(
      write(ada.acting, (tx) => tx.call('sample.finish', { note: secret.id })),
      { code: 'VV001', constraint: 'nothing_to_finish' },
    ))

  test('tell everybody as whom they ask', async () => {
    assert.equal(await read(ada.acting, (db) => db.call('sample.role', {})), 'authenticated')
    assert.equal(await read(theServer, (db) => db.call('sample.role', {})), 'service_role')
    assert.equal(await read(aStranger, (db) => db.call('sample.role', {})), 'anon')
  })

  for (const [who, acting] of [['a stranger', aStranger] as const, ['the server', theServer] as const])
    test(`cannot be called by ${who} where they are for people`, async () => {
      await assert.rejects(attempt(acting, 'select sample.count_notes()'), refused)
      await assert.rejects(attempt(acting, `select sample.finish('${secret.id}')`), refused)
    })
})
