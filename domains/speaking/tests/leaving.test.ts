import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import { speakingOfPerson } from '../person.ts'
import { scenarioIn, sessionIn, sessionWays, subscriptionIn, takeStock } from './scene.ts'

const db = await freshDatabase()
const [amara, hana, ruth] = [await someone(db, 'amara'), await someone(db, 'hana'), await someone(db, 'ruth')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
const scenario = await scenarioIn(db, ruth.id)
for (const { id } of [amara, hana]) {
  for (const status of Object.keys(sessionWays)) await sessionIn(db, id, scenario, status as keyof typeof sessionWays)
  await takeStock(db, id, { day: '2099-01-01' })
  await subscriptionIn(db, id, 'active')
  await db.sql(`update speaking.members set profession = 'doctor' where user_id = $1`, [id])
}
const exported = (id: string) => db.database.read(theServer, (tx) => speakingOfPerson.export(tx, id))
const erase = (id: string) => db.database.write(theServer, (tx) => speakingOfPerson.erase(tx, id))

test('Amara takes along what is hers: no persona, nothing of Hana’s, and not what she removed', async () => {
  const all = await exported(amara.id)
  assert.deepEqual(
    Object.entries(all).map(([name, rows]) => [name, rows.length]),
    [
      ['members', 1],
      ['sessions', 5],
      ['reports', 1],
      ['snapshots', 1],
      ['subscriptions', 1],
    ],
  )
  const text = JSON.stringify(all)
  assert.ok(text.includes('What do you worry about?') && text.includes('A cough'))
  for (const word of ['holds_back', 'smokes again', hana.id]) assert.ok(!text.includes(word), word)
})

test('erased, nothing says anything of her any more, and everything of Hana’s stands', async () => {
  const hanas = await exported(hana.id)
  await erase(amara.id)
  const left = await db.sql<{ row: string }>(
    `select m::text as row from speaking.members m where user_id = $1
     union all select s::text from speaking.sessions s where user_id = $1 and (status <> 'removed' or duration_seconds is not null)
     union all select r::text from speaking.feedback_reports r join speaking.sessions s on s.id = session_id where user_id = $1 and transcript <> ''
     union all select p::text from speaking.user_progress_snapshots p where user_id = $1 and (average_score > 0 or strengths_topics <> '[]')
     union all select s::text from speaking.subscriptions s where user_id = $1 and (status <> 'ended' or stripe_customer_id is not null)`,
    [amara.id],
  )
  assert.equal(left.length, 1)
  for (const word of ['@', 'doctor']) assert.ok(!left[0]!.row.includes(word), word)
  assert.deepEqual(await exported(hana.id), hanas)
})

test('once more changes nothing', async () => {
  const everything = () =>
    db.sql(`select (select jsonb_agg(r order by r.id) from speaking.feedback_reports r) as reports,
      (select jsonb_agg(p order by p.id) from speaking.user_progress_snapshots p) as snapshots,
      (select jsonb_agg(s order by s.id) from speaking.subscriptions s) as subscriptions,
      (select jsonb_agg(m order by m.user_id) from speaking.members m) as members`)
  const before = await everything()
  await erase(amara.id)
  assert.deepEqual(await everything(), before)
})

test('the account’s own end brings nothing back', async () => {
  await db.sql('update auth.users set email = null, deleted_at = now() where id = $1', [amara.id])
  const [member] = await db.sql('select email, role, profession from speaking.members where user_id = $1', [amara.id])
  assert.deepEqual(member, { email: null, role: 'user', profession: null })
})

test('the rows stay: neither the person nor anything of theirs is deleted', async () => {
  for (const text of ['delete from speaking.members', 'delete from speaking.user_progress_snapshots', 'truncate speaking.members cascade'])
    await assert.rejects(db.sql(text), { constraint: 'nothing_is_deleted' })
  const keys = await db.sql(
    `select conname, confdeltype from pg_constraint where contype = 'f' and connamespace = 'speaking'::regnamespace`,
  )
  assert.ok(keys.length > 8)
  assert.deepEqual(
    keys.filter(({ confdeltype }) => confdeltype !== 'r'),
    [],
  )
})
