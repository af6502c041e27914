import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

const db = await freshDatabase()
const ada = await someone(db, 'ada')
const bo = await someone(db, 'bo')
const { read, write } = db.database
const refused = { code: '42501' }

// As a write does it: the claim rides with the first statement, the answer with the commit.
const answer = (acting: Acting<'authenticated' | 'service_role'>, key: string, body: string) =>
  write(acting, async (tx) => {
    await tx.call('private.answer_once', { key, fingerprint: 'of the request' })
    await tx.call('private.answer_is', { key, body })
  })
const given = (acting: Acting<'authenticated' | 'service_role'>, key: string) =>
  read(acting, async (db) => (await db.rows('private.answer_given', { key })).map(({ body }) => body))
const attempt = (acting: Acting, text: string) => write(acting, async (tx) => (await sql.raw(text).execute(tx)).rows)

describe('an answer', () => {
  test('is kept under the key its sender chose, and given back to them', async () => {
    await answer(ada.acting, 'first', 'for Ada')
    assert.deepEqual(await given(ada.acting, 'first'), ['for Ada'])
  })

  test('is nobody else’s: Bo finds nothing under Ada’s key, and may choose the same one', async () => {
    await answer(ada.acting, 'shared', 'for Ada')
    assert.deepEqual(await given(bo.acting, 'shared'), [])
    assert.deepEqual(await given(theServer, 'shared'), [])
    await answer(bo.acting, 'shared', 'for Bo')
    await answer(theServer, 'shared', 'for the operator')
    assert.deepEqual(await given(ada.acting, 'shared'), ['for Ada'])
    assert.deepEqual(await given(bo.acting, 'shared'), ['for Bo'])
    assert.deepEqual(await given(theServer, 'shared'), ['for the operator'])
  })

  test('cannot be given twice: who comes again with the key is refused by name', async () => {
    await answer(ada.acting, 'once', 'the first')
    await assert.rejects(answer(ada.acting, 'once', 'the second'), { code: 'VV001', constraint: 'answered_before' })
    assert.deepEqual(await given(ada.acting, 'once'), ['the first'])
  })

  test('cannot be changed by Bo, who knows Ada’s key', async () => {
    await answer(ada.acting, 'known', 'for Ada')
    await write(bo.acting, (tx) => tx.call('private.answer_is', { key: 'known', body: 'from Bo' }))
    assert.deepEqual(await given(ada.acting, 'known'), ['for Ada'])
  })

  test('is not there without its effect: what is rolled back leaves its key free', async () => {
    const fails = write(ada.acting, async (tx) => {
      await tx.call('private.answer_once', { key: 'undone', fingerprint: '' })
      throw new Error('the work failed')
    })
    await assert.rejects(fails, { message: 'the work failed' })
    await answer(ada.acting, 'undone', 'at the second go')
    assert.deepEqual(await given(ada.acting, 'undone'), ['at the second go'])
  })

  test('of two at once under one key, the second waits for the first and is refused', async () => {
    const [one, other] = await Promise.allSettled(['one', 'other'].map((body) => answer(ada.acting, 'raced', body)))
    const [won, lost] = one!.status === 'fulfilled' ? ['one', other!] : ['other', one!]
    assert.equal(lost.status === 'rejected' && (lost.reason as { constraint?: string }).constraint, 'answered_before')
    assert.deepEqual(await given(ada.acting, 'raced'), [won])
  })

  test('cannot have an empty key, nor an endless one', async () => {
    await assert.rejects(answer(ada.acting, '', ''), { constraint: 'key_is_short' })
    await assert.rejects(answer(ada.acting, 'k'.repeat(201), ''), { constraint: 'key_is_short' })
  })
})

describe('the table of answers', () => {
  test('can be swept by the server, which sees when and whose and no more', async () => {
    await answer(ada.acting, 'old', 'for Ada')
    const seen = await read(theServer, (db) => db.selectFrom('operations.answers').select(['asker', 'created_at']).execute())
    assert.ok(seen.some(({ asker }) => asker === ada.id))
    await db.sql(`update operations.answers set created_at = now() - interval '2 days' where key = 'old'`)
    await write(theServer, (tx) =>
      tx
        .deleteFrom('operations.answers')
        .where('created_at', '<', new Date(Date.now() - 86_400_000).toISOString())
        .execute(),
    )
    assert.deepEqual(await given(ada.acting, 'old'), [])
    assert.notEqual((await db.sql('select from operations.answers')).length, 0)
  })

  for (const column of ['key', 'fingerprint', 'body'])
    test(`cannot be read by the server for its column ${column}`, () =>
      assert.rejects(attempt(theServer, `select ${column} from operations.answers`), refused))

  test('cannot be written by the server', async () => {
    await assert.rejects(attempt(theServer, `insert into operations.answers values (gen_random_uuid(), 'k', 'f')`), refused)
    await assert.rejects(attempt(theServer, `update operations.answers set created_at = now()`), refused)
    await assert.rejects(attempt(theServer, 'truncate operations.answers'), refused)
  })

  for (const [who, acting] of [['Ada', ada.acting] as const, ['a stranger', aStranger] as const])
    for (const text of [
      'select created_at from operations.answers',
      `insert into operations.answers values (gen_random_uuid(), 'k', 'f')`,
      `update operations.answers set body = ''`,
      'delete from operations.answers',
    ])
      test(`cannot be reached by ${who}: ${text}`, () => assert.rejects(attempt(acting, text), refused))
})

describe('the functions', () => {
  for (const call of [`answer_once('k', 'f')`, `answer_is('k', 'b')`, `answer_given('k')`])
    test(`cannot be called by a stranger: ${call}`, () => assert.rejects(attempt(aStranger, `select private.${call}`), refused))

  for (const [who, acting] of [['Ada', ada.acting] as const, ['the server', theServer] as const, ['a stranger', aStranger] as const])
    test(`cannot be asked by ${who} whom they take them for`, () => assert.rejects(attempt(acting, 'select private.asker()'), refused))
})

describe('how the installation is', () => {
  const look = 'select postgres, reports_open, administrators from private.system_state()'
  test('an administrator sees in figures, and who else administrates', async () => {
    const mira = await someone(db, 'mira')
    await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [mira.id])
    const [state] = (await attempt(mira.acting, look)) as { reports_open: number; administrators: { id: string }[] }[]
    assert.equal(state!.reports_open, 0)
    assert.deepEqual(
      state!.administrators.map(({ id }) => id),
      [mira.id],
    )
  })

  test('nobody else sees', async () => {
    await assert.rejects(attempt(ada.acting, look), { constraint: 'administrators_only' })
    await assert.rejects(attempt(aStranger, look), refused)
    await assert.rejects(attempt(theServer, look), refused)
  })
})
