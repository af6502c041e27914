import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { until } from '#tests/processes.ts'
import { freshServer } from '#tests/server.ts'
import { administrator, callsOf, saidTo, somebody } from './cast.ts'
import { device, password, unlimited } from './scene.ts'

const server = await freshServer()
const closed = freshServer({ REGISTRATION: 'closed' }, [unlimited()])
const { db } = server
const mira = await administrator(server, 'Mira Inviting')
const reason = 'a new colleague'

async function invited(input: Record<string, unknown> = {}): Promise<{ id: string; token: string }> {
  const { status, body } = await mira.post('/identity/invitations', { reason, ...input })
  assert.equal(status, 200)
  const { id, link } = body as { id: string; link: string }
  return { id, token: new URL(link).searchParams.get('invitation')! }
}
const isAdministrator = async (id: string) => (await db.sql('select from identity.admins where user_id = $1', [id])).length === 1
const state = async (id: string) => (await db.sql('select taken_by, email from identity.invitations where id = $1', [id]))[0]!

describe('an invitation', () => {
  test('tells whoever has its link what it is for, and nobody to whom it went', async () => {
    const { token } = await invited({ role: 'administrator', email: 'Dana@Example.test' })
    const { body } = await callsOf(server).post('/identity/invitations/reading', { token })
    const { role, bound } = body as { role: string; bound: boolean }
    assert.deepEqual([role, bound], ['administrator', true])
    assert.ok(!JSON.stringify(body).toLowerCase().includes('dana'))
  })

  test('is mailed to the address it is bound to, once', async () => {
    const { id, token } = await invited({ email: 'erik@example.test' })
    const mails = () => db.sql<{ text: string }>(`select text from mail.messages where address = 'erik@example.test'`)
    await until(async () => (await mails()).length > 0, 90, 'the mail is written')
    assert.ok((await mails())[0]!.text.includes(token))
    assert.equal((await state(id))['email'], 'erik@example.test')
  })

  test('keeps no word: only its hash is in the database', async () => {
    const { token } = await invited()
    const [row] = await db.sql<{ whole: string }>('select string_agg(i::text, chr(10)) as whole from identity.invitations i')
    assert.ok(!row!.whole.includes(token))
  })

  test('to administrate makes its taker an administrator; to be here does not', async () => {
    const [ana, ben] = [await somebody(server, 'Ana Taker'), await somebody(server, 'Ben Taker')]
    assert.equal(await saidTo(ana.post('/identity/invitations/taking', { token: (await invited({ role: 'administrator' })).token })), 200)
    assert.equal(await saidTo(ben.post('/identity/invitations/taking', { token: (await invited()).token })), 200)
    assert.deepEqual([await isAdministrator(ana.id), await isAdministrator(ben.id)], [true, false])
  })

  test('forgets its address once it is taken', async () => {
    const fay = await somebody(server, 'Fay Bound', { email: 'fay@example.test' })
    const { id, token } = await invited({ email: 'fay@example.test' })
    assert.equal(await saidTo(fay.post('/identity/invitations/taking', { token })), 200)
    assert.deepEqual(await state(id), { taken_by: fay.id, email: null })
  })

  test('cannot be used twice', async () => {
    const [one, two] = [await somebody(server, 'One Taker'), await somebody(server, 'Two Taker')]
    const { token } = await invited({ role: 'administrator' })
    assert.equal(await saidTo(one.post('/identity/invitations/taking', { token })), 200)
    assert.equal(await saidTo(two.post('/identity/invitations/taking', { token })), 'invitation_used')
    assert.equal(await saidTo(two.post('/identity/invitations/reading', { token })), 'invitation_used')
    assert.equal(await isAdministrator(two.id), false)
  })

  test('cannot be used by another than it was sent to', async () => {
    const thief = await somebody(server, 'Thi Ef')
    const { id, token } = await invited({ role: 'administrator', email: 'gus@example.test' })
    assert.equal(await saidTo(thief.post('/identity/invitations/taking', { token })), 'invitation_for_another')
    assert.equal((await state(id))['taken_by'], null)
  })

  test('cannot be used after its time', async () => {
    const late = await somebody(server, 'Late Taker')
    const { id, token } = await invited({ days: 1 })
    await db.sql(
      `update identity.invitations set made_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1`,
      [id],
    )
    assert.equal(await saidTo(late.post('/identity/invitations/taking', { token })), 'invitation_expired')
  })

  test('cannot be used once revoked, and what is taken cannot be revoked', async () => {
    const hal = await somebody(server, 'Hal Taker')
    const revoked = await invited()
    assert.equal(await saidTo(mira.remove(`/identity/invitations/${revoked.id}`, { reason })), 200)
    assert.equal(await saidTo(hal.post('/identity/invitations/taking', { token: revoked.token })), 'invitation_revoked')
    const taken = await invited()
    await hal.post('/identity/invitations/taking', { token: taken.token })
    assert.equal(await saidTo(mira.remove(`/identity/invitations/${taken.id}`, { reason })), 'no_such_invitation')
  })

  test('cannot be guessed, nor made to last for a year', async () => {
    const ivy = await somebody(server, 'Ivy Guesser')
    assert.equal(await saidTo(ivy.post('/identity/invitations/taking', { token: 'A'.repeat(43) })), 'no_such_invitation')
    assert.equal(await saidTo(mira.post('/identity/invitations', { reason, days: 365 })), 'invalid_input')
  })

  test('its reason may not name whom it is for', async () =>
    assert.equal(
      await saidTo(mira.post('/identity/invitations', { reason: 'for jan@example.test', email: 'jan@example.test' })),
      'reason_names_them',
    ))

  test('of fifty who take one at once, one gets it', async () => {
    const fifty = await Promise.all(Array.from({ length: 50 }, (_, nth) => somebody(server, `Fifty ${nth}`)))
    const { id, token } = await invited({ role: 'administrator' })
    const answers = await Promise.all(fifty.map(({ post }) => saidTo(post('/identity/invitations/taking', { token }))))
    assert.equal(answers.filter((answer) => answer === 200).length, 1)
    assert.equal(answers.filter((answer) => answer === 'invitation_used').length, 49)
    const winner = fifty[answers.indexOf(200)]!
    assert.equal((await state(id))['taken_by'], winner.id)
    const made = await db.sql('select user_id from identity.admins where user_id = any ($1)', [fifty.map(({ id }) => id)])
    assert.deepEqual(made, [{ user_id: winner.id }])
  })
})

