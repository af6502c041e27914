import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { everybody } from '#platform/demo/cast.ts'
import { loadDemo } from '#platform/demo/load.ts'
import { demo } from '#platform/demo/server.ts'
import { tracesInTables } from '#platform/identity/tests/traces.ts'
import { freshDatabase, theServer } from '#tests/database.ts'
import { careOfPerson } from '../person.ts'
import { care } from '../server.ts'
import {
  anAdministrator,
  aPatient,
  asking,
  askToBeVerified,
  aVerifiedDoctor,
  linked,
  refused,
  send,
  statusOf,
  unblock,
  type Person,
} from './scene.ts'

const db = await freshDatabase()
const does = asking(db.database)
const ruth = await anAdministrator(db)

// As platform/identity does it: first they are nobody, then the parts forget them.
async function erase(who: Person): Promise<void> {
  await db.sql('update auth.users set deleted_at = now() where id = $1', [who.id])
  await db.database.write(theServer, (tx) => careOfPerson.erase(tx, who.id))
}
const everything = async () =>
  (
    await db.sql<{ row: string }>(
      [
        'profiles',
        'patient_doctor_links',
        'link_events',
        'verification_requests',
        'conversations',
        'messages',
        'message_versions',
        'message_attachments',
        'read_marks',
        'video_calls',
        'health_realtime',
        'health_aggregated',
      ]
        .map((table) => `select '${table}' || t::text as row from care.${table} t`)
        .join(' union all '),
    )
  )
    .map(({ row }) => row)
    .toSorted()

test('who leaves is forgotten: who they are, what they measured and claimed; what was said stays with the other one', async () => {
  const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
  const daniel = await aPatient(db, 'Daniel Whitlock')
  const { link, conversation } = await linked(db, daniel, leila)
  const [message] = await does<{ id: string }>(daniel.acting, send(conversation, randomUUID(), 'I am dizzy'))
  await does(daniel.acting, sql`select private.edit_message(${message!.id}::bigint, 'I was dizzy')`)
  await does(daniel.acting, `select private.read_up_to(${conversation}, 1)`)
  await does(daniel.acting, `update care.profiles set phone = '020 7946 0018', address = '12 Larkspur Row' where id = '${daniel.id}'`)
  const pulse = `'[{"metric_name": "pulse", "timestamp": "2026-01-01T08:00:00Z", "value": 72, "zone_offset": 0}]'`
  await does(daniel.acting, `select private.record_readings(${pulse}), private.record_aggregates(${pulse})`)

  await erase(daniel)
  assert.equal(await statusOf(db, link), 'ended')
  const traces = (await everything()).filter((row) => /Whitlock|Larkspur|020 7946|example\.test/.test(row))
  assert.deepEqual(traces, [])
  assert.deepEqual(
    await db.sql('select from care.health_realtime where user_id = $1 union all select from care.health_aggregated where user_id = $1', [
      daniel.id,
    ]),
    [],
  )
  assert.deepEqual(await db.sql('select from care.read_marks where person_id = $1', [daniel.id]), [])
  assert.deepEqual(await does(leila.acting, 'select body from care.messages'), [{ body: 'I was dizzy' }])
  assert.deepEqual(await does(leila.acting, 'select full_name from private.my_care_people()'), [{ full_name: 'erased' }])
  await assert.rejects(db.sql('delete from care.message_versions'), refused('care_record_stays'))

  const before = await everything()
  await erase(daniel)
  assert.deepEqual(await everything(), before, 'a second time changes nothing')

  await erase(leila)
  assert.deepEqual(await db.sql('select body from care.messages'), [{ body: null }])
  assert.deepEqual(await db.sql('select from care.message_versions'), [])
  assert.deepEqual(
    (await everything()).filter((row) => /Haddad|dizzy|A-1|Register of Tests|Entry seen/.test(row)),
    [],
  )
  assert.deepEqual(await db.sql('select status, reviewed_by from care.verification_requests where doctor_id = $1', [leila.id]), [
    { status: 'ended', reviewed_by: ruth.id },
  ])
})

