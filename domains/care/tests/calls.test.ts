import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { anAdministrator, aPatient, asking, aVerifiedDoctor, block, linked, refused, type Person } from './scene.ts'

// What moves a call comes with the calls. What holds whoever will write that is here, so the owner of the database writes.
const db = await freshDatabase()
const does = asking(db.database)
const ruth = await anAdministrator(db)
const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
const daniel = await aPatient(db, 'Daniel Whitlock')
const { conversation } = await linked(db, daniel, leila)

const ring = async (where: number, by: Person = leila): Promise<number> => {
  const [row] = await db.sql<{ id: string }>(
    `insert into care.video_calls (conversation_id, provider, room_name, started_by, status) values ($1, 'builtin', $2, $3, 'ringing') returning id`,
    [where, randomUUID(), by.id],
  )
  return Number(row!.id)
}
// Each at an hour of its own.
let hours = 0
const plan = async (where: number, patient: Person): Promise<{ call: number; meeting: string }> => {
  const meeting = randomUUID()
  const [row] = await db.sql<{ id: string }>(
    `with at as (select now() + make_interval(days => 1, hours => $5) as starts),
       claimed as (select private.claim($1, 'care.call', tstzrange(starts, starts + interval '20 minutes'), array[$2, $3]::uuid[], '{}') from at)
     insert into care.video_calls (conversation_id, provider, room_name, started_by, status, scheduled_for, meeting_id)
     select $4, 'builtin', $6, $3, 'scheduled', starts, $1 from at, claimed returning id`,
    [meeting, patient.id, leila.id, where, ++hours, randomUUID()],
  )
  return { call: Number(row!.id), meeting }
}
const times: Record<string, string> = { active: ', started_at = now()', ended: ', ended_at = now()' }
const step = (call: number, to: string) => db.sql(`update care.video_calls set status = $2${times[to] ?? ''} where id = $1`, [call, to])
const statusOf = async (call: number) =>
  (await db.sql<{ status: string }>('select status from care.video_calls where id = $1', [call]))[0]!.status

const ways: Record<string, string[]> = {
  scheduled: [],
  ringing: ['ringing'],
  active: ['ringing', 'active'],
  ended: ['ringing', 'active', 'ended'],
  missed: ['ringing', 'missed'],
  canceled: ['canceled'],
  failed: ['ringing', 'failed'],
}
const drawn = [
  'scheduled ringing',
  'scheduled canceled',
  'ringing active',
  'ringing missed',
  'ringing canceled',
  'ringing failed',
  'active ended',
]