describe('a newcomer signs up', async () => {
  const invite = await freshServer({ REGISTRATION: 'invite' }, [unlimited()])
  const admin = await administrator(invite, 'Mira Elsewhere')
  const invitedTo = async (input: Record<string, unknown> = {}) => {
    const { body } = await admin.post('/identity/invitations', { reason, ...input })
    const { id, link } = body as { id: string; link: string }
    return { id, token: new URL(link).searchParams.get('invitation')! }
  }
  const signUp = async (email: string, data: Record<string, unknown> = {}) => {
    const { error } = await device(invite).auth.signUp({ email, password, options: { data: { adult: true, ...data } } })
    return error?.code ?? 'let in'
  }
  const takerOf = async (id: string) =>
    (
      await invite.db.sql('select u.email from identity.invitations i left join auth.users u on u.id = i.taken_by where i.id = $1', [id])
    )[0]!['email']

  test('with an invitation, which is used by it and not kept with what they say of themselves', async () => {
    const { id, token } = await invitedTo()
    assert.equal(await signUp('kim@example.test', { invitation: token, name: 'Kim' }), 'let in')
    assert.equal(await takerOf(id), 'kim@example.test')
    const [user] = await invite.db.sql(`select raw_user_meta_data as data from auth.users where email = 'kim@example.test'`)
    assert.deepEqual(user!['data'], { adult: true, name: 'Kim' })
  })

  test('once more if the mail did not come, and nobody else with it', async () => {
    const { token } = await invitedTo()
    assert.equal(await signUp('lee@example.test', { invitation: token }), 'let in')
    assert.equal(await signUp('lee@example.test', { invitation: token }), 'let in')
    assert.equal(await signUp('max@example.test', { invitation: token }), 'invitation_used')
  })

  test('not without one, nor with one that is made up, another’s, over or not a word', async () => {
    assert.equal(await signUp('ned@example.test'), 'signup_disabled')
    assert.equal(await signUp('ned@example.test', { invitation: 'made up' }), 'no_such_invitation')
    assert.equal(await signUp('ned@example.test', { invitation: { $ne: '' } }), 'signup_disabled')
    assert.equal(await signUp('ned@example.test', { set_up: 'made up' }), 'setup_link_not_valid')
    assert.equal(
      await signUp('ned@example.test', { invitation: (await invitedTo({ email: 'ola@example.test' })).token }),
      'invitation_for_another',
    )
    assert.deepEqual(await invite.db.sql(`select from auth.users where email = 'ned@example.test'`), [])
  })

  test('whether an address is known cannot be told by an invitation', async () => {
    assert.equal(await signUp(admin.email, { invitation: 'made up' }), 'no_such_invitation')
    const { id, token } = await invitedTo()
    assert.equal(await signUp(admin.email, { invitation: token }), 'let in')
    assert.equal(await takerOf(id), null)
  })

  test('a magic link lets nobody in by the back door', async () => {
    const { token } = await invitedTo()
    await device(invite).auth.signInWithOtp({ email: 'pat@example.test', options: { data: { adult: true, invitation: token } } })
    assert.deepEqual(await invite.db.sql(`select from auth.users where email = 'pat@example.test'`), [])
  })
})

test('with the set-up link somebody signs up although registration is closed, and administrates', async () => {
  const bare = await closed
  const set_up = /token=([\w-]{43})$/.exec(bare.said.at(-1)!)![1]!
  const { data, error } = await device(bare).auth.signUp({
    email: 'first@example.test',
    password,
    options: { data: { adult: true, set_up } },
  })
  assert.equal(error, null)
  assert.ok(data.session, 'signed in at once: a new server may have no way yet to send a mail')
  const [made] = await bare.db.sql('select u.email from identity.admins join auth.users u on u.id = user_id')
  assert.equal(made!['email'], 'first@example.test')
  const again = await device(bare).auth.signUp({ email: 'second@example.test', password, options: { data: { adult: true, set_up } } })
  assert.equal(again.error?.code, 'setup_link_not_valid')
})
