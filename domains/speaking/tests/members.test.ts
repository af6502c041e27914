import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { freshDatabase, someone } from '#tests/database.ts'

const db = await freshDatabase()
const ruth = await someone(db, 'ruth')
const member = async (id: string) => (await db.sql('select email, role, profession from speaking.members where user_id = $1', [id]))[0]
const account = async (email: string | null, rest = {}) => {
  const id = randomUUID()
  const row = { id, aud: 'authenticated', role: 'authenticated', email, ...rest }
  const columns = Object.keys(row)
  await db.sql(
    `insert into auth.users (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  )
  return id
}

describe('a member follows the account', () => {
  test('from the moment it is made, in small letters', async () => {
    assert.deepEqual(await member(await account('Amara.Osei@Example.Test')), {
      email: 'amara.osei@example.test',
      role: 'user',
      profession: null,
    })
  })

  test('when its address changes, and when it is erased', async () => {
    const id = await account('jonas@example.test')
    await db.sql(`update auth.users set email = 'jonas.new@example.test' where id = $1`, [id])
    assert.equal((await member(id))?.['email'], 'jonas.new@example.test')
    await db.sql('update auth.users set email = null where id = $1', [id])
    assert.equal((await member(id))?.['email'], null)
    await account('jonas.new@example.test') // the address is free again
  })

  test('without an address, if there is none, or if single sign-on brings one that is here already', async () => {
    assert.equal((await member(await account(null)))?.['email'], null)
    const first = await account('shared@example.test')
    assert.equal((await member(await account('shared@example.test', { is_sso_user: true })))?.['email'], null)
    assert.equal((await member(first))?.['email'], 'shared@example.test')
  })

  test('and an address is one member’s, whatever the case of its letters', async () => {
    await account('priya@example.test')
    const other = await account('other@example.test')
    const set = (email: string) => db.sql('update speaking.members set email = $2 where user_id = $1', [other, email])
    await assert.rejects(set('priya@example.test'), { constraint: 'email_taken' })
    await assert.rejects(set('Priya@example.test'), { constraint: 'email_is_lower_case' })
  })

  test('those who were here before the domain became members, too', async () => {
    // As the migration says it, once more: nothing changes.
    const before = await db.sql('select user_id, email, role from speaking.members order by user_id')
    await db.sql('select private.speaking_follows_account(id, email) from auth.users where not is_sso_user')
    assert.deepEqual(await db.sql('select user_id, email, role from speaking.members order by user_id'), before)
    assert.equal(before.length, (await db.sql('select from auth.users')).length)
  })
})

describe('a role is what identity.admins says', () => {
  test('from the moment somebody is made or unmade an administrator', async () => {
    await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
    assert.equal((await member(ruth.id))?.['role'], 'admin')
    await db.sql('delete from identity.admins')
    assert.equal((await member(ruth.id))?.['role'], 'user')
  })

  test('whatever the owner of the database writes there', async () => {
    await db.sql(`update speaking.members set role = 'admin'`)
    assert.deepEqual(await db.sql(`select from speaking.members where role = 'admin'`), [])
    await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
    await db.sql(`update speaking.members set role = 'user'`)
    assert.deepEqual(await db.sql(`select user_id from speaking.members where role = 'admin'`), [{ user_id: ruth.id }])
  })

  test('and stays so for one who changes her profession at the same moment', async () => {
    const person = await someone(db, 'both')
    const changing = db.database.write(person.acting, async (tx) => {
      await tx.updateTable('speaking.members').set({ profession: 'nurse' }).where('user_id', '=', person.id).execute()
      const making = db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [person.id])
      await new Promise((waited) => setTimeout(waited, 100)) // so that it waits for the row
      return { making }
    })
    await (await changing).making
    assert.deepEqual({ ...(await member(person.id)), email: null }, { email: null, role: 'admin', profession: 'nurse' })
  })
})

describe('an administrator finds members', () => {
  const find = (acting: typeof ruth.acting, search: string, reason: string | null, address?: string) =>
    db.database.write(acting, (tx) => tx.rows('private.find_speaking_members', { search, reason, address }))

  test('by their address or name, and that they looked is on record twice, for what is not', async () => {
    const [found] = await find(ruth.acting, 'priya', 'a candidate cannot sign in', '203.0.113.77')
    assert.equal(found?.email, 'priya@example.test')
    assert.deepEqual(await db.sql('select admin_id, action, target_entity_id, details, ip_address from speaking.audit_logs'), [
      { admin_id: ruth.id, action: 'speaking.members-searched', target_entity_id: null, details: {}, ip_address: '203.0.113.0/24' },
    ])
    assert.deepEqual(await db.sql(`select actor, reason from audit.entries where action = 'speaking.members-searched'`), [
      { actor: ruth.id, reason: 'a candidate cannot sign in' },
    ])
  })

  test('with no more than the network they sit in, of either kind, or none', async () => {
    await find(ruth.acting, 'priya', 'once more', '2001:db8:1234:5678::1')
    await find(ruth.acting, 'priya', 'once more')
    const rows = await db.sql('select ip_address from speaking.audit_logs order by "timestamp" offset 1')
    assert.deepEqual(rows, [{ ip_address: '2001:db8:1234::/48' }, { ip_address: 'unknown' }])
  })

  test('only with a reason, and only as one', async () => {
    await assert.rejects(find(ruth.acting, 'priya', null), { constraint: 'reason_needed' })
    const nobody = await someone(db, 'nobody')
    await assert.rejects(find(nobody.acting, 'priya', 'I am curious'), { constraint: 'administrators_only' })
    assert.equal((await db.sql('select from speaking.audit_logs')).length, 3)
  })

  test('and what is on record stays as it is, whoever tries', async () => {
    for (const text of [
      'update speaking.audit_logs set action = action',
      'delete from speaking.audit_logs',
      'truncate speaking.audit_logs',
    ])
      await assert.rejects(db.sql(text), { constraint: 'audit_is_append_only' })
    const insert = (details: unknown) =>
      db.sql(
        `insert into speaking.audit_logs (admin_id, action, details, ip_address, "timestamp") values ($1, 'speaking.x', $2, 'unknown', now())`,
        [ruth.id, JSON.stringify(details)],
      )
    await assert.rejects(insert(['a list']), { constraint: 'details_hold_ids' })
    await assert.rejects(insert({ words: 'x'.repeat(5_000) }), { constraint: 'details_hold_ids' })
  })
})
