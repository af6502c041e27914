import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actingAs, freshDatabase, theServer } from '#tests/database.ts'
import { cast, everybody } from '#platform/demo/cast.ts'
import { openAccounts } from '#platform/demo/shares/accounts.ts'
import { showPlatform } from '#platform/demo/shares/platform.ts'
import pg from 'pg'
import { showMentoring } from '../demo.ts'
import { mentoringOfPerson } from '../person.ts'

// In the demo world, where everybody has something of everything.
const db = await freshDatabase()
const owner = new pg.Client({ connectionString: db.url() })
await owner.connect()
await owner.query('begin')
const now = new Date()
await openAccounts(owner, everybody, now)
await showPlatform(owner, cast, now)
await showMentoring(owner, cast, now)
await owner.query('commit')
await owner.end()
const { priya, mateo, hana } = cast

const exported = (who: { id: string }) => db.database.read(theServer, (read) => mentoringOfPerson.export(read, who.id))
const erase = (who: { id: string }) => db.database.write(theServer, (tx) => mentoringOfPerson.erase(tx, who.id))

test('what people take along is their own, and nobody else’s id or words are in it', async () => {
  const text = JSON.stringify(await exported(mateo))
  assert.match(text, /I speak too fast/)
  assert.match(text, /I was put on nights/)
  for (const others of [
    priya.id,
    priya.email,
    'She let me fail first'.replace('She', 'Came prepared and asked'),
    'one line each',
    'A wedding',
  ])
    assert.ok(!text.includes(others), others)
  const hers = await exported(priya)
  for (const name of [
    'profile',
    'mentor_profile',
    'hours',
    'exceptions',
    'calendars',
    'busy_elsewhere',
    'bookings_as_mentor',
    'messages',
    'payments',
    'awards',
    'points',
  ])
    assert.ok(hers[name]!.length > 0, name)
  assert.ok(!JSON.stringify(hers).includes('My first call with a ward sister')) // what Mateo wrote to her is his
})

test('the hours to come of whoever leaves are called off, and the other side is free again', async () => {
  const before = await db.sql(`select id from mentoring.bookings where status in ('pending', 'confirmed') and end_time > now()`)
  assert.equal(before.length, 3)
  await erase(priya)
  assert.deepEqual(await db.sql(`select from mentoring.bookings where status in ('pending', 'confirmed') and end_time > now()`), [])
  assert.deepEqual(
    await db.sql(`select from scheduling.commitments where upper(during) > now() and person_id = $1 and held_until is null`, [mateo.id]),
    [],
  )
  assert.equal((await db.sql(`select from mentoring.booking_steps where step = 'cancelled' and by_user_id is null`)).length, 3)
})

test('nothing is left of them but what the other side and the books need', async () => {
  const left = await exported(priya)
  const stays = Object.entries(left)
    .filter(([, rows]) => rows.length > 0)
    .map(([name]) => name)
  assert.deepEqual(stays, ['bookings_as_mentor', 'steps', 'reviews_written', 'payments'])
  assert.ok(!JSON.stringify(left).includes('Came prepared'))
  assert.ok((await db.sql('select from mentoring.payment_events')).length >= 13)
  assert.deepEqual(await db.sql('select rating from mentoring.reviews where reviewer_user_id = $1', [priya.id]), [{ rating: 5 }])
  assert.deepEqual(await db.sql('select from mentoring.calendar_accounts'), [])
})

test('what others wrote and own stays', async () => {
  const his = await exported(mateo)
  assert.equal(his['messages']!.length, 2)
  assert.equal(his['bookings_as_mentee']!.length, 6)
  assert.equal(
    (await db.database.read(actingAs(mateo.id), (read) => read.selectFrom('mentoring.payments').select('id').execute())).length,
    7,
  )
})

test('twice is once, and everybody can go', async () => {
  const all = () => db.sql('select md5(string_agg(b::text, chr(10) order by id)) from mentoring.bookings b')
  const before = await all()
  await erase(priya)
  assert.deepEqual(await all(), before)
  for (const who of everybody) await erase(who)
  for (const table of [
    'profiles',
    'mentor_profiles',
    'mentee_profiles',
    'mentor_availability_rules',
    'session_messages',
    'xp_events',
    'user_stats',
    'awards',
    'holds',
  ])
    assert.deepEqual(await db.sql(`select from mentoring.${table}`), [], table)
  assert.deepEqual(await exported(hana).then(({ messages }) => messages), [])
})
