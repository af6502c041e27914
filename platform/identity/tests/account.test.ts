import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { until } from '#tests/processes.ts'
import { freshServer } from '#tests/server.ts'
import { deviceOf } from '../account/device.ts'
import { callsOf, saidTo, sessionOf, somebody } from './cast.ts'

const server = await freshServer()
const { db } = server
const ada = await somebody(server, 'Ada Bell')
const bo = await somebody(server, 'Bo Lind')

describe('Ada’s account', () => {
  test('shows her what is hers', async () => {
    const { created_at: _, ...account } = (await ada.get('/identity/account')).body as Record<string, unknown>
    assert.deepEqual(account, {
      id: ada.id,
      email: ada.email,
      name: 'Ada Bell',
      zone: null,
      avatar_file_id: null,
      administrator: false,
      erases_at: null,
    })
  })

  test('takes another name and a zone, and nobody else’s changes', async () => {
    assert.equal(await saidTo(ada.patch('/identity/account', { name: '  Ada Ẑoë Bell ', zone: 'Europe/London' })), 200)
    const { name, zone } = (await ada.get('/identity/account')).body as Record<string, unknown>
    assert.deepEqual([name, zone], ['Ada Ẑoë Bell', 'Europe/London'])
    const other = (await bo.get('/identity/account')).body as Record<string, unknown>
    assert.deepEqual([other['name'], other['zone']], ['Bo Lind', null])
    assert.equal(await saidTo(ada.patch('/identity/account', { zone: null })), 200)
  })

  for (const zone of ['Mars/Olympus', '+01:00', 'europe/london', 'posix/Europe/London', 'localtime', 'BST', '../../etc/passwd', ''])
    test(`does not take "${zone}" for a zone`, async () => {
      assert.ok(['no_such_zone', 'invalid_input'].includes(`${await saidTo(ada.patch('/identity/account', { zone }))}`))
      assert.equal(((await ada.get('/identity/account')).body as Record<string, unknown>)['zone'], null)
    })

  for (const name of ['', '   ', 'a'.repeat(101), 'Ada\nBcc: x@example.test', 'Ada\u202e'])
    test(`does not take ${JSON.stringify(name)} for a name`, async () =>
      assert.equal(await saidTo(ada.patch('/identity/account', { name })), 'invalid_input'))

  for (const field of ['email', 'role', 'administrator', 'suspended_at', 'user_id'])
    test(`does not let ${field} be assigned along the way`, async () =>
      assert.equal(await saidTo(ada.patch('/identity/account', { name: 'Ada', [field]: 'x' })), 'invalid_input'))

  test('cannot take Bo’s picture for hers, nor one that is not there', async () => {
    const id = crypto.randomUUID()
    await db.sql(
      `insert into files.objects (id, owner_id, purpose, name, state, mime, size, sha256, object_path, expires_at)
       values ($1, $2, 'avatar', 'bo.png', 'clean', 'image/png', 1, repeat('0', 64), 'x', now() + interval '1 day')`,
      [id, bo.id],
    )
    assert.equal(await saidTo(ada.put('/identity/account/avatar', { file_id: id })), 'no_such_file')
    assert.equal(await saidTo(ada.put('/identity/account/avatar', { file_id: crypto.randomUUID() })), 'no_such_file')
    assert.equal(await saidTo(bo.put('/identity/account/avatar', { file_id: id })), 200)
    assert.equal(((await bo.get('/identity/account')).body as Record<string, unknown>)['avatar_file_id'], id)
  })

  test('a face is seen by whoever is signed in, but not past a block; and goes when it is changed', async () => {
    const { avatar_file_id: id } = (await bo.get('/identity/account')).body as Record<string, unknown>
    const link = () => saidTo(ada.post(`/files/${id as string}/link`))
    assert.equal(await link(), 200)
    await bo.put(`/safety/blocks/${ada.id}`)
    assert.equal(await link(), 'no_such_file')
    await bo.remove(`/safety/blocks/${ada.id}`)
    assert.equal(await saidTo(bo.put('/identity/account/avatar', { file_id: null })), 200)
    assert.equal(await link(), 'no_such_file')
  })

  test('is not for strangers', async () => {
    for (const path of ['/identity/account', '/identity/sessions', '/identity/deletion', '/identity/exports'])
      assert.equal(await saidTo(callsOf(server).get(path)), 'not_signed_in')
  })

  test('is what a page asks for first: hers by her token, and nobody’s without one', async () => {
    const { account } = (await ada.get('/identity/me')).body as { account: unknown }
    assert.deepEqual(account, (await ada.get('/identity/account')).body)
    const stranger = await callsOf(server).get('/identity/me')
    assert.deepEqual([stranger.status, stranger.body], [200, { account: null }])
  })
})

describe('sign-in sessions', () => {
  type Session = { id: string; device: string; this_one: boolean }
  const sessions = async (who = ada) => ((await who.get('/identity/sessions')).body as { sessions: Session[] }).sessions

  test('show what they were begun with and which one this is, and never a place', async () => {
    await sessionOf(
      server,
      ada.id,
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1',
    )
    const seen = await sessions()
    assert.deepEqual(
      seen.map(({ device, this_one }) => [device, this_one]),
      [
        ['Safari on iPhone', false],
        ['Firefox on Windows', true],
      ],
    )
    assert.ok(!JSON.stringify(seen).includes('192.0.2'))
  })

  test('Ada cannot end Bo’s', async () => {
    assert.equal(await saidTo(ada.remove(`/identity/sessions/${bo.session}`)), 'no_such_session')
    assert.equal((await sessions(bo)).length, 1)
  })

  test('one ends, and then the others, but not this one', async () => {
    const phone = (await sessions()).find(({ this_one }) => !this_one)!
    assert.equal(await saidTo(ada.remove(`/identity/sessions/${phone.id}`)), 200)
    assert.equal(await saidTo(ada.remove(`/identity/sessions/${phone.id}`)), 'no_such_session')
    for (let nth = 0; nth < 3; nth++) await sessionOf(server, ada.id, '')
    assert.deepEqual((await ada.remove('/identity/sessions')).body, { ended: 3 })
    assert.deepEqual(
      (await sessions()).map(({ this_one }) => this_one),
      [true],
    )
    assert.equal((await db.sql('select from identity.ended_sessions')).length, 4)
    assert.equal((await sessions(bo)).length, 1)
  })

  test('this one can be ended, too, and its token counts no more', async () => {
    assert.equal(await saidTo(ada.remove(`/identity/sessions/${ada.session}`)), 200)
    await until(async () => (await ada.get('/identity/account')).status === 401, 5, 'the token is refused')
    assert.equal(await saidTo(ada.get('/identity/me')), 'token_not_accepted') // and not taken for nobody’s
  })
})

describe('a device is named by', () => {
  for (const [userAgent, device] of [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0',
      'Edge on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', 'Chrome on Linux'],
    [
      'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
      'Safari on Mac',
    ],
    ['Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148', 'Chrome on iPad'],
    ['Mozilla/5.0 (X11; CrOS x86_64 16000) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Chrome on ChromeOS'],
    ['curl/8.16.0', 'A program'],
    ['<script>alert(1)</script>', 'A program'],
    [null, 'Unknown device'],
  ] as const)
    test(`${userAgent ?? 'nothing'}: ${device}`, () => assert.equal(deviceOf(userAgent), device))
})
