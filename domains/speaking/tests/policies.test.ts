import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'
import { scenarioIn, sessionIn, subscriptionIn, takeStock } from './scene.ts'

const db = await freshDatabase()
const [amara, hana, ruth] = [await someone(db, 'amara'), await someone(db, 'hana'), await someone(db, 'ruth')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
const attempt = <R extends Role>(acting: Acting<R>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }

const published = await scenarioIn(db, ruth.id)
const draft = await scenarioIn(db, ruth.id, 'draft')
const completed = await sessionIn(db, amara.id, published, 'completed')
await sessionIn(db, amara.id, published, 'removed')
await takeStock(db, amara.id, { day: '2099-01-01' })
await subscriptionIn(db, amara.id, 'active')

test('a candidate sees her sessions, her report, her snapshot and her subscription, and another one sees none of them', async () => {
  for (const table of ['sessions', 'feedback_reports', 'user_progress_snapshots', 'subscriptions']) {
    assert.equal((await attempt(amara.acting, `select id from speaking.${table}`)).length, 1, table)
    assert.equal((await attempt(hana.acting, `select id from speaking.${table}`)).length, 0, table)
    assert.equal((await attempt(ruth.acting, `select id from speaking.${table}`)).length, 0, `${table}: an administrator is nobody here`)
  }
})

test('a session that she removed is out of her own sight, too', async () => {
  assert.deepEqual(await attempt(amara.acting, 'select id, status from speaking.sessions'), [{ id: completed, status: 'completed' }])
})

test('published scenarios are for everybody signed in, drafts for nobody, the persona for no candidate at all', async () => {
  assert.deepEqual(await attempt(hana.acting, 'select id from speaking.scenarios'), [{ id: published }])
  assert.deepEqual(await attempt(ruth.acting, `select id from speaking.scenarios where id = '${draft}'`), [])
  for (const who of [amara, ruth]) await assert.rejects(attempt(who.acting, 'select patient_persona from speaking.scenarios'), notAllowed)
  await assert.rejects(attempt(amara.acting, 'select * from speaking.scenarios'), notAllowed)
  await assert.rejects(attempt(amara.acting, `select id from speaking.scenarios where patient_persona @> '{"age": 67}'`), notAllowed)
})

test('a scenario that was retired is still read by whoever played it, and by nobody else', async () => {
  const scenario = await scenarioIn(db, ruth.id)
  await sessionIn(db, amara.id, scenario, 'completed')
  await db.sql(`update speaking.scenarios set status = 'retired' where id = $1`, [scenario])
  const mine = `select id from speaking.scenarios where id = '${scenario}'`
  assert.equal((await attempt(amara.acting, mine)).length, 1)
  assert.equal((await attempt(hana.acting, mine)).length, 0)
})

test('users is oneself alone, as the seed has it, and a password is nobody’s to read', async () => {
  const seen = await attempt(amara.acting, 'select id, email, role, profession, is_email_verified from speaking.users')
  assert.deepEqual(seen, [
    { id: amara.id, email: `amara.${amara.id}@example.test`, role: 'user', profession: null, is_email_verified: true },
  ])
  await assert.rejects(attempt(amara.acting, 'select hashed_password from speaking.users'), notAllowed)
  await assert.rejects(attempt(amara.acting, 'select * from speaking.users'), notAllowed)
  await assert.rejects(attempt(theServer, 'select id from speaking.users'), notAllowed)
})

test('a person says what they are by profession, and neither another’s nor what role they have', async () => {
  await attempt(amara.acting, `update speaking.members set profession = 'doctor'`)
  assert.deepEqual(await db.sql('select user_id from speaking.members where profession is not null'), [{ user_id: amara.id }])
  await assert.rejects(attempt(amara.acting, `update speaking.members set profession = 'astrologer'`), { constraint: 'unknown_profession' })
  await assert.rejects(attempt(amara.acting, `update speaking.members set role = 'admin'`), notAllowed)
  await assert.rejects(attempt(amara.acting, `update speaking.members set email = 'a@example.test'`), notAllowed)
  assert.deepEqual(await attempt(hana.acting, 'select user_id from speaking.members'), [{ user_id: hana.id }])
})

test('only administrators read what administrators did here', async () => {
  await attempt(ruth.acting, `select private.find_speaking_members('amara', 'she asked us to', '203.0.113.77')`)
  assert.equal((await attempt(ruth.acting, 'select id from speaking.audit_logs')).length, 1)
  assert.equal((await attempt(amara.acting, 'select id from speaking.audit_logs')).length, 0)
})

describe('nobody', () => {
  const somewhere = `'${completed}'`
  for (const text of [
    `insert into speaking.sessions (user_id, scenario_id, status) values ('${hana.id}', '${published}', 'preparing')`,
    `update speaking.sessions set status = 'removed'`,
    'delete from speaking.sessions',
    `update speaking.feedback_reports set score_raw = 39 where session_id = ${somewhere}`,
    'delete from speaking.feedback_reports',
    `insert into speaking.user_progress_snapshots (user_id, snapshot_date, average_score, sessions_completed_count, strengths_topics)
       values ('${hana.id}', '2026-11-20', 39, 9, '[]')`,
    `update speaking.subscriptions set status = 'active'`,
    `update speaking.subscriptions set current_period_end = 'infinity'`,
    `update speaking.scenarios set status = 'published'`,
    `insert into speaking.professions (code, name) values ('astrologer', 'Astrologer')`,
    `insert into speaking.members (user_id, role) values ('${hana.id}', 'admin')`,
    'delete from speaking.members',
    `insert into speaking.audit_logs (admin_id, action, ip_address, "timestamp") values ('${ruth.id}', 'speaking.x', 'x', now())`,
    'delete from speaking.audit_logs',
    'truncate speaking.audit_logs',
    `select private.administer_speaking('speaking.x', null, null, 'because')`,
    `select private.speaking_follows_account('${hana.id}', 'taken@example.test')`,
    `select stripe_customer_id from speaking.subscriptions`,
  ])
    test(`may ${text}`, async () => {
      for (const who of [hana.acting, ruth.acting]) await assert.rejects(attempt(who, text), notAllowed)
      await assert.rejects(attempt(aStranger, text), notAllowed)
    })

  test('erases somebody but the server', async () => {
    const text = `select private.erase_speaking('${hana.id}')`
    for (const who of [hana.acting, ruth.acting]) await assert.rejects(attempt(who, text), notAllowed)
    await attempt(theServer, text)
  })
})

test('the server reads and does not write', async () => {
  assert.equal((await attempt(theServer, 'select transcript from speaking.feedback_reports')).length, 2)
  assert.equal((await attempt(theServer, 'select patient_persona from speaking.scenarios')).length, 3)
  for (const table of ['sessions', 'feedback_reports', 'scenarios', 'subscriptions', 'user_progress_snapshots', 'members', 'audit_logs'])
    await assert.rejects(attempt(theServer, `delete from speaking.${table}`), notAllowed)
})

// Last, and here because it must hold under every kind of owner.
test('the server scrubs what somebody said', async () => {
  await attempt(theServer, `select private.erase_speaking('${amara.id}')`)
  assert.deepEqual(await attempt(theServer, `select id from speaking.feedback_reports where transcript <> ''`), [])
  assert.deepEqual(await attempt(amara.acting, 'select id from speaking.sessions'), [])
  assert.deepEqual(await attempt(amara.acting, 'select email, profession from speaking.members'), [{ email: null, profession: null }])
})
