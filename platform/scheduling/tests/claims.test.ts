import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, someone } from '#tests/database.ts'

const db = await freshDatabase()
const people = await Promise.all(Array.from({ length: 8 }, (_, at) => someone(db, `p${at}`)))
const [ada, bo, cy, dot] = people.map(({ id }) => id) as [string, string, string, string]

let day = 0
const aDay = () => new Date(Date.UTC(2027, 0, 1 + day++)).toISOString().slice(0, 10)
const at = (date: string, from: string, to: string) => `[${date} ${from}Z,${date} ${to}Z)`

const claim = (meeting: string, span: string, persons: string[], held: Date | null = null) =>
  db.sql(`select private.claim($1, 'sample.meeting', $2, $3, array['first_is_busy', 'second_is_busy'], $4)`, [meeting, span, persons, held])
const move = (meeting: string, span: string, persons: string[]) =>
  db.sql(`select private.move($1, $2, $3, array['first_is_busy', 'second_is_busy'])`, [meeting, span, persons])
const release = (meeting: string, persons: string[] | null = null) => db.sql('select private.release($1, $2)', [meeting, persons])
const who = async (meeting: string) =>
  (await db.sql<{ person_id: string }>('select person_id from scheduling.commitments where meeting_id = $1', [meeting]))
    .map(({ person_id }) => person_id)
    .toSorted()
const refused = (constraint: string) => ({ constraint })
const future = new Date(Date.now() + 60_000)

describe('a claim', () => {
  test('takes everybody’s time, and what only touches it is free', async () => {
    const [date, first, next] = [aDay(), randomUUID(), randomUUID()]
    await claim(first, at(date, '09:00', '10:00'), [ada, bo])
    await claim(next, at(date, '10:00', '11:00'), [ada, bo])
    assert.deepEqual(await who(next), [ada, bo].toSorted())
  })

  test('cannot take a minute twice, and says by name whose it is', async () => {
    const [date, late] = [aDay(), randomUUID()]
    await claim(randomUUID(), at(date, '09:00', '10:00'), [bo])
    await assert.rejects(claim(late, at(date, '09:59', '11:00'), [ada, bo]), refused('second_is_busy'))
    await assert.rejects(claim(late, at(date, '08:00', '12:00'), [bo, ada]), refused('first_is_busy'))
    await assert.rejects(claim(late, at(date, '09:15', '09:30'), [ada, cy, bo]), refused('person_is_busy'))
    assert.deepEqual(await who(late), [])
  })

  test('cannot be for no time, for ever, or for more than a day', async () => {
    for (const span of ['empty', `[2027-01-01,)`, `(2027-01-01,2027-01-02)`])
      await assert.rejects(claim(randomUUID(), span, [dot]), refused('during_is_half_open'))
    await assert.rejects(claim(randomUUID(), '[2027-06-01,2027-06-03)', [ada]), refused('during_is_a_day_at_most'))
  })

  test('cannot say another time of a meeting that is planned', async () => {
    const [date, meeting] = [aDay(), randomUUID()]
    await claim(meeting, at(date, '09:00', '10:00'), [ada])
    await assert.rejects(claim(meeting, at(date, '14:00', '15:00'), [bo]), refused('meeting_is_at_another_time'))
  })
})

describe('a hold', () => {
  test('keeps others out until it is void', async () => {
    const [date, held, other] = [aDay(), randomUUID(), randomUUID()]
    await claim(held, at(date, '09:00', '10:00'), [ada], future)
    await assert.rejects(claim(other, at(date, '09:30', '10:30'), [ada]), refused('first_is_busy'))
    await db.sql(`update scheduling.commitments set held_until = now() - interval '1 second' where meeting_id = $1`, [held])
    await claim(other, at(date, '09:30', '10:30'), [ada])
    assert.deepEqual([await who(held), await who(other)], [[], [ada]])
  })

  test('is firm once it is claimed again', async () => {
    const [date, held] = [aDay(), randomUUID()]
    await claim(held, at(date, '09:00', '10:00'), [ada], future)
    await claim(held, at(date, '09:00', '10:00'), [ada])
    assert.deepEqual(await db.sql('select held_until from scheduling.commitments where meeting_id = $1', [held]), [{ held_until: null }])
  })
})

