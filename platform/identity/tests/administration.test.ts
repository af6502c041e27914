import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshServer } from '#tests/server.ts'
import { until } from '#tests/processes.ts'
import { administrator, saidTo, sessionOf, somebody } from './cast.ts'

const server = await freshServer()
const { db } = server
const reason = 'asked for by telephone'
const because = { reason }
const entries = (action: string, subject: string) =>
  db.sql<{ actor: string; reason: string }>('select actor, reason from audit.entries where action = $1 and subject_id = $2', [
    action,
    subject,
  ])
const admins = () => db.sql('select from identity.admins')

const crowd = await Promise.all(Array.from({ length: 20 }, (_, nth) => somebody(server, `Crowd ${nth}`)))
assert.equal(crowd.length, 20)

describe('an administrator', async () => {
  const mira = await administrator(server, 'Mira Okafor')
  const priya = await somebody(server, 'Priya Nair')

  test('finds people by a part of their address or name, page by page, and that is on record without what was searched', async () => {
    const found = await mira.get('/identity/people', { search: 'IYA NA', ...because })
    assert.deepEqual(
      (found.body as { items: { id: string; name: string }[] }).items.map(({ name }) => name),
      ['Priya Nair'],
    )
    const first = await mira.get('/identity/people', { search: 'CROWD', limit: '15', ...because })
    const { items, next } = first.body as { items: unknown[]; next: string }
    assert.equal(items.length, 15)
    const rest = await mira.get('/identity/people', { search: 'CROWD', limit: '15', cursor: next, ...because })
    assert.equal((rest.body as { items: unknown[] }).items.length, 5)
    const noted = await db.sql<{ whole: string }>(`select e::text as whole from audit.entries e where action = 'identity.people-searched'`)
    assert.equal(noted.length, 3)
    assert.ok(noted.every(({ whole }) => whole.includes(reason) && !/iya na|crowd/i.test(whole)))
  })

  test('a search for % finds nobody', async () => {
    assert.deepEqual((await mira.get('/identity/people', { search: '%', ...because })).body, { items: [], next: null })
  })

  test('sees an account with its devices and without any place, and that is on record', async () => {
    const { body } = await mira.get(`/identity/people/${priya.id}`, because)
    const { email, sessions } = body as { email: string; sessions: { device: string }[] }
    assert.equal(email, priya.email)
    assert.deepEqual(
      sessions.map(({ device }) => device),
      ['Firefox on Windows'],
    )
    assert.ok(!JSON.stringify(body).includes('192.0.2'))
    assert.deepEqual(await entries('identity.person-seen', priya.id), [{ actor: mira.id, reason }])
  })

  test('suspends: the sessions end, a live token ends within five seconds, and lifting lets them back', async () => {
    assert.equal((await priya.get('/identity/account')).status, 200)
    assert.equal(await saidTo(mira.put(`/identity/people/${priya.id}/suspension`, because)), 200)
    assert.equal((await db.sql('select from auth.sessions where user_id = $1', [priya.id])).length, 0)
    await until(async () => (await priya.get('/identity/account')).status === 401, 5, 'the token of a suspended person is refused')
    assert.equal(await saidTo(mira.remove(`/identity/people/${priya.id}/suspension`, because)), 200)
    const [account] = await db.sql('select suspended_at from identity.accounts where user_id = $1', [priya.id])
    assert.equal(account!['suspended_at'], null)
    assert.equal((await entries('identity.suspended', priya.id)).length, 1)
    assert.equal((await entries('identity.suspension-lifted', priya.id)).length, 1)
  })

  test('ends sessions', async () => {
    const bo = await somebody(server, 'Bo Lindqvist')
    await sessionOf(server, bo.id, 'curl/8')
    assert.deepEqual((await mira.remove(`/identity/people/${bo.id}/sessions`, because)).body, { ended: 2 })
    await until(async () => (await bo.get('/identity/account')).status === 401, 5, 'the ended session’s token is refused')
  })

  test('tells whose sessions they ended, but not why, and nobody who had none', async () => {
    const bo = await somebody(server, 'Bo Lindqvist')
    const told = () => db.sql('select kind, title, body, leads_to from notices.notices where person_id = $1', [bo.id])
    await mira.remove(`/identity/people/${bo.id}/sessions`, because)
    const [notice, ...more] = await told()
    assert.deepEqual([notice?.['kind'], notice?.['leads_to'], more.length], ['identity.sessions-ended', '/account/sign-in', 0])
    assert.equal(JSON.stringify(notice).includes(because.reason), false)
    assert.deepEqual((await mira.remove(`/identity/people/${bo.id}/sessions`, because)).body, { ended: 0 })
    assert.equal((await told()).length, 1)
  })

  test('confirms an address', async () => {
    const jo = await somebody(server, 'Jo Unconfirmed', { confirmed: false })
    assert.equal(await saidTo(mira.put(`/identity/people/${jo.id}/confirmation`, because)), 200)
    const [user] = await db.sql('select email_confirmed_at is not null as confirmed from auth.users where id = $1', [jo.id])
    assert.equal(user!['confirmed'], true)
  })

  for (const [how, words] of [
    ['their address', (email: string) => `wrote from ${email} to us`],
    ['their name', () => 'it was priya nair who asked'],
    ['a part of it', () => 'Priya asked'],
  ] as const)
    test(`cannot give a reason that says ${how}: it stays when they are gone`, async () => {
      assert.equal(await saidTo(mira.get(`/identity/people/${priya.id}`, { reason: words(priya.email) })), 'reason_names_them')
    })

  test('cannot act without a reason, nor on nobody', async () => {
    assert.equal(await saidTo(mira.get(`/identity/people/${priya.id}`)), 'invalid_input')
    assert.equal(await saidTo(mira.get(`/identity/people/${priya.id}`, { reason: '   ' })), 'invalid_input')
    assert.equal(await saidTo(mira.put(`/identity/people/${crypto.randomUUID()}/suspension`, because)), 'no_such_person')
  })

  test('cannot suspend another administrator', async () => {
    const other = await administrator(server, 'Otto Other')
    assert.equal(await saidTo(mira.put(`/identity/people/${other.id}/suspension`, because)), 'is_administrator')
  })

  test('makes administrators, and sees who they are', async () => {
    const new_ = await somebody(server, 'Nadia New')
    assert.equal(await saidTo(mira.put(`/identity/administrators/${new_.id}`, because)), 200)
    const { body } = await new_.get('/identity/administrators')
    assert.ok((body as { administrators: { user_id: string }[] }).administrators.some(({ user_id }) => user_id === new_.id))
    assert.equal(await saidTo(mira.remove(`/identity/administrators/${new_.id}`, because)), 200)
    assert.equal(await saidTo(new_.get('/identity/people', because)), 'administrators_only')
    assert.deepEqual(await entries('identity.administrator-made', new_.id), [{ actor: mira.id, reason }])
  })

  test('cannot make one of somebody suspended', async () => {
    const sus = await somebody(server, 'Sus Pended')
    await mira.put(`/identity/people/${sus.id}/suspension`, because)
    assert.equal(await saidTo(mira.put(`/identity/administrators/${sus.id}`, because)), 'is_suspended')
  })
})

