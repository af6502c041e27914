import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { theServer } from '#tests/database.ts'
import { freshServer } from '#tests/server.ts'
import { hashOfWord } from '../word.ts'
import { callsOf, saidTo, somebody } from './cast.ts'

const server = await freshServer()
const { db } = server
const admins = () => db.sql('select from identity.admins')
const offered = (word: string) => db.database.write(theServer, (tx) => tx.call('private.offer_setup', { token_hash: hashOfWord(word) }))

describe('the first start', () => {
  const token = () => /token=([\w-]{43})$/.exec(server.said.at(-1) ?? '')?.[1] ?? ''

  test('prints a link, and keeps no more than its hash', async () => {
    assert.ok(token(), 'the server said no link')
    const rows = await db.sql<{ hash: Buffer }>('select token_hash as hash from identity.setup_links')
    assert.deepEqual(rows[0]?.hash, hashOfWord(token()))
  })

  test('a link made up, or used without signing in, makes nobody an administrator', async () => {
    const ada = await somebody(server, 'Ada Stranger')
    assert.equal(await saidTo(ada.post('/identity/setup', { token: 'x'.repeat(43) })), 'setup_link_not_valid')
    assert.equal(await saidTo(callsOf(server).post('/identity/setup', { token: token() })), 'not_signed_in')
    assert.equal((await admins()).length, 0)
  })

  test('a demo administrator does not count: the link stays', async () => {
    const demo = await somebody(server, 'Demo Person')
    await db.sql(`insert into identity.admins (user_id, reason, demo) values ($1, 'demo', true)`, [demo.id])
    assert.equal(await offered(token()), true)
    await db.sql('delete from identity.admins')
  })

  test('the link of the start before is none any more', async () => {
    const old = await somebody(server, 'Old Link')
    await offered('the link of the start before')
    await offered(token())
    assert.equal(await saidTo(old.post('/identity/setup', { token: 'the link of the start before' })), 'setup_link_not_valid')
  })

  test('an expired link is none', async () => {
    const late = await somebody(server, 'Late Comer')
    await db.sql(`update identity.setup_links set expires_at = now()`)
    assert.equal(await saidTo(late.post('/identity/setup', { token: token() })), 'setup_link_not_valid')
    await db.sql(`update identity.setup_links set expires_at = now() + interval '1 hour'`)
  })

  test('of twenty who open the link at once, one becomes administrator', async () => {
    const crowd = await Promise.all(Array.from({ length: 20 }, (_, nth) => somebody(server, `Crowd ${nth}`)))
    const answers = await Promise.all(crowd.map(({ post }) => saidTo(post('/identity/setup', { token: token() }))))
    assert.equal(answers.filter((answer) => answer === 200).length, 1)
    assert.equal(answers.filter((answer) => answer === 'setup_link_not_valid').length, 19)
    assert.equal((await admins()).length, 1)
  })

  test('where somebody administrates, no link is offered', async () => {
    assert.equal(await offered('another'), false)
    assert.equal((await db.sql('select from identity.setup_links')).length, 0)
  })
})