describe('a move', () => {
  test('takes everybody along, also to a time that overlaps its own', async () => {
    const [date, meeting] = [aDay(), randomUUID()]
    await claim(meeting, at(date, '09:00', '10:00'), [ada, bo])
    await move(meeting, at(date, '09:30', '10:30'), [ada, bo])
    const [row] = await db.sql('select sequence, lower(during) as begins from scheduling.meetings where id = $1', [meeting])
    assert.equal(row!['sequence'], 1)
    assert.match(String(row!['begins']), /09:30/)
  })

  test('takes nobody, if somebody cannot come: not even one whom it does not name', async () => {
    const [date, meeting] = [aDay(), randomUUID()]
    await claim(meeting, at(date, '09:00', '10:00'), [ada, bo])
    await claim(randomUUID(), at(date, '14:00', '15:00'), [bo])
    await assert.rejects(move(meeting, at(date, '14:30', '15:30'), [ada, bo]), refused('second_is_busy'))
    await assert.rejects(move(meeting, at(date, '14:30', '15:30'), [ada]), refused('person_is_busy'))
    await claim(randomUUID(), at(date, '11:00', '12:00'), [ada, bo])
  })
})

describe('a release', () => {
  test('frees one, or everybody; then the meeting is off', async () => {
    const [date, meeting] = [aDay(), randomUUID()]
    const released = async () => (await db.sql('select released_at from scheduling.meetings where id = $1', [meeting]))[0]!['released_at']
    await claim(meeting, at(date, '09:00', '10:00'), [ada, bo])
    await release(meeting, [bo])
    assert.deepEqual([await who(meeting), await released()], [[ada], null])
    await release(meeting)
    assert.deepEqual(await who(meeting), [])
    assert.notEqual(await released(), null)
    await claim(randomUUID(), at(date, '09:00', '10:00'), [ada, bo])
  })
})

test('busy spans are merged: two meetings that touch are one span', async () => {
  const date = aDay()
  await claim(randomUUID(), at(date, '09:00', '10:00'), [cy])
  await claim(randomUUID(), at(date, '10:00', '11:00'), [cy], future)
  await claim(randomUUID(), at(date, '15:00', '17:00'), [cy])
  const spans = await db.sql(
    `select lower(s)::time::text || '–' || upper(s)::time::text as span from private.busy_spans($1, $2) s order by s`,
    [cy, at(date, '00:00', '16:00')],
  )
  assert.deepEqual(
    spans.map(({ span }) => span),
    ['09:00:00–11:00:00', '15:00:00–16:00:00'],
  )
})

describe('a finish', () => {
  const finish = (meeting: string) => db.sql('select private.finish($1)', [meeting])
  const fromNow = (minutes: number, until: number) =>
    `[${new Date(Date.now() + minutes * 60_000).toISOString()},${new Date(Date.now() + until * 60_000).toISOString()})`
  const took = async (meeting: string) =>
    (
      await db.sql<{ minutes: number; off: boolean }>(
        `select (extract(epoch from upper(during) - lower(during)) / 60)::float as minutes, released_at is not null as off from scheduling.meetings where id = $1`,
        [meeting],
      )
    )[0]!

  test('frees what is left of the time, and the meeting has taken place', async () => {
    const [early, next] = [randomUUID(), randomUUID()]
    await claim(early, fromNow(-20, 40), [ada, bo])
    await assert.rejects(claim(next, fromNow(10, 70), [ada]), refused('first_is_busy'))
    await finish(early)
    const { minutes, off } = await took(early)
    assert.ok(minutes >= 20 && minutes < 21 && !off, `${minutes}`)
    await claim(next, fromNow(10, 70), [ada])
    await release(next)
  })

  test('before it was to begin leaves its first second, and takes nothing of what lies before', async () => {
    const [before, early] = [randomUUID(), randomUUID()]
    await claim(before, fromNow(-60, 10), [cy])
    const span = (
      await db.sql<{ span: string }>(
        `select tstzrange(upper(during), upper(during) + interval '1 hour')::text as span from scheduling.meetings where id = $1`,
        [before],
      )
    )[0]!.span
    await claim(early, span, [cy])
    await finish(early)
    assert.equal(Math.round((await took(early)).minutes * 60), 1)
    await release(before)
    await release(early)
  })

  test('of what is over, or off, changes nothing', async () => {
    const [over, off] = [randomUUID(), randomUUID()]
    await claim(over, fromNow(-90, -30), [dot])
    await claim(off, fromNow(30, 60), [dot])
    await release(off)
    for (const meeting of [over, off, randomUUID()]) await finish(meeting)
    assert.equal(Math.round((await took(over)).minutes), 60)
    assert.equal((await took(off)).off, true)
  })
})

