import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { theServer, freshDatabase } from '#tests/database.ts'
import { practiceOfPerson } from '../person.ts'
import { type Person, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, offer, act, seated, later, mine } = await theatre(db)
for (let n = 0; n < 3; n++) await aCase()

const checksIn = ({ acting }: Person, session: string) => ask(acting, 'select private.check_in($1)', [session])
const enters = ({ acting }: Person, session: string) =>
  ask(acting, 'select private.enter_room(room_url::uuid, $2) from private.my_practice_sessions($1)', [session, randomUUID()])
/** It is so many minutes later than it was: the session lies further back, and both have sat there for as long. */
const minutesLater = async (session: string, minutes: number) => {
  await db.sql(
    `update practice.practice_sessions set date = (t at time zone 'UTC')::date, time = (t at time zone 'UTC')::time
     from (select starts_at - make_interval(mins => $2) as t from practice.practice_sessions where id = $1) x where id = $1`,
    [session, minutes],
  )
  await db.sql(
    `update scheduling.commitments c set since = c.since - s, during = tstzrange(lower(c.during) - s, upper(c.during) - s)
     from make_interval(mins => $2) s where c.meeting_id = $1`,
    [session, minutes],
  )
  await db.sql(
    `update scheduling.meetings m set during = tstzrange(lower(m.during) - s, upper(m.during) - s) from make_interval(mins => $2) s where m.id = $1`,
    [session, minutes],
  )
  await db.sql(
    `update rooms.rooms r set opens_at = r.opens_at - make_interval(mins => $2), closes_at = r.closes_at - make_interval(mins => $2)
     from practice.practice_sessions s where s.id = $1 and r.id::text = s.room_url`,
    [session, minutes],
  )
}
const came = async (session: string) =>
  Object.fromEntries(
    (
      await db.sql<{ name: string; came: boolean }>(
        'select p.first_name as name, a.came from practice.attendance a join practice.profiles p on p.user_id = a.person_id where session_id = $1 order by 1',
        [session],
      )
    ).map((row) => [row.name, row.came]),
  )
const told = async ({ id }: Person) =>
  (await db.sql<{ kind: string }>('select kind from notices.notices where person_id = $1 order by made_at', [id])).map(({ kind }) => kind)
const busy = async ({ id }: Person) => (await db.sql('select from scheduling.commitments where person_id = $1', [id])).length
const kept = async (asking: Person, session: string) => (await ask(asking.acting, 'select * from private.host_came_to($1)', [session]))[0]
const two = async (options?: Parameters<typeof seated>[2]) => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  return { ada, bo, session: await seated(ada, bo, options) }
}

describe('checking in', async () => {
  const { ada, bo, session } = await two()
  const cem = await person('Cem')

  test('is said by each, and the other sees it', async () => {
    assert.deepEqual([(await mine(bo, session))!['host_came'], (await mine(bo, session))!['guest_came']], [false, false])
    await checksIn(ada, session)
    const { host_came, guest_came, version } = (await mine(bo, session))!
    assert.deepEqual([host_came, guest_came], [true, false])
    await checksIn(ada, session)
    assert.equal((await mine(bo, session))!['version'], version)
    await enters(bo, session) // who is in the room need not say so
    assert.equal((await mine(ada, session))!['guest_came'], true)
  })

  test('is for the two who sit there', async () => {
    await assert.rejects(checksIn(cem, session), refused('session_not_found'))
    await assert.rejects(checksIn(cem, randomUUID()), refused('session_not_found'))
    const alone = await offer(cem)
    await assert.rejects(checksIn(cem, alone), refused('seat_is_free'))
  })

  test('is neither for tomorrow nor for yesterday', async () => {
    const { ada: eva, session: far } = await two({ minutes: 17 })
    await assert.rejects(checksIn(eva, far), refused('too_early'))
    await minutesLater(far, 17 + 61)
    await assert.rejects(checksIn(eva, far), refused('session_has_ended'))
    await act(eva, 'withdraw_session', far)
    await assert.rejects(checksIn(eva, far), refused('session_is_cancelled'))
  })
})