describe('a call', () => {
  for (const from of Object.keys(ways))
    for (const to of Object.keys(ways).filter((to) => to !== from))
      test(`${drawn.includes(`${from} ${to}`) ? 'goes' : 'does not go'} from ${from} to ${to}`, async () => {
        const ada = await aPatient(db, 'Ada')
        const { call } = await plan((await linked(db, ada, leila)).conversation, ada)
        for (const next of ways[from]!) await step(call, next)
        if (!drawn.includes(`${from} ${to}`)) return assert.rejects(step(call, to), refused('call_cannot_do_that'))
        await step(call, to)
        assert.equal(await statusOf(call), to)
      })

  test('begins planned or ringing', async () => {
    for (const status of ['active', 'ended', 'missed', 'canceled', 'failed'])
      await assert.rejects(
        db.sql('insert into care.video_calls (conversation_id, room_name, started_by, status) values ($1, $2, $3, $4)', [
          conversation,
          randomUUID(),
          leila.id,
          status,
        ]),
        refused('call_cannot_do_that'),
      )
  })

  test('rings or runs once in a conversation', async () => {
    const ada = await aPatient(db, 'Ada')
    const hers = await linked(db, ada, leila)
    const first = await ring(hers.conversation)
    await assert.rejects(ring(hers.conversation, ada), refused('one_call_at_a_time'))
    await step(first, 'missed')
    await ring(hers.conversation, ada)
  })

  test('is rung by one of the two, and stays theirs', async () => {
    await assert.rejects(ring(conversation, ruth), refused('no_such_conversation'))
    const call = await ring(conversation)
    await assert.rejects(
      db.sql('update care.video_calls set started_by = $2 where id = $1', [call, daniel.id]),
      refused('call_cannot_do_that'),
    )
    await step(call, 'missed')
  })

  test('that is planned has claimed its time; one that rings has not', async () => {
    const call = (meeting: string | null, at: string | null, status: string) =>
      db.sql(
        `insert into care.video_calls (conversation_id, room_name, started_by, status, scheduled_for, meeting_id) values ($1, $2, $3, $4, $5, $6)`,
        [conversation, randomUUID(), leila.id, status, at, meeting],
      )
    await assert.rejects(call(null, '2030-01-01T10:00:00Z', 'scheduled'), refused('planned_time_is_claimed'))
    await assert.rejects(call(null, null, 'scheduled'), refused('scheduled_is_planned'))
    const { meeting } = await plan(conversation, daniel)
    await assert.rejects(call(meeting, '2030-01-01T10:00:00Z', 'scheduled'), refused('meeting_has_one_call'))
  })

  test('is not recorded: nobody can agree to that yet', async () => {
    const { call } = await plan(conversation, daniel)
    await assert.rejects(
      db.sql('update care.video_calls set recording_enabled = true where id = $1', [call]),
      refused('everyone_must_agree'),
    )
  })

  test('says when it changed, and its provider is the seed’s only where nobody says', async () => {
    const call = await ring(conversation)
    await db.sql(`update care.video_calls set updated_at = now() - interval '1 day' where id = $1`, [call])
    await step(call, 'missed')
    const [row] = await db.sql(`select updated_at > now() - interval '1 minute' as touched, provider from care.video_calls where id = $1`, [
      call,
    ])
    assert.deepEqual(row, { touched: true, provider: 'builtin' })
  })

  test('has run or has not, in a room of its own, with a provider we know', async () => {
    const { call } = await plan(conversation, daniel)
    await assert.rejects(db.sql('update care.video_calls set started_at = now() where id = $1', [call]), refused('times_follow_the_call'))
    await step(call, 'ringing')
    await assert.rejects(db.sql(`update care.video_calls set status = 'active' where id = $1`, [call]), refused('times_follow_the_call'))
    await assert.rejects(db.sql(`update care.video_calls set provider = 'unknown' where id = $1`, [call]), refused('provider_is_known'))
    const other = await plan(conversation, daniel)
    await assert.rejects(
      db.sql('update care.video_calls set room_name = (select room_name from care.video_calls where id = $2) where id = $1', [
        other.call,
        call,
      ]),
      refused('rooms_differ'),
    )
    await step(call, 'missed')
  })

  test('stays on record', async () => {
    for (const text of ['delete from care.video_calls', 'truncate care.video_calls'])
      await assert.rejects(db.sql(text), refused('care_record_stays'))
  })
})

describe('without an active link', () => {
  test('nothing rings, is planned or is answered', async () => {
    const ada = await aPatient(db, 'Ada')
    const hers = await linked(db, ada, leila)
    await does(ada.acting, `select private.end_link(${hers.link})`)
    await assert.rejects(ring(hers.conversation), refused('link_not_active'))
    await assert.rejects(plan(hers.conversation, ada), refused('link_not_active'))
  })

  for (const [what, cut] of [
    ['ended', (ada: Person, link: number) => does(ada.acting, `select private.end_link(${link})`)],
    ['blocked', (ada: Person) => block(db, leila, ada)],
  ] as const)
    test(`(${what}) what runs ends, what rings or is planned is called off, and both have their time back`, async () => {
      const ada = await aPatient(db, 'Ada')
      const hers = await linked(db, ada, leila)
      const [planned, running] = [await plan(hers.conversation, ada), await ring(hers.conversation)]
      await step(running, 'active')
      await cut(ada, hers.link)
      assert.deepEqual([await statusOf(planned.call), await statusOf(running)], ['canceled', 'ended'])
      assert.deepEqual(await db.sql('select from scheduling.commitments where meeting_id = $1', [planned.meeting]), [])
      assert.equal((await db.sql('select from scheduling.meetings where id = $1 and released_at is not null', [planned.meeting])).length, 1)
    })
})
