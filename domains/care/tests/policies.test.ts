import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'
import {
  aDoctor,
  anAdministrator,
  aPatient,
  asked,
  asking,
  aVerifiedDoctor,
  block,
  linked,
  notAllowed,
  refused,
  send,
  unblock,
} from './scene.ts'

const db = await freshDatabase()
const does = asking(db.database)
const ruth = await anAdministrator(db)
const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
const tomasz = await aDoctor(db, 'Tomasz Zieliński')
const [daniel, mei] = [await aPatient(db, 'Daniel Whitlock'), await aPatient(db, 'Mei Ling Chua')]
const robin = await someone(db, 'robin')
const { link, conversation } = await linked(db, daniel, leila)
await does(daniel.acting, send(conversation, '00000000-0000-4000-8000-000000000001', 'Good morning'))
await does(
  daniel.acting,
  sql`select private.record_readings('[{"metric_name": "pulse", "timestamp": "2026-01-01T08:00:00Z", "value": 72, "source": "Watch", "zone_offset": 0}]')`,
)
const everybodyElse = { mei, tomasz, robin, ruth }

describe('what a patient and their doctor have together', () => {
  for (const table of ['patient_doctor_links', 'link_events', 'conversations', 'messages']) {
    const seen = `select id from care.${table}`
    test(`is seen by both (${table})`, async () => {
      assert.ok((await does(daniel.acting, seen)).length > 0)
      assert.ok((await does(leila.acting, seen)).length > 0)
    })
    test(`is seen by nobody else (${table})`, async () => {
      for (const [name, { acting }] of Object.entries(everybodyElse)) assert.deepEqual(await does(acting, seen), [], name)
      await assert.rejects(does(aStranger, seen), notAllowed)
    })
  }
})

test('readings are seen by whose they are; not even by their doctor, but through the function', async () => {
  for (const table of ['health_realtime', 'health_aggregated']) {
    for (const { acting } of [leila, mei, ruth]) assert.deepEqual(await does(acting, `select id from care.${table}`), [])
    await assert.rejects(does(aStranger, `select id from care.${table}`), notAllowed)
  }
  assert.equal((await does(daniel.acting, 'select value from care.health_realtime')).length, 1)
})

test('a profile is read by its owner alone; names come by function, to those who have to do with each other', async () => {
  assert.deepEqual(await does(daniel.acting, 'select full_name from care.profiles'), [{ full_name: 'Daniel Whitlock' }])
  const people = 'select full_name, verified from private.my_care_people()'
  assert.deepEqual(await does(daniel.acting, people), [{ full_name: 'Leila Haddad', verified: true }])
  assert.deepEqual(await does(leila.acting, people), [{ full_name: 'Daniel Whitlock', verified: false }])
  assert.deepEqual(await does(mei.acting, people), [])
  await assert.rejects(does(aStranger, people), notAllowed)
})

test('nobody makes or takes over the profile of another', async () => {
  await assert.rejects(does(robin.acting, `insert into care.profiles (id, full_name) values ('${ruth.id}', 'Ruth')`), notAllowed)
  await does(robin.acting, `update care.profiles set full_name = 'Robin' where id = '${daniel.id}'`)
  assert.deepEqual(await does(daniel.acting, 'select full_name from care.profiles'), [{ full_name: 'Daniel Whitlock' }])
})

test('doctors are listed who want to be and are verified; nobody who is kept apart from them finds them', async () => {
  const list = 'select full_name from private.listed_doctors()'
  assert.deepEqual(await does(mei.acting, list), [])
  for (const doctor of [leila, tomasz]) await does(doctor.acting, `update care.profiles set listed = true where id = '${doctor.id}'`)
  assert.deepEqual(await does(mei.acting, list), [{ full_name: 'Leila Haddad' }])
  await block(db, mei, leila)
  assert.deepEqual(await does(mei.acting, list), [])
  await unblock(db, mei, leila)
  assert.equal((await does(mei.acting, `select full_name from private.listed_doctors('GB')`)).length, 0)
  await db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [leila.id])
  assert.deepEqual(await does(mei.acting, list), [])
  await db.sql('update identity.accounts set suspended_at = null where user_id = $1', [leila.id])
  await assert.rejects(does(aStranger, list), notAllowed)
  await assert.rejects(
    does(mei.acting, `update care.profiles set listed = true where id = '${mei.id}'`),
    refused('only_doctors_are_listed'),
  )
})

