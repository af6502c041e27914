import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { freshServer } from '#tests/server.ts'
import { asking, holdNotes, person, theOperator } from './asking.ts'

const server = await freshServer()
const { db } = server
const stranger = asking(server)
const ana = await person(server, 'ana')
const bo = await person(server, 'bo')

const withKey = (key: string) => ({ 'idempotency-key': key })
const notesCalled = async (title: string) => (await db.sql('select id from sample.notes where title = $1', [title])).length
const keptFor = (key: string) => db.sql<{ asker: string; body: string }>('select asker, body from operations.answers where key = $1', [key])

describe('a write that is sent again with its Idempotency-Key', () => {
  test('gets the first answer, and happens once', async () => {
    const key = withKey(randomUUID())
    const first = await ana('POST /api/sample/notes', { title: 'Cough' }, key)
    const again = await ana('POST /api/sample/notes', { title: 'Cough' }, key)
    assert.equal(first.status, 200)
    assert.deepEqual([again.status, again.text, again.headers.get('content-type')], [200, first.text, first.headers.get('content-type')])
    assert.equal(await notesCalled('Cough'), 1)
  })

  test('is known by what it means, not by how it is spelled', async () => {
    const key = withKey(randomUUID())
    const first = await ana('POST /api/sample/notes', '{"title":"Spelling","kind":"private"}', key)
    const again = await ana('POST /api/sample/notes', ' { "kind" : "private" , "title" : "\\u0053pelling", "body" : "" } ', key)
    assert.deepEqual([again.status, again.text], [200, first.text])
  })

  test('still gets the first answer when what it made has changed since', async () => {
    const key = withKey(randomUUID())
    const { body } = await ana('POST /api/sample/notes', { title: 'Headache' }, key)
    const change = withKey(randomUUID())
    const rename = async () => (await ana(`PATCH /api/sample/notes/${String(body['id'])}`, { title: 'Migraine' }, change)).status
    assert.deepEqual([await rename(), await rename()], [200, 200])
    await db.sql('delete from sample.notes where id = $1', [body['id']])
    assert.equal(await rename(), 200)
    assert.deepEqual((await ana('POST /api/sample/notes', { title: 'Headache' }, key)).body, body)
    assert.equal(await notesCalled('Headache'), 0)
  })

  test('is refused when it asks for something else', async () => {
    const key = withKey(randomUUID())
    await ana('POST /api/sample/notes', { title: 'Fever' }, key)
    const others = [
      await ana('POST /api/sample/notes', { title: 'Chills' }, key),
      await ana(`PATCH /api/sample/notes/${randomUUID()}`, { title: 'Fever' }, key),
      await ana('POST /api/sample/visits', {}, key),
    ]
    for (const { status, body } of others) assert.deepEqual([status, body['code']], [422, 'key_reused'])
    assert.equal(await notesCalled('Chills'), 0)
  })

  test('happens once and is answered alike, though fifty arrive at the same moment', async () => {
    const key = withKey(randomUUID())
    const answers = await Promise.all(Array.from({ length: 50 }, () => ana('POST /api/sample/notes', { title: 'Rash' }, key)))
    assert.equal(await notesCalled('Rash'), 1)
    assert.deepEqual([...new Set(answers.map(({ status, text }) => `${status} ${text}`))], [`200 ${answers[0]!.text}`])
  })

  test('happens once even if the others came while the first was still at work', async () => {
    const key = withKey(randomUUID())
    const notes = await holdNotes(server)
    const first = ana('POST /api/sample/notes', { title: 'Slow' }, key)
    await notes.waiting()
    const others = Array.from({ length: 5 }, () => ana('POST /api/sample/notes', { title: 'Slow' }, key))
    await notes.waiting(6)
    await notes.release()
    const answers = await Promise.all([first, ...others])
    assert.deepEqual(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1)
    assert.equal(answers[0].status, 200)
    assert.equal(await notesCalled('Slow'), 1)
  })

  test('is tried anew when the first attempt was refused: a refusal does not use the key up', async () => {
    const key = withKey(randomUUID())
    const { body } = await ana('POST /api/sample/notes', { title: 'Taken' })
    const refused = await ana('POST /api/sample/notes', { title: 'Taken' }, key)
    assert.equal(refused.body['code'], 'title_taken')
    await ana(`PATCH /api/sample/notes/${String(body['id'])}`, { title: 'Given back' })
    assert.equal((await ana('POST /api/sample/notes', { title: 'Taken' }, key)).status, 200)
    assert.equal(await notesCalled('Taken'), 1)
  })

  test('happens once although the connection broke in the middle of it', async () => {
    const key = withKey(randomUUID())
    const notes = await holdNotes(server)
    const broken = ana('POST /api/sample/notes', { title: 'Broken' }, key)
    const [pid] = await notes.waiting()
    await db.sql('select pg_terminate_backend($1)', [pid])
    const { status, body } = await broken
    assert.deepEqual([status, body['code']], [503, 'database_away'])
    await notes.release()
    const again = await ana('POST /api/sample/notes', { title: 'Broken' }, key)
    assert.equal(again.status, 200)
    assert.equal(await notesCalled('Broken'), 1)
  })

  test('is kept per person: the same key of somebody else is another one', async () => {
    const key = withKey('lunch')
    const anas = await ana('POST /api/sample/notes', { title: 'Lunch' }, key)
    const bos = await bo('POST /api/sample/notes', { title: 'Lunch' }, key)
    assert.deepEqual([anas.status, bos.status], [200, 200])
    assert.notEqual(anas.text, bos.text)
    assert.equal(await notesCalled('Lunch'), 2)
    assert.deepEqual((await bo('POST /api/sample/notes', { title: 'Lunch' }, key)).text, bos.text)
  })

  test("serves the operator's programs too, apart from everybody's", async () => {
    await theOperator(server)('POST /api/sample/visits', {}, withKey('visit'))
    assert.deepEqual(
      (await keptFor('visit')).map(({ asker }) => asker),
      ['00000000-0000-0000-0000-000000000000'],
    )
  })
})