describe('somebody who waits', async () => {
  test('has to have come, and to give the other ten minutes', async () => {
    const { ada, bo, session } = await two()
    await assert.rejects(act(ada, 'note_absence', session), refused('there_is_time_to_come'))
    await minutesLater(session, 10 + 9)
    await assert.rejects(act(ada, 'note_absence', session), refused('there_is_time_to_come'))
    await minutesLater(session, 2)
    await assert.rejects(act(ada, 'note_absence', session), refused('check_in_first'))
    await assert.rejects(act(await person('Cem'), 'note_absence', session), refused('session_not_found'))
    await checksIn(ada, session)
    await checksIn(bo, session)
    await assert.rejects(act(ada, 'note_absence', session), refused('the_other_is_here'))
    await assert.rejects(act(bo, 'note_absence', session), refused('the_other_is_here'))
  })

  test('as the host, has the seat back; who did not come is told kindly, and is free', async () => {
    const { ada, bo, session } = await two()
    await minutesLater(session, 22)
    await enters(ada, session)
    await act(ada, 'note_absence', session)
    assert.deepEqual(await came(session), { Ada: true, Bo: false })
    assert.deepEqual([await told(bo), await busy(bo), await busy(ada)], [['practice.missed'], 0, 1])
    assert.deepEqual(await told(ada), ['practice.seat-taken']) // nobody is told what they did themselves
    assert.equal((await mine(ada, session))!['guest_id'], null)
    const cem = await person('Cem')
    await act(cem, 'take_seat', session)
    await assert.rejects(act(ada, 'note_absence', session), refused('there_is_time_to_come')) // who has just sat down has ten minutes, too
    await act(cem, 'leave_seat', session)
    await act(bo, 'take_seat', session) // late, and there after all
    await checksIn(bo, session)
    assert.deepEqual(await came(session), { Ada: true, Bo: true })
  })

  test('as the guest, is free, and it does not count against them', async () => {
    const { ada, bo, session } = await two()
    await minutesLater(session, 22)
    await checksIn(bo, session)
    await act(bo, 'note_absence', session)
    assert.deepEqual(await came(session), { Ada: false, Bo: true })
    assert.deepEqual([await told(ada), await busy(bo), await mine(bo, session)], [['practice.seat-taken', 'practice.missed'], 0, undefined])
  })

  test('cannot say so of somebody with whom they have played', async () => {
    const { ada, bo, session } = await two()
    await act(ada, 'begin_station', session)
    await minutesLater(session, 22)
    for (const who of [ada, bo]) await assert.rejects(act(who, 'note_absence', session), refused('the_other_is_here'))
  })

  test('says it once, of two who say it at once of each other nobody does', async () => {
    const { ada, bo, session } = await two()
    await minutesLater(session, 22)
    await checksIn(ada, session)
    await act(ada, 'note_absence', session)
    await assert.rejects(act(ada, 'note_absence', session), refused('seat_is_free'))
    await assert.rejects(act(bo, 'note_absence', session), refused('session_not_found'))
  })
})