describe('somebody who is no administrator', async () => {
  const priya = await somebody(server, 'Priya Other')
  const bo = await somebody(server, 'Bo Other')
  for (const [what, act] of [
    ['find people', () => bo.get('/identity/people', because)],
    ['see an account', () => bo.get(`/identity/people/${priya.id}`, because)],
    ['suspend', () => bo.put(`/identity/people/${priya.id}/suspension`, because)],
    ['lift a suspension', () => bo.remove(`/identity/people/${priya.id}/suspension`, because)],
    ['end sessions', () => bo.remove(`/identity/people/${priya.id}/sessions`, because)],
    ['confirm an address', () => bo.put(`/identity/people/${priya.id}/confirmation`, because)],
    ['make themselves an administrator', () => bo.put(`/identity/administrators/${bo.id}`, because)],
    ['unmake one', () => bo.remove(`/identity/administrators/${priya.id}`, because)],
    ['take somebody’s data', () => bo.post(`/identity/people/${priya.id}/export`, { ...because, to: 'me' })],
    ['erase somebody', () => bo.remove(`/identity/people/${priya.id}`, because)],
    ['invite', () => bo.post('/identity/invitations', { ...because, role: 'administrator' })],
    ['work on reports', () => bo.get('/safety/queue')],
  ] as const)
    test(`cannot ${what}`, async () => assert.equal(await saidTo(act()), 'administrators_only'))

  test('sees neither administrators nor invitations', async () => {
    assert.deepEqual((await bo.get('/identity/administrators')).body, { administrators: [] })
    assert.deepEqual((await bo.get('/identity/invitations')).body, { items: [], next: null })
  })

  test('leaves no entry by trying', async () => assert.deepEqual(await db.sql('select from audit.entries where actor = $1', [bo.id]), []))

  test('cannot write one by their own metadata', async () => {
    await db.sql(
      `update auth.users set raw_user_meta_data = raw_user_meta_data || '{"role": "administrator", "is_super_admin": true}', is_super_admin = true where id = $1`,
      [bo.id],
    )
    assert.equal(await saidTo(bo.get('/identity/people', because)), 'administrators_only')
  })
})

describe('the last administrator', () => {
  test('cannot be unmade', async () => {
    await db.sql('delete from identity.admins')
    const ina = await administrator(server, 'Ina Alone')
    assert.equal(await saidTo(ina.remove(`/identity/administrators/${ina.id}`, because)), 'last_administrator')
    assert.equal(await saidTo(ina.post('/identity/deletion')), 'is_administrator')
  })

  test('two who unmake each other at once: one of them stays, ten times over', async () => {
    for (let round = 0; round < 10; round++) {
      await db.sql('delete from identity.admins')
      const [one, two] = await Promise.all([administrator(server, 'One Person'), administrator(server, 'Two Person')])
      const answers = await Promise.all([
        saidTo(one.remove(`/identity/administrators/${two.id}`, because)),
        saidTo(two.remove(`/identity/administrators/${one.id}`, because)),
      ])
      assert.deepEqual(answers.toSorted(), [200, 'administrators_only'])
      assert.equal((await admins()).length, 1)
    }
  })
})