describe('everybody concerned hears of a change, and nobody else', () => {
  const heard = async (person: string) =>
    (
      await db.sql<{ body: { meeting: string } }>(
        `select body from live.events where topic_id = $1 and kind = 'scheduling.changed' order by seq`,
        [person],
      )
    ).map(({ body }) => body.meeting)

  test('who is in it, who comes, and who has just left', async () => {
    const [eve, finn, gus] = people.slice(4, 7).map(({ id }) => id) as [string, string, string]
    const [date, meeting] = [aDay(), randomUUID()]
    await claim(meeting, at(date, '09:00', '10:00'), [eve])
    await claim(meeting, at(date, '09:00', '10:00'), [finn])
    await move(meeting, at(date, '11:00', '12:00'), [eve])
    await release(meeting, [finn])
    await release(meeting)
    assert.equal((await heard(eve)).filter((id) => id === meeting).length, 5)
    assert.equal((await heard(finn)).filter((id) => id === meeting).length, 3, 'not of what came after they left')
    assert.deepEqual(await heard(gus), [])
  })

  test('at the commit, after all that the deed does; and not if it is undone', async () => {
    const hal = people[7]!.id
    const [date, meeting] = [aDay(), randomUUID()]
    const client = new pg.Client({ connectionString: db.url() })
    await client.connect()
    try {
      const events = async () => (await client.query('select from live.events where topic_id = $1', [hal])).rowCount
      await client.query('begin')
      await client.query(`select private.claim($1, 'sample.meeting', $2, array[$3::uuid], '{}')`, [
        meeting,
        at(date, '09:00', '10:00'),
        hal,
      ])
      assert.equal(await events(), 0)
      await client.query('rollback')
      assert.deepEqual(await heard(hal), [])
      await client.query('begin')
      await client.query(`select private.claim($1, 'sample.meeting', $2, array[$3::uuid], '{}')`, [
        meeting,
        at(date, '09:00', '10:00'),
        hal,
      ])
      assert.equal(await events(), 0)
      await client.query('commit')
      assert.deepEqual(await heard(hal), [meeting])
    } finally {
      await client.end()
    }
  })
})

describe('what is left of a release', () => {
  const released = (person: string, meeting: string) =>
    db.sql<{ sequence: number }>('select sequence from scheduling.released where person_id = $1 and meeting_id = $2', [person, meeting])

  test('is a row with a higher sequence, until they come back with a higher one still', async () => {
    const [date, meeting] = [aDay(), randomUUID()]
    const sequence = async () =>
      (await db.sql<{ sequence: number }>('select sequence from scheduling.meetings where id = $1', [meeting]))[0]!.sequence
    await claim(meeting, at(date, '09:00', '10:00'), [ada, bo])
    await release(meeting, [bo])
    assert.deepEqual(await released(bo, meeting), [{ sequence: 1 }])
    await claim(meeting, at(date, '09:00', '10:00'), [bo])
    assert.deepEqual([await released(bo, meeting), await sequence()], [[], 2])
    await claim(meeting, at(date, '09:00', '10:00'), [bo])
    assert.equal(await sequence(), 2, 'claiming what one has changes nothing')
    await release(meeting)
    await release(meeting)
    assert.deepEqual(
      [await released(ada, meeting), await released(bo, meeting), await sequence()],
      [[{ sequence: 3 }], [{ sequence: 3 }], 3],
    )
  })

  test('is nothing, of what was only held', async () => {
    const [date, meeting] = [aDay(), randomUUID()]
    await claim(meeting, at(date, '09:00', '10:00'), [cy], future)
    await release(meeting)
    assert.deepEqual(await released(cy, meeting), [])
  })
})