test('a doctor who leaves takes a waiting request back, and a file loses its name', async () => {
  const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
  const mei = await aPatient(db, 'Mei')
  const { conversation } = await linked(db, mei, leila)
  const [file] = await db.sql<{ id: string }>(
    `insert into files.objects (owner_id, purpose, name, state, mime, size, sha256, object_path, expires_at)
     values ($1, 'message_file', 'for-mei.pdf', 'clean', 'application/pdf', 12, repeat('0', 64), 'aa/bb/c', now() + interval '1 day') returning id`,
    [leila.id],
  )
  await does(leila.acting, send(conversation, randomUUID(), 'The letter', [file!.id]))
  await askToBeVerified(db, leila, 'Leila Haddad')
  await erase(leila)
  assert.deepEqual(await db.sql('select status from care.verification_requests where doctor_id = $1 order by id', [leila.id]), [
    { status: 'ended' },
    { status: 'withdrawn' },
  ])
  assert.deepEqual(
    (await everything()).filter((row) => row.includes('for-mei')),
    [],
  )
  assert.deepEqual(await does(mei.acting, 'select body from care.messages'), [{ body: 'The letter' }])
})

test('who was blocked and leaves does not stay blocked for good', async () => {
  const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
  const mei = await aPatient(db, 'Mei')
  const { link } = await linked(db, mei, leila)
  await does(leila.acting, `insert into safety.blocks (blocked_id) values ('${mei.id}')`)
  await erase(mei)
  assert.equal(await statusOf(db, link), 'blocked')
  await unblock(db, leila, mei)
  assert.equal(await statusOf(db, link), 'ended')
})

test('everybody takes along what is theirs, and nothing that somebody else said', async () => {
  const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
  const daniel = await aPatient(db, 'Daniel')
  const { conversation } = await linked(db, daniel, leila)
  await does(daniel.acting, send(conversation, randomUUID(), 'My words'))
  await does(leila.acting, send(conversation, randomUUID(), 'Her words'))
  const taken = await db.database.read(theServer, (reader) => careOfPerson.export(reader, daniel.id))
  assert.match(JSON.stringify(taken), /My words/)
  assert.doesNotMatch(JSON.stringify(taken), /Her words|Haddad|blocked/)
  assert.equal(taken['links']!.length, 1)
})

test('the demo world shows each state, the same each time but for instants', async () => {
  const worlds = await Promise.all(
    ['2027-03-01T12:00:00Z', '2027-04-10T12:00:00Z'].map(async (now) => {
      const world = await freshDatabase()
      await loadDemo(world.url(), [demo, care], new Date(now))
      const rows = await world.sql<{ row: Record<string, unknown> }>(
        [
          'profiles',
          'verification_requests',
          'patient_doctor_links',
          'link_events',
          'messages',
          'message_versions',
          'read_marks',
          'video_calls',
          'health_realtime',
          'health_aggregated',
        ]
          .map(
            (table) =>
              `(select jsonb_build_object('from', '${table}') || to_jsonb(t) as row from care.${table} t order by to_jsonb(t)::text)`,
          )
          .join(' union all '),
      )
      return rows.map(({ row }) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) - Date.parse(now) : value,
          ]),
        ),
      )
    }),
  )
  const sorted = (rows: Record<string, unknown>[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  assert.deepEqual(sorted(worlds[1]!), sorted(worlds[0]!))
  const states = (table: string) => new Set(worlds[0]!.filter((row) => row['from'] === table).map((row) => row['status']))
  assert.deepEqual(states('patient_doctor_links'), new Set(['active', 'ended', 'blocked', 'requested']))
  assert.deepEqual(states('video_calls'), new Set(['ended', 'canceled', 'missed', 'scheduled']))
  assert.deepEqual(states('verification_requests'), new Set(['approved', 'rejected', 'waiting']))
})

test('when all of the demo world leave, no word of theirs is left', async () => {
  const world = await freshDatabase()
  await loadDemo(world.url(), [demo, care])
  await world.sql('update auth.users set deleted_at = now()')
  for (const { id } of everybody) await world.database.write(theServer, (tx) => careOfPerson.erase(tx, id))
  const words = everybody.flatMap(({ name, email }) => [...name.split(' '), email])
  assert.deepEqual(await tracesInTables(world, ['DEMO-', 'Larkspur', 'tablet', 'cough', 'Register entry', 'could not find']), [])
  const traces = await tracesInTables(world, words)
  assert.deepEqual(
    traces.filter((row) => row.startsWith('care.')),
    [],
  )
})
