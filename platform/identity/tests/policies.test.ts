import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

// What holds under every owner of the database. (What ends sessions is tested where GoTrue's other tables are ours.)
const db = await freshDatabase()
const [ada, bo, mira] = [await someone(db, 'ada'), await someone(db, 'bo'), await someone(db, 'mira')]
const attempt = <R extends Role>(acting: Acting<R>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }
const word = `sha256('word')`
const because = `'asked for'`

describe('administrators', () => {
  test('the set-up link makes the first one, whom the others are not', async () => {
    await attempt(theServer, `select private.offer_setup(${word})`)
    await attempt(mira.acting, `select private.take_setup(${word})`)
    assert.deepEqual(await attempt(mira.acting, 'select private.is_admin() as so'), [{ so: true }])
    assert.deepEqual(await attempt(ada.acting, 'select private.is_admin() as so'), [{ so: false }])
  })

  test('make and unmake others, but not the last one', async () => {
    await attempt(mira.acting, `select private.make_admin('${ada.id}', ${because})`)
    assert.equal((await attempt(ada.acting, 'select user_id from identity.admins')).length, 2)
    await attempt(ada.acting, `select private.unmake_admin('${ada.id}', ${because})`)
    await assert.rejects(attempt(mira.acting, `select private.unmake_admin('${mira.id}', ${because})`), {
      constraint: 'last_administrator',
    })
    assert.deepEqual(await attempt(ada.acting, 'select user_id from identity.admins'), [])
  })

  test('find people, and nobody else does', async () => {
    // With the dot: the three letters alone may stand in anybody's random number.
    const find = `select * from private.find_people('ada.', ${because})`
    assert.equal((await attempt(mira.acting, find)).length, 1)
    await assert.rejects(attempt(bo.acting, find), { constraint: 'administrators_only' })
    await assert.rejects(attempt(aStranger, find), notAllowed)
  })

  test('invite, and whoever takes it is here', async () => {
    await attempt(mira.acting, `select private.invite(gen_random_uuid(), ${word}, 'administrator', null, 7, ${because})`)
    assert.equal((await attempt(mira.acting, 'select id from identity.invitations')).length, 1)
    assert.deepEqual(await attempt(bo.acting, 'select id from identity.invitations'), [])
    await assert.rejects(attempt(mira.acting, 'select token_hash from identity.invitations'), notAllowed)
    await attempt(aStranger, `select * from private.read_invitation(${word})`)
    await attempt(bo.acting, `select private.take_invitation(${word})`)
    await attempt(mira.acting, `select private.unmake_admin('${bo.id}', ${because})`)
  })
})

describe('a person', () => {
  test('sees their own account, wish to leave and exports, and nobody else’s', async () => {
    assert.deepEqual(await attempt(ada.acting, 'select id from private.my_account()'), [{ id: ada.id }])
    await attempt(ada.acting, `select private.ask_for_deletion(gen_random_uuid(), ${word})`)
    await attempt(ada.acting, 'select private.ask_for_export()')
    for (const table of ['identity.deletions', 'identity.exports']) {
      assert.equal((await attempt(ada.acting, `select id from ${table}`)).length, 1)
      assert.equal((await attempt(bo.acting, `select id from ${table}`)).length, 0)
      assert.equal((await attempt(mira.acting, `select id from ${table}`)).length, 0)
    }
    await attempt(ada.acting, 'select private.cancel_deletion()')
  })

  test('sets a zone that there is', async () => {
    await attempt(ada.acting, `update identity.accounts set zone = 'Asia/Kathmandu' where user_id = '${ada.id}'`)
    await assert.rejects(attempt(ada.acting, `update identity.accounts set zone = 'Asia/Atlantis' where user_id = '${ada.id}'`), {
      constraint: 'no_such_zone',
    })
  })

  for (const text of [
    `insert into identity.admins (user_id, reason) values ('${bo.id}', 'me')`,
    `delete from identity.admins`,
    `update identity.admins set user_id = '${bo.id}'`,
    `select from identity.setup_links`,
    `select private.appoint('bo@example.test')`,
    `select private.add_admin('${bo.id}', null, 'me')`,
    `select private.offer_setup(${word})`,
    `select private.take_setup_for(${word}, '${bo.id}')`,
    `select private.take_invitation_for(${word}, '${bo.id}')`,
    `select private.end_sessions('${ada.id}')`,
    `select private.administer('identity.x', '${ada.id}', 'because')`,
    `update identity.accounts set suspended_at = null`,
    `insert into identity.deletions (user_id, erases_at) values ('${ada.id}', now())`,
    `update identity.deletions set cancelled_at = now()`,
    `insert into identity.exports (user_id, for_id) values ('${ada.id}', '${bo.id}')`,
    `select private.begin_erasure('${ada.id}', null)`,
    `select private.erase_for_operator('${ada.id}')`,
    `select private.forget_answers('${ada.id}')`,
  ])
    test(`cannot ${text}`, async () => {
      await assert.rejects(attempt(bo.acting, text), notAllowed)
      await assert.rejects(attempt(aStranger, text), notAllowed)
    })
})

describe('somebody’s ways in', () => {
  const passkey = async (userId: string) => {
    const [made] = await db.sql<{ id: string }>(
      `insert into identity.passkeys (user_id, credential_id, public_key, counter, backed_up, name)
       values ($1, 'key-' || gen_random_uuid(), 'secret', 7, false, 'Laptop') returning id`,
      [userId],
    )
    return made!.id
  }

  test('are their own to see and to call what they like', async () => {
    const [hers, his] = [await passkey(ada.id), await passkey(bo.id)]
    assert.deepEqual(await attempt(ada.acting, 'select id, name, backed_up from identity.passkeys'), [
      { id: hers, name: 'Laptop', backed_up: false },
    ])
    await attempt(ada.acting, `update identity.passkeys set name = 'Mine'`)
    const names = await db.sql('select id, name from identity.passkeys where id = any ($1) order by name', [[hers, his]])
    assert.deepEqual(names, [
      { id: his, name: 'Laptop' },
      { id: hers, name: 'Mine' },
    ])
    await assert.rejects(attempt(ada.acting, `update identity.passkeys set name = ' '`), { constraint: 'passkey_has_a_name' })
    await db.sql(`insert into identity.recovery_codes (code_hash, user_id, set_id) values (sha256('one'), $1, gen_random_uuid())`, [ada.id])
    assert.deepEqual(await attempt(ada.acting, 'select used_at from identity.recovery_codes'), [{ used_at: null }])
    assert.deepEqual(await attempt(bo.acting, 'select used_at from identity.recovery_codes'), [])
  })

  for (const text of [
    'select public_key from identity.passkeys',
    'select credential_id from identity.passkeys',
    'update identity.passkeys set counter = 0',
    `update identity.passkeys set user_id = '${bo.id}'`,
    'delete from identity.passkeys',
    `insert into identity.passkeys (user_id, credential_id, public_key, counter, backed_up, name) values ('${bo.id}', 'x', '', 0, false, 'x')`,
    'select challenge from identity.passkey_challenges',
    'select code_hash from identity.recovery_codes',
    'update identity.recovery_codes set used_at = null',
    'delete from identity.recovery_codes',
    'select provider from identity.journeys',
    'select found from identity.newcomers',
    'select found from identity.proposed_links',
  ])
    test(`cannot be had by ${text}`, async () => {
      await assert.rejects(attempt(bo.acting, text), notAllowed)
      await assert.rejects(attempt(aStranger, text), notAllowed)
    })
})
