import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { newSigningKey } from '#platform/configuration/keys.ts'
import { somebody } from '#platform/identity/tests/cast.ts'
import { freshServer, type TestServer } from '#tests/server.ts'
import { cast, everybody } from '../cast.ts'
import { ask, enter, load, ownPage, whoIs } from './scene.ts'

const own = await freshServer()
const { db } = own
const peopleOf = (server: TestServer, headers: Record<string, string> = {}) => ask(server, '/demo/people', { headers })
const sessions = async () => (await db.sql('select from auth.sessions')).length

/** No trace of a demo world, whatever one asks. */
async function isNone(server: TestServer, headers: Record<string, string> = {}): Promise<void> {
  for (const answer of [await peopleOf(server, headers), await enter(server, cast.amara.id, headers)]) {
    assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'])
    assert.equal(answer.cookie, undefined)
  }
}

test('without a demo world there is nobody to be', () => isNone(own))

describe('looking around', () => {
  before(() => load(db))

  test('anyone at the machine reads who is there: a name and a sentence, no address', async () => {
    const { status, body } = await peopleOf(own)
    assert.deepEqual([status, body.people], [200, everybody.map(({ id, name, says }) => ({ id, name, says }))])
  })

  test('one click, and Amara is signed in', async () => {
    const { status, cookie } = await enter(own, cast.amara.id)
    assert.equal(status, 200)
    assert.match(cookie ?? '', /^vivavoce=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=/)
    assert.equal(await whoIs(own, cookie), cast.amara.id)
  })

  test('entering as somebody else ends the session before', async () => {
    const amara = await enter(own, cast.amara.id)
    const before = await sessions()
    const jonas = await enter(own, cast.jonas.id, { cookie: amara.cookie!.split(';')[0]! })
    assert.deepEqual([await whoIs(own, jonas.cookie), await whoIs(own, amara.cookie)], [cast.jonas.id, 'not_signed_in'])
    assert.equal(await sessions(), before)
  })

  test('the demo administrator administrates, the others do not', async () => {
    const reports = async (id: string) => {
      const { cookie } = await enter(own, id)
      return (await ask(own, '/safety/queue?state=open', { headers: { ...ownPage, cookie: cookie!.split(';')[0]! } })).status
    }
    assert.deepEqual([await reports(cast.ruth.id), await reports(cast.robin.id)], [200, 403])
  })

  test('nobody enters as a real person, as nobody, or as something that is no id', async () => {
    const ada = await somebody(own, 'Ada Real')
    const before = await sessions()
    for (const id of [
      ada.id,
      randomUUID(),
      cast.amara.id.toUpperCase(),
      [cast.amara.id],
      { id: cast.amara.id },
      null,
      undefined,
      "' or true --",
    ]) {
      const { status, cookie } = await enter(own, id)
      assert.deepEqual([status, cookie], [404, undefined], JSON.stringify(id))
    }
    assert.equal(await sessions(), before)
  })

  test('nobody enters as somebody who is suspended or was erased', async () => {
    await db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [cast.tomasz.id])
    await db.sql('update auth.users set deleted_at = now() where id = $1', [cast.mateo.id])
    for (const { id } of [cast.tomasz, cast.mateo]) assert.equal((await enter(own, id)).status, 404)
    assert.equal((await peopleOf(own)).body.people?.length, 10)
    await db.sql('update identity.accounts set suspended_at = null')
    await db.sql('update auth.users set deleted_at = null')
  })

  for (const [how, headers] of [
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a neighbouring site', { 'sec-fetch-site': 'same-site' }],
    ['from a link somewhere', { 'sec-fetch-site': 'none' }],
    ['from an older browser on another origin', { 'sec-fetch-site': '', origin: 'http://evil.example' }],
  ] as const)
    test(`no other page can do it: ${how}`, async () => {
      const before = await sessions()
      const { status, body, cookie } = await enter(own, cast.amara.id, headers)
      assert.deepEqual([status, body.code, cookie], [403, 'cross_site', undefined])
      assert.equal(await sessions(), before)
    })

  test('a form of another page, which cannot send JSON, is not read', async () => {
    const { status } = await ask(own, '/demo/entering', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: { id: cast.amara.id },
    })
    assert.equal(status, 415)
  })

  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])
    test(`there is nothing behind a proxy that says ${name}`, () => isNone(own, { [name]: '127.0.0.1' }))

  for (const host of ['vivavoce.example', 'localhost.vivavoce.example', '127.0.0.1.vivavoce.example', '10.0.0.1', '0.0.0.0', '[::2]'])
    test(`there is nothing for a page elsewhere that leads its visitors here as "${host}"`, () => isNone(own, { host }))

  for (const path of ['/../demo/people', '/demo/people/', '/demo/entering'])
    test(`and nothing at ${path} either`, async () => assert.equal((await ask(own, path)).status, 404))
})

const keys = { JWT_KEYS: JSON.stringify({ keys: [newSigningKey()] }), SECRETS_KEY: randomBytes(32).toString('base64') }
for (const [where, env] of [
  ['in production', { NODE_ENV: 'production', ...keys }],
  ['where others can reach the server', { HOST: '0.0.0.0' }],
  ['where people come by a name of the outside', { PUBLIC_URL: 'https://vivavoce.example' }],
  ['with DEMO=0', { DEMO: '0' }],
] as const)
  test(`a database that holds a demo world shows none ${where}`, async () => {
    const server = await freshServer(env)
    await load(server.db)
    await isNone(server)
  })