describe('whether a host comes', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const [eva, cem] = [await person('Eva'), await person('Cem')]

  test('is counted of what both sat for: played, come to, missed; not what was withdrawn, nor what is to come', async () => {
    const next = async () => await offer(ada, { minutes: 5000 + counted++ * 100 })
    let counted = 0
    assert.deepEqual(await kept(cem, await next()), { came: 0, planned: 0 })
    const played = await seated(ada, bo)
    await act(ada, 'begin_station', played)
    await later(played, 60)
    await act(ada, 'end_session', played)
    await minutesLater(played, 100)
    assert.deepEqual(await kept(cem, await next()), { came: 1, planned: 1 })

    const missed = await seated(ada, eva, { minutes: 200 })
    await minutesLater(missed, 215)
    await checksIn(eva, missed)
    await act(eva, 'note_absence', missed)
    await act(ada, 'withdraw_session', missed) // its row goes, what was noted stays
    assert.deepEqual(await kept(cem, await next()), { came: 1, planned: 2 })

    await seated(ada, bo, { minutes: 400 })
    const withdrawn = await seated(ada, eva, { minutes: 600 })
    await act(ada, 'withdraw_session', withdrawn)
    assert.deepEqual(await kept(cem, await next()), { came: 1, planned: 2 })
  })

  test('is forgotten after a year', async () => {
    const session = await offer(ada, { minutes: 9000 })
    await db.sql(`update practice.attendance set noted_at = noted_at - interval '366 days' where person_id = $1 and not came`, [ada.id])
    assert.deepEqual(await kept(cem, session), { came: 1, planned: 1 })
  })

  test('is said of an offer that can be seen, and of nobody else', async () => {
    const session = await offer(ada, { minutes: 9200 })
    assert.equal(await kept(ada, session), undefined)
    await ask(ada.acting, 'insert into safety.blocks (blocked_id) values ($1)', [cem.id])
    assert.equal(await kept(cem, session), undefined)
    await assert.rejects(ask(cem.acting, 'select * from private.came_to($1)', [ada.id]), { code: '42501' })
    assert.deepEqual(await ask(bo.acting, 'select * from practice.attendance where person_id = $1', [ada.id]), [])
  })
})

describe('what nobody ends', async () => {
  const sweep = () => db.sql('select private.sweep_practice(50)')
  const row = async (session: string) =>
    (await db.sql<{ ended_at: string | null }>('select ended_at from practice.practice_sessions where id = $1', [session]))[0]

  test('an offer that nobody took goes two hours after its time, and not before', async () => {
    const ada = await person('Ada')
    const session = await offer(ada, { minutes: 10 })
    await minutesLater(session, 10 + 60 + 119)
    await sweep()
    assert.ok(await row(session))
    await minutesLater(session, 2)
    await sweep()
    assert.equal(await row(session), undefined)
    assert.equal(await busy(ada), 0)
  })

  test('a session is over two hours after its time; who was in the room has come, who was not has not', async () => {
    const { ada, bo, session } = await two()
    await enters(ada, session)
    await act(ada, 'begin_station', session)
    const { ada: eva, session: idle } = await two()
    await enters(eva, idle)
    for (const each of [session, idle]) await minutesLater(each, 10 + 60 + 119)
    await sweep()
    assert.deepEqual([(await row(session))!.ended_at, (await row(idle))!.ended_at], [null, null])
    await minutesLater(idle, 2)
    await minutesLater(session, 2 + 300) // its round kept the room open
    await sweep()
    assert.deepEqual(await came(idle), { Ada: true })
    assert.deepEqual(await came(session), { Ada: true, Bo: true })
    for (const each of [session, idle]) assert.ok((await row(each))!.ended_at)
    assert.equal((await mine(bo, session))!.phase, 'ended')
    await sweep() // twice is once
  })

  test('a station alone may stand still overnight, and is over after a week', async () => {
    const ada = await person('Ada')
    const [{ id }] = (await ask<{ id: string }>(ada.acting, `select private.practise_alone('mock', 'short') as id`)) as [{ id: string }]
    await minutesLater(id, 6 * 24 * 60)
    await sweep()
    assert.equal((await row(id))!.ended_at, null)
    await minutesLater(id, 2 * 24 * 60)
    await sweep()
    assert.ok((await row(id))!.ended_at)
    assert.deepEqual(await came(id), {})
  })
})

test('an export holds what one came to, and erasing takes it', async () => {
  const { ada, bo, session } = await two()
  await checksIn(ada, session)
  await checksIn(bo, session)
  const exported = (await db.database.read(theServer, (reader) => practiceOfPerson.export(reader, ada.id))) as { came_to: unknown[] }
  assert.equal(exported.came_to.length, 1)
  await db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, ada.id))
  assert.deepEqual(await came(session), { Bo: true })
})
