import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asking, person } from '#platform/operations/tests/asking.ts'
import { freshServer } from '#tests/server.ts'

const server = await freshServer()
const ada = await person(server, 'ada')
const bo = await person(server, 'bo')
const stranger = asking(server)

type Kinds = { kind: string; says: string; mandatory: boolean; wanted: boolean }[]
const wants = async (who: typeof ada) => {
  const kinds = (await who('GET /api/mail/preferences')).body['kinds'] as Kinds
  return Object.fromEntries(kinds.filter(({ kind }) => kind.startsWith('sample.')).map(({ kind, wanted }) => [kind, wanted]))
}

describe('whoever is signed in', () => {
  test('sees every kind of mail in words, and gets all to begin with', async () => {
    const { body } = await ada('GET /api/mail/preferences')
    const kinds = (body['kinds'] as Kinds).filter(({ kind }) => kind.startsWith('sample.'))
    assert.deepEqual(kinds, [
      { kind: 'sample.alarm', says: 'Somebody signed in as you', mandatory: true, wanted: true },
      { kind: 'sample.news', says: 'News of shared notes', mandatory: false, wanted: true },
    ])
  })

  test('switches a kind off and on again, for themselves alone', async () => {
    assert.equal((await ada('PUT /api/mail/preferences/sample.news', { wanted: false })).status, 200)
    assert.deepEqual(await wants(ada), { 'sample.alarm': true, 'sample.news': false })
    assert.deepEqual(await wants(bo), { 'sample.alarm': true, 'sample.news': true })
    assert.equal((await ada('PUT /api/mail/preferences/sample.news', { wanted: true })).status, 200)
    assert.deepEqual(await wants(ada), { 'sample.alarm': true, 'sample.news': true })
  })

  test('cannot switch off what is mandatory', async () => {
    const { status, body } = await ada('PUT /api/mail/preferences/sample.alarm', { wanted: false })
    assert.deepEqual([status, body['code']], [409, 'always_sent'])
    assert.deepEqual(await wants(ada), { 'sample.alarm': true, 'sample.news': true })
  })

  for (const kind of ['sample.nothing', 'sample', 'constructor', '__proto__'])
    test(`cannot choose the kind ${kind}, which there is not`, async () => {
      const { status, body } = await ada(`PUT /api/mail/preferences/${kind}`, { wanted: false })
      assert.deepEqual([status, body['code']], [404, 'no_such_kind'])
    })

  test('presses twice at once, and the one of the two counts', async () => {
    const answers = await Promise.all([true, false].map((wanted) => bo('PUT /api/mail/preferences/sample.news', { wanted })))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    )
    const rows = await server.db.sql('select from mail.preferences where user_id = $1', [bo.id])
    assert.equal(rows.length, 1)
  })
})

test('a stranger sees no preferences and sets none', async () => {
  assert.equal((await stranger('GET /api/mail/preferences')).status, 401)
  assert.equal((await stranger('PUT /api/mail/preferences/sample.news', { wanted: false })).status, 401)
})