describe('whoever is blocked', () => {
  test('sees neither the link nor who did it, and keeps what was said', async () => {
    await asked(db, mei, leila)
    const away = await aPatient(db, 'Ada')
    const theirs = await linked(db, away, leila)
    await does(away.acting, send(theirs.conversation, '00000000-0000-4000-8000-000000000002', 'Hello'))
    await block(db, away, leila)
    const mine = `select status from care.patient_doctor_links where id = ${theirs.link}`
    assert.deepEqual(await does(leila.acting, mine), [])
    assert.deepEqual(await does(leila.acting, `select step from care.link_events where link_id = ${theirs.link}`), [])
    assert.deepEqual(await does(leila.acting, `select body from care.messages where conversation_id = ${theirs.conversation}`), [
      { body: 'Hello' },
    ])
    assert.deepEqual(await does(leila.acting, `select id from private.my_care_people() where id = '${away.id}'`), [])
    assert.deepEqual(await does(away.acting, mine), [{ status: 'blocked' }])
    assert.equal((await does(away.acting, `select step from care.link_events where link_id = ${theirs.link}`)).length, 3)
    await unblock(db, away, leila)
    assert.deepEqual(await does(leila.acting, mine), [{ status: 'ended' }])
    assert.deepEqual(await does(leila.acting, `select step from care.link_events where link_id = ${theirs.link} order by id`), [
      { step: 'asked' },
      { step: 'accepted' },
    ])
  })
})

test('of a verification its doctor sees how it stands, and not who checked what', async () => {
  const seen = 'select status from care.verification_requests'
  assert.deepEqual(await does(leila.acting, seen), [{ status: 'approved' }])
  assert.deepEqual(await does(daniel.acting, seen), [])
  for (const column of ['evidence', 'reviewed_by'])
    await assert.rejects(does(leila.acting, `select ${column} from care.verification_requests`), notAllowed)
})

test('where bytes and rooms are is not told by tables', async () => {
  for (const [table, column] of [
    ['message_attachments', 'object_path'],
    ['message_attachments', 'bucket'],
    ['video_calls', 'room_name'],
    ['video_calls', 'room_url'],
    ['video_calls', 'recording_url'],
  ])
    await assert.rejects(does(daniel.acting, `select ${column} from care.${table}`), notAllowed)
})

describe('nobody may', () => {
  for (const text of [
    `insert into care.patient_doctor_links (patient_id, doctor_id) values ('${daniel.id}', '${tomasz.id}')`,
    `update care.patient_doctor_links set status = 'active'`,
    'delete from care.patient_doctor_links',
    `insert into care.link_events (link_id, step, at) values (${link}, 'accepted', now())`,
    'delete from care.link_events',
    `insert into care.conversations (patient_id, doctor_id) values ('${daniel.id}', '${tomasz.id}')`,
    'update care.conversations set last_seq = 0',
    `insert into care.messages (conversation_id, sender_id, body, client_id) values (${conversation}, '${daniel.id}', 'x', gen_random_uuid())`,
    `update care.messages set body = 'other words'`,
    'delete from care.messages',
    'select body from care.message_versions',
    `insert into care.message_attachments (message_id, object_path, file_id) values (1, 'x', gen_random_uuid())`,
    `insert into care.video_calls (conversation_id, room_name, started_by, status) values (${conversation}, 'x', '${daniel.id}', 'ringing')`,
    `update care.video_calls set status = 'active'`,
    'update care.read_marks set seq = 0',
    `insert into care.health_realtime (metric_name, timestamp, value, email, user_id, zone_offset) values ('pulse', now(), 1, 'x', '${leila.id}', 0)`,
    'update care.health_realtime set value = 1',
    `update care.profiles set is_verified = true where id = '${daniel.id}'`,
    `update care.profiles set role = 'doctor' where id = '${daniel.id}'`,
    `update care.profiles set id = '${ruth.id}' where id = '${daniel.id}'`,
    'delete from care.profiles',
    `insert into care.verification_requests (doctor_id, full_name, license_number, register) values ('${daniel.id}', 'x', 'x', 'x')`,
    `update care.verification_requests set status = 'approved'`,
    `select nextval('care.messages_id_seq')`,
    'select private.hold_active_link(1)',
    `select private.erase_care('${leila.id}')`,
    `select private.erase_readings('${daniel.id}', 10)`,
    `select private.care_follows_account('${daniel.id}', 'x')`,
    'select private.end_expired_verifications()',
    `select private.may_download_message_file('${daniel.id}')`,
    'truncate care.messages',
  ])
    test(text, async () => {
      await assert.rejects(does(daniel.acting, text), notAllowed)
      await assert.rejects(does(leila.acting, text), notAllowed)
      await assert.rejects(does(aStranger, text), notAllowed)
    })
})

describe('not even the server may, in its own name,', () => {
  for (const text of [
    `insert into care.messages (conversation_id, sender_id, body, client_id) values (${conversation}, '${daniel.id}', 'x', gen_random_uuid())`,
    `update care.patient_doctor_links set status = 'active'`,
    `update care.profiles set is_verified = true`,
    `update care.video_calls set status = 'active'`,
    'delete from care.health_realtime',
    `select private.send_message(${conversation}, gen_random_uuid(), 'x')`,
    `select * from private.view_record('${daniel.id}', '{pulse}', '2026-01-01', '2027-01-01')`,
  ])
    test(text, () => assert.rejects(does(theServer, text), notAllowed))
})

test('a stranger calls none of it', async () => {
  for (const text of [
    `select private.ask_doctor('${leila.id}')`,
    `select private.accept_patient(${link})`,
    `select private.send_message(${conversation}, gen_random_uuid(), 'x')`,
    `select private.record_readings('[]')`,
  ])
    await assert.rejects(does(aStranger, text), notAllowed)
})
