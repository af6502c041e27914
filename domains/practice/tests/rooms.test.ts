import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { type Person, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, offer, act, seated, later, mine } = await theatre(db)
await aCase()
await aCase()
const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]

type Door = { id: string; kind: string; open: boolean; closed: boolean; opens_before: string; closes_after: string }
const roomOf = async (session: string) => (await mine(ada, session))?.room_url ?? null
const door = async (room: string | null) =>
  (
    await db.sql<Door>(
      `select r.id, r.kind, r.closed_at is not null as closed, (s.starts_at - r.opens_at)::text as opens_before, (r.closes_at - s.starts_at)::text as closes_after
       from rooms.rooms r left join practice.practice_sessions s on s.room_url = r.id::text where r.id = $1`,
      [room],
    )
  )[0]
const seats = async (room: string | null) =>
  (
    await db.sql<{ who: string }>(
      `select role || ': ' || name || case when lets_in then ', lets in' else '' end || case when waits then ', waits' else '' end as who
       from rooms.seats where room_id = $1 order by role desc`,
      [room],
    )
  ).map(({ who }) => who)
const enters = ({ acting }: Person, room: string | null) => ask(acting, 'select private.enter_room($1, $2)', [room, randomUUID()])
const inside = async (room: string | null) =>
  (await db.sql<{ person_id: string }>(`select person_id from rooms.seats where room_id = $1 and state = 'inside'`, [room])).map(
    ({ person_id }) => person_id,
  )

describe('the room of a session', async () => {
  const session = await offer(ada, { minutes: 10 })

  test('is not there while the seat is free', async () => {
    assert.equal(await roomOf(session), null)
    const [{ room_url }] = (await db.sql('select room_url from practice.practice_sessions where id = $1', [session])) as [
      { room_url: string },
    ]
    assert.equal(await door(room_url), undefined)
  })

  test('is opened when the guest sits down, from a quarter of an hour before until its end', async () => {
    await act(bo, 'take_seat', session)
    const room = await roomOf(session)
    assert.deepEqual(await door(room), {
      id: room,
      kind: 'practice.session',
      closed: false,
      opens_before: '00:15:00',
      closes_after: '01:00:00',
    })
    assert.deepEqual(await seats(room), ['host: Ada of the theatre, lets in', 'guest: Bo of the theatre'])
    await enters(ada, room)
    await enters(bo, room)
    await assert.rejects(enters(cem, room), refused('not_your_room'))
    assert.deepEqual((await inside(room)).toSorted(), [ada.id, bo.id].toSorted())
  })

  test('is closed when the guest gets up, and whoever sits down next gets another one', async () => {
    const before = await roomOf(session)
    await act(bo, 'leave_seat', session)
    assert.equal(await roomOf(session), null)
    assert.deepEqual([(await door(before))!.closed, await inside(before)], [true, []])
    await act(cem, 'take_seat', session)
    const after = await roomOf(session)
    assert.notEqual(after, before)
    await assert.rejects(enters(cem, before), refused('not_your_room'))
    await assert.rejects(enters(bo, before), refused('room_is_closed'))
    await assert.rejects(enters(bo, after), refused('not_your_room'))
    assert.deepEqual(await seats(after), ['host: Ada of the theatre, lets in', 'guest: Cem of the theatre'])
  })

  test('is closed when the host withdraws', async () => {
    const room = await roomOf(session)
    await act(ada, 'withdraw_session', session)
    assert.deepEqual([(await door(room))!.closed, await roomOf(session)], [true, null])
  })

  test('is not open the day before', async () => {
    const planned = await offer(ada, { minutes: 24 * 60 })
    await act(bo, 'take_seat', planned)
    await assert.rejects(enters(bo, await roomOf(planned)), refused('room_is_not_open_yet'))
    await act(bo, 'leave_seat', planned)
    await act(ada, 'withdraw_session', planned)
  })

  test('is closed when one of them blocks the other, and both are outside', async () => {
    const [dee, eli] = [await person('Dee'), await person('Eli')]
    const theirs = await seated(dee, eli)
    const room = (await mine(dee, theirs))!.room_url
    await enters(dee, room)
    await enters(eli, room)
    await ask(eli.acting, 'insert into safety.blocks (blocked_id) values ($1)', [dee.id])
    assert.deepEqual([(await door(room))!.closed, await inside(room)], [true, []])
    assert.equal((await mine(dee, theirs))!.room_url, null)
  })

  test('is not there for who practises alone', async () => {
    const [{ id }] = (await ask<{ id: string }>(ada.acting, `select private.practise_alone('mock', 'short') as id`)) as [{ id: string }]
    assert.equal(await roomOf(id), null)
    await act(ada, 'end_session', id)
  })
})

describe('a session that runs past its time', async () => {
  const fay = await person('Fay')
  const gil = await person('Gil')
  const session = await seated(fay, gil)
  const room = async () => (await mine(fay, session))!.room_url

  test('keeps its room until its round is over, an hour of feedback with it', async () => {
    await act(fay, 'begin_station', session)
    const [row] = await db.sql<{ enough: boolean }>(
      `select r.closes_at = n.feedback_at + interval '1 hour' as enough from practice.practice_sessions s
         join rooms.rooms r on r.id::text = s.room_url join practice.rounds n on n.session_id = s.id where s.id = $1`,
      [session],
    )
    assert.equal(row!.enough, true)
  })

  test('does not lose what was planned by a shorter round', async () => {
    const before = await door(await room())
    await act(fay, 'move_on', session, 'running')
    assert.deepEqual(await door(await room()), before)
  })

  test('gets another room where its door has closed for good, when they begin again', async () => {
    await later(session, 300)
    const old = await room()
    await db.sql(
      `update rooms.rooms set opens_at = opens_at - interval '6 hours', closes_at = closes_at - interval '6 hours' where id = $1`,
      [old],
    )
    await db.sql('select private.close_rooms(10)')
    await assert.rejects(enters(gil, old), refused('room_is_closed'))
    await act(gil, 'next_round', session)
    const next = await room()
    assert.notEqual(next, old)
    await enters(gil, next)
    await enters(fay, next)
    assert.deepEqual(await seats(next), ['host: Fay of the theatre, lets in', 'guest: Gil of the theatre'])
    assert.equal((await door(next))!.closed, false)
  })

  test('has none any more once it has ended', async () => {
    const last = await room()
    await act(gil, 'end_session', session)
    assert.deepEqual([await room(), (await door(last))!.closed], [null, true])
  })
})