describe('an Idempotency-Key', () => {
  test('of a stranger is ignored: strangers cannot be told apart', async () => {
    const answers = [
      await stranger('POST /api/sample/visits', {}, withKey('stranger')),
      await stranger('POST /api/sample/visits', {}, withKey('stranger')),
      await stranger('POST /api/sample/visits', {}, withKey(' not a key at all ')),
    ]
    for (const { status, body } of answers) assert.deepEqual([status, body], [200, { role: 'anon' }])
    assert.deepEqual(await keptFor('stranger'), [])
  })

  test('is ignored by a read, which may be repeated anyway', async () => {
    assert.equal((await ana('GET /api/sample/count', undefined, withKey('reading'))).status, 200)
    assert.deepEqual(await keptFor('reading'), [])
  })

  test('is 1 to 200 visible characters', async () => {
    const said = async (key: string) => (await ana('POST /api/sample/visits', {}, withKey(key))).status
    assert.deepEqual([await said('k'), await said('k'.repeat(200))], [200, 200])
    for (const key of ['k'.repeat(201), 'two words', 'ø', ''])
      assert.equal((await ana('POST /api/sample/visits', {}, withKey(key))).status, 400, `"${key}"`)
  })

  test('keeps the answer as it left the server, with nothing that the operation does not show', async () => {
    const { body } = await ana('POST /api/sample/notes', { title: 'Kept' }, withKey('kept'))
    const [kept] = await keptFor('kept')
    assert.deepEqual(JSON.parse(kept!.body), body)
    assert.deepEqual(Object.keys(body), ['id'])
  })

  test('keeps an answer out of sight of everybody but the one who got it', async () => {
    await ana('POST /api/sample/visits', {}, withKey('mine'))
    for (const role of ['anon', 'authenticated'] as const)
      await assert.rejects(
        db.database.read({ role, claims: JSON.stringify({ sub: ana.id, role }) }, (reader) =>
          reader
            .selectFrom('operations.answers' as never)
            .select('body' as never)
            .execute(),
        ),
        { code: '42501' },
      )
    const given = (id: string) =>
      db.database.read({ role: 'authenticated', claims: JSON.stringify({ sub: id, role: 'authenticated' }) }, (reader) =>
        reader.rows('private.answer_given' as never, { key: 'mine' } as never),
      )
    assert.equal(((await given(ana.id)) as unknown[]).length, 1)
    assert.deepEqual(await given(bo.id), [])
  })
})
