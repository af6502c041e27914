import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { runningOn } from '#platform/push/tests/scene.ts'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import { rounds, startingLine, tell } from '#tests/race.ts'
import { digestOf, sendDigests } from '../digest.ts'

const db = await freshDatabase()

/** Somebody who asked for the digest, in this zone. */
async function asking(zone: string | null, name = 'ada') {
  const { id } = await someone(db, name)
  await db.sql('update identity.accounts set zone = $2 where user_id = $1', [id, zone])
  await db.sql(`insert into mail.preferences (user_id, kind, wanted) values ($1, 'notices.digest', true)`, [id])
  return id
}
const told = (id: string, title: string, at: string, read = false) =>
  db.sql(
    `insert into notices.notices (person_id, kind, title, leads_to, made_at, read_at) values ($1, 'sample.x', $2, '/account', $3, case when $4 then now() end)`,
    [id, title, at, read],
  )
const due = async (id: string, at: string) =>
  (await db.sql<{ day: string }>('select day::text from private.digests_due($2) where person = $1', [id, at]))[0]?.day
const taken = async (id: string, day: string) =>
  (await db.sql<{ title: string }>('select title from private.take_digest($1, $2)', [id, day])).map(({ title }) => title)

describe('it is somebody’s morning', () => {
  for (const [zone, tooEarly, first, last, tooLate] of [
    ['Europe/London', '2026-01-10T07:59Z', '2026-01-10T08:00Z', '2026-01-10T11:59Z', '2026-01-10T12:00Z'],
    ['America/New_York', '2026-01-10T12:59Z', '2026-01-10T13:00Z', '2026-01-10T16:59Z', '2026-01-10T17:00Z'],
    ['Asia/Kathmandu', '2026-01-10T02:14Z', '2026-01-10T02:15Z', '2026-01-10T06:14Z', '2026-01-10T06:15Z'],
    ['Pacific/Auckland', '2026-01-09T18:59Z', '2026-01-09T19:00Z', '2026-01-09T22:59Z', '2026-01-09T23:00Z'],
    [null, '2026-01-10T07:59Z', '2026-01-10T08:00Z', '2026-01-10T11:59Z', '2026-01-10T12:00Z'],
    ['Europe/London', '2026-03-29T06:59Z', '2026-03-29T07:00Z', '2026-03-29T10:59Z', '2026-03-29T11:00Z'], // the clocks went forward
    ['Europe/London', '2026-10-25T07:59Z', '2026-10-25T08:00Z', '2026-10-25T11:59Z', '2026-10-25T12:00Z'], // and back
  ] as const)
    test(`in ${zone ?? 'no zone, so UTC'} on ${first.slice(0, 10)}`, async () => {
      const id = await asking(zone)
      assert.deepEqual([await due(id, tooEarly), await due(id, tooLate)], [undefined, undefined])
      const day = zone === 'Pacific/Auckland' ? '2026-01-10' : first.slice(0, 10)
      assert.deepEqual([await due(id, first), await due(id, last)], [day, day])
    })
})

describe('a digest', () => {
  test('holds what they were told since the morning before and have not read, latest first; the day after, what came after', async () => {
    const id = await asking('Europe/London')
    await told(id, 'long ago', '2026-03-28T07:59Z')
    await told(id, 'yesterday at eight', '2026-03-28T08:00Z')
    await told(id, 'at night', '2026-03-29T00:30Z')
    await told(id, 'read', '2026-03-29T00:40Z', true)
    await told(id, 'just before eight', '2026-03-29T06:59Z') // summer time
    await told(id, 'at eight', '2026-03-29T07:00Z')
    assert.deepEqual(await taken(id, '2026-03-29'), ['just before eight', 'at night', 'yesterday at eight'])
    assert.deepEqual(await taken(id, '2026-03-30'), ['at eight'])
  })

  test('is taken once a day, and never for a day that is over', async () => {
    const id = await asking('Europe/London')
    await told(id, 'at night', '2026-01-10T00:30Z')
    assert.equal((await taken(id, '2026-01-10')).length, 1)
    assert.deepEqual(await taken(id, '2026-01-10'), [])
    assert.deepEqual(await taken(id, '2026-01-09'), [])
    assert.equal(await due(id, '2026-01-10T09:00Z'), undefined)
    assert.equal(await due(id, '2026-01-11T09:00Z'), '2026-01-11')
  })

  test('is for nobody who did not ask, who asked no more, or who left', async () => {
    const [silent, no, gone] = [(await someone(db, 'silent')).id, await asking('Europe/London'), await asking('Europe/London')]
    await db.sql('update mail.preferences set wanted = false where user_id = $1', [no])
    await db.sql('update auth.users set deleted_at = now() where id = $1', [gone])
    for (const id of [silent, no, gone]) assert.equal(await due(id, '2026-01-10T09:00Z'), undefined)
  })

  test('says titles and where they lead, and nothing else of a notice', () => {
    const one = { title: 'Your practice session has a guest', leads_to: '/practice', made_at: '' }
    const { subject, paragraphs, action } = digestOf([one, { ...one, leads_to: null }], 'https://vivavoce.test')
    assert.equal(subject, '2 things wait for you')
    assert.deepEqual(paragraphs.slice(1), [
      'Your practice session has a guest\nhttps://vivavoce.test/practice',
      'Your practice session has a guest',
    ])
    assert.equal(action!.url, 'https://vivavoce.test/notices')
    assert.equal(digestOf([one], '').subject, 'One thing waits for you')
    assert.deepEqual(
      digestOf(
        Array.from({ length: 23 }, () => one),
        '',
      ).paragraphs.slice(21),
      ['And 3 more.'],
    )
  })
})

/** A zone in which it is past eight in the morning, and not yet noon, whatever the time is. */
async function wherePastEight(): Promise<string> {
  const [row] = await db.sql<{ zone: string }>(
    `select name as zone from pg_timezone_names where name ~ '^Etc/GMT' and (now() at time zone name)::time between '08:30' and '11:30' limit 1`,
  )
  return row!.zone
}

describe('the job', () => {
  const mails = (id: string) =>
    db.sql<{ subject: string; text: string; state: string }>('select subject, text, state from mail.messages where user_id = $1', [id])
  const now = () => db.sql<{ at: string }>(`select (now() - interval '5 hours')::text as at`).then(([row]) => row!.at)

  test('writes one mail, however often it runs, with a way to end them', async () => {
    const id = await asking(await wherePastEight())
    await told(id, 'Your feedback is ready', await now())
    for (let times = 0; times < 3; times++) await sendDigests.run(runningOn(db, {}))
    const [mail, ...others] = await mails(id)
    assert.deepEqual(others, [])
    assert.equal(mail!.subject, 'One thing waits for you')
    assert.match(mail!.text, /Your feedback is ready\nhttps:\/\/vivavoce\.test\/account/)
    assert.match(mail!.text, /You can switch off “A digest each morning/)
  })

  test('writes none where there is nothing to say', async () => {
    const id = await asking(await wherePastEight())
    await told(id, 'Read already', await now(), true)
    await sendDigests.run(runningOn(db, {}))
    assert.deepEqual(await mails(id), [])
  })

  test('that is killed between one and the next leaves the rest to the one after it; nobody gets two', async () => {
    const zone = await wherePastEight()
    const people = [await asking(zone), await asking(zone), await asking(zone)]
    for (const id of people) await told(id, 'Your feedback is ready', await now())
    const running = runningOn(db, {})
    let writes = 0
    const killed = {
      ...running,
      database: {
        ...running.database,
        write: (run: never) => (++writes === 2 ? Promise.reject(new Error('killed')) : db.database.write(theServer, run)),
      },
    }
    await assert.rejects(sendDigests.run(killed as typeof running), { message: 'killed' })
    await sendDigests.run(running)
    for (const id of people) assert.equal((await mails(id)).length, 1)
  })
})

test('two nodes take one digest once', async (t) => {
  const { race, close } = await startingLine(db)
  t.after(close)
  const outcomes = []
  for (let round = 0; round < rounds; round++) {
    const id = await asking('Europe/London')
    await told(id, 'at night', '2026-01-10T00:30Z')
    const racers = Array.from({ length: 8 }, () => ({
      as: theServer,
      does: `select title from private.take_digest($1, '2026-01-10')`,
      with: [id],
    }))
    const outcome = await race(racers)
    outcomes.push(outcome)
    assert.equal(outcome.won.filter((rows) => rows.length > 0).length, 1)
  }
  tell(t, outcomes)
})
