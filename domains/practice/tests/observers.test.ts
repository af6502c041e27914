import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase, theServer } from '#tests/database.ts'
import { practiceOfPerson } from '../person.ts'
import { notAllowed, type Person, refused, theatre } from './scene.ts'

// Ada is the host and the candidate, Bo the actor; Cem would like to watch.
const db = await freshDatabase()
const { ask, person, aCase, act, seated, later, mine } = await theatre(db)
for (let n = 0; n < 3; n++) await aCase()

const hashOf = (word: string) => createHash('sha256').update(word).digest()
/** The word in the link that somebody sends. */
const link = async ({ acting }: Person, session: string) => {
  const id = randomUUID()
  const [row] = await ask<{ id: string }>(acting, 'select private.make_observer_link($1, $2, $3) as id', [session, id, hashOf(id)])
  return row!.id
}
const asks = ({ acting }: Person, word: string) => ask(acting, 'select private.ask_to_watch($1)', [hashOf(word)])
const led = async ({ acting }: Person, word: string) =>
  (await ask<{ part: string | null }>(acting, 'select * from private.read_observer_link($1)', [hashOf(word)]))[0]
const removes = ({ acting }: Person, session: string, { id }: Person) =>
  ask(acting, 'select private.remove_observer($1, $2)', [session, id])
const observers = async ({ acting }: Person, session: string) =>
  (await ask<{ name: string; agreed: boolean }>(acting, 'select * from private.observers_of($1)', [session])).map(
    ({ name, agreed }) => `${name.split(' ')[0]} ${agreed ? 'watches' : 'asks'}`,
  )
type Watched = { agreed: boolean; room_url: string | null; phase: string; round: number | null; candidate: string | null; plan: unknown }
const watched = async ({ acting }: Person, session: string) =>
  (await ask<Watched>(acting, 'select * from private.my_watched_sessions($1)', [session]))[0]
const enters = ({ acting }: Person, room: string | null) => ask(acting, 'select private.enter_room($1, $2)', [room, randomUUID()])
const texts = async ({ acting }: Person, session: string, round?: number) =>
  (await ask<{ name: string }>(acting, 'select name from private.disclose($1, round => $2)', [session, round ?? null])).map(
    ({ name }) => name,
  )
const hears = async (session: string) =>
  (await db.sql<{ person_id: string }>('select person_id from live.members where topic_id = $1', [session])).map(
    ({ person_id }) => person_id,
  )
const told = async ({ id }: Person) =>
  (await db.sql<{ kind: string }>('select kind from notices.notices where person_id = $1 order by made_at', [id])).map(({ kind }) => kind)

async function three({ minutes = 10 } = {}) {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  return { ada, bo, cem, session: await seated(ada, bo, { minutes }) }
}
async function agreed() {
  const scene = await three()
  await asks(scene.cem, await link(scene.ada, scene.session))
  await act(scene.bo, 'agree_to_observer', scene.session, scene.cem.id)
  return scene
}

describe('watching', async () => {
  const { ada, bo, cem, session } = await three()
  const dee = await person('Dee')
  let word = ''

  test('is asked for by a link that one of the two makes, and that stays the same', async () => {
    word = await link(ada, session)
    assert.equal(await link(ada, session), word)
    await assert.rejects(link(dee, session), refused('session_not_found'))
    assert.equal((await led(cem, word))!.part, null)
    assert.equal((await led(bo, word))!.part, 'player')
    for (const wrong of ['', randomUUID(), session]) await assert.rejects(led(cem, wrong), refused('link_opens_nothing'))
    await assert.rejects(asks(bo, word), refused('you_sit_there'))
    await asks(cem, word)
    await asks(cem, word) // twice is once
    assert.equal((await led(cem, word))!.part, 'asked')
    assert.deepEqual(await observers(bo, session), ['Cem asks'])
    assert.ok((await told(bo)).includes('practice.observer-asks'))
    assert.ok(!(await told(ada)).includes('practice.observer-asks'))
  })

  test('opens nothing before the other one has agreed', async () => {
    const seen = (await watched(cem, session))!
    assert.deepEqual([seen.agreed, seen.room_url, seen.candidate], [false, null, null])
    const room = (await mine(ada, session))!.room_url
    await assert.rejects(enters(cem, room), refused('not_your_room'))
    await assert.rejects(texts(cem, session), refused('session_not_found'))
    assert.ok(!(await hears(session)).includes(cem.id))
  })

  test('is agreed to by the other of the two, and by nobody else', async () => {
    await assert.rejects(act(ada, 'agree_to_observer', session, cem.id), refused('yours_to_wait'))
    for (const who of [cem, dee]) await assert.rejects(act(who, 'agree_to_observer', session, cem.id), refused('session_not_found'))
    await assert.rejects(act(bo, 'agree_to_observer', session, dee.id), refused('no_such_observer'))
    await assert.rejects(ask(bo.acting, 'select private.agree_to_observer($1, 1, $2)', [session, cem.id]), refused('session_has_changed'))
    await act(bo, 'agree_to_observer', session, cem.id)
    assert.deepEqual(await observers(ada, session), ['Cem watches'])
    assert.deepEqual(await told(cem), ['practice.observer-agreed'])
  })

  test('is a seat in the room without a say, and hearing what happens', async () => {
    const { room_url, candidate } = (await watched(cem, session))!
    assert.deepEqual([room_url, candidate], [(await mine(ada, session))!.room_url, 'host'])
    await enters(cem, room_url)
    const [seat] = await db.sql('select role, lets_in, keeps_time, name from rooms.seats where room_id = $1 and person_id = $2', [
      room_url,
      cem.id,
    ])
    assert.deepEqual(seat, { role: 'observer', lets_in: false, keeps_time: false, name: 'Cem of the theatre' })
    assert.ok((await hears(session)).includes(cem.id))
  })

  test('is of two at most', async () => {
    await asks(dee, word)
    await assert.rejects(asks(await person('Eli'), word), refused('observers_are_two'))
    await removes(bo, session, dee)
    assert.deepEqual(await observers(ada, session), ['Cem watches'])
  })

  test('is no seat: nobody who watches acts on the session', async () => {
    for (const [what, ...more] of [
      ['choose_roles', cem.id],
      ['begin_station'],
      ['move_on', 'running'],
      ['ask_round', 'reading', 'pause'],
      ['end_session'],
      ['withdraw_session'],
      ['note_absence'],
    ] as const)
      await assert.rejects(act(cem, what, session, ...more), refused('session_not_found'), what)
    await assert.rejects(act(cem, 'leave_seat', session), refused('not_your_seat'))
    await assert.rejects(act(cem, 'take_seat', session), refused('seat_taken'))
    assert.equal(await mine(cem, session), undefined)
    assert.deepEqual(await observers(cem, session), [])
    await assert.rejects(removes(cem, session, cem), refused('session_not_found'))
  })
})

describe('who watches reads', async () => {
  const { ada, bo, cem, session } = await agreed()

  test('what the candidate may read, when the candidate may', async () => {
    await assert.rejects(texts(cem, session), refused('session_not_found')) // before the first bell there is nothing to read
    await act(ada, 'begin_station', session)
    for (const [minutes, all] of [
      [0, false],
      [11, false],
      [20, false],
      [10, true],
    ] as const) {
      await later(session, minutes)
      assert.deepEqual(await texts(cem, session), await texts(ada, session))
      assert.deepEqual(await texts(cem, session), all ? ['candidate_brief', 'actor_brief', 'condition', 'markscheme'] : ['candidate_brief'])
      assert.equal((await watched(cem, session))!.phase, (await mine(ada, session))!.phase)
      if (!all) await assert.rejects(ask(cem.acting, `select private.disclose($1, 'condition')`, [session]), refused('not_your_role'))
    }
  })

  test('nothing of the sheet, and marks nothing', async () => {
    for (const text of [
      'select * from private.see_sheet($1)',
      `select private.score_domain($1, 1, 'ethics', 0)`,
      'select private.submit_sheet($1, 1, 1)',
      'select private.tick_item($1, 1, gen_random_uuid())',
    ])
      await assert.rejects(ask(cem.acting, text, [session]), refused('session_not_found'), text)
    assert.deepEqual(await ask(cem.acting, 'select * from private.my_rounds()'), [])
  })

  test('not while they are the candidate in the same case elsewhere', async () => {
    const { id } = await aCase()
    await act(bo, 'next_round', session, id)
    await ask(cem.acting, `select private.practise_alone('mock', 'short', $1)`, [id])
    await later(session, 40)
    assert.deepEqual(await texts(cem, session), ['candidate_brief'])
  })

  test('no longer than both agree, and the session goes on', async () => {
    await removes(ada, session, cem) // who invited them may change their mind, too
    assert.equal((await told(cem)).at(-1), 'practice.observer-declined')
    await assert.rejects(texts(cem, session), refused('session_not_found'))
    assert.equal(await watched(cem, session), undefined)
    assert.ok(!(await hears(session)).includes(cem.id))
  })

  test('no round that was over when they were agreed to', async () => {
    await asks(cem, await link(bo, session))
    await assert.rejects(act(bo, 'agree_to_observer', session, cem.id), refused('yours_to_wait'))
    await act(ada, 'agree_to_observer', session, cem.id)
    assert.equal((await texts(cem, session)).length, 1)
    await assert.rejects(texts(cem, session, 1), refused('session_not_found'))
    await act(ada, 'end_session', session)
    await assert.rejects(texts(cem, session), refused('session_not_found'))
    assert.equal((await watched(cem, session))!.phase, 'ended')
  })
})

describe('who watches is outside', () => {
  const isOutside = async (cem: Person, session: string, room: string | null) => {
    assert.deepEqual(await db.sql(`select from rooms.seats where room_id = $1 and person_id = $2 and state = 'inside'`, [room, cem.id]), [])
    assert.ok(!(await hears(session)).includes(cem.id))
    assert.deepEqual(await db.sql('select from live.members where topic_id = $1 and person_id = $2', [room, cem.id]), [])
    await assert.rejects(texts(cem, session), refused('session_not_found'))
  }
  const inside = async () => {
    const scene = await agreed()
    const room = (await mine(scene.ada, scene.session))!.room_url
    for (const who of [scene.ada, scene.bo, scene.cem]) await enters(who, room)
    await act(scene.ada, 'begin_station', scene.session)
    return { ...scene, room }
  }

  test('when either sends them away', async () => {
    for (const by of ['ada', 'bo'] as const) {
      const { cem, session, room, ...scene } = await inside()
      await removes(scene[by], session, cem)
      await isOutside(cem, session, room)
      await assert.rejects(enters(cem, room), refused('not_your_room'))
    }
  })

  test('when they go', async () => {
    const { ada, cem, session, room } = await inside()
    await ask(cem.acting, 'select private.stop_watching($1)', [session])
    await isOutside(cem, session, room)
    await assert.rejects(ask(cem.acting, 'select private.stop_watching($1)', [session]), refused('session_not_found'))
    assert.deepEqual(await observers(ada, session), [])
  })

  test('when one of them blocks the other, whichever', async () => {
    for (const [who, whom] of [
      ['cem', 'ada'],
      ['bo', 'cem'],
    ] as const) {
      const scene = await inside()
      await ask(scene[who].acting, 'insert into safety.blocks (blocked_id) values ($1)', [scene[whom].id])
      await isOutside(scene.cem, scene.session, scene.room)
      assert.deepEqual(await observers(scene.ada, scene.session), [])
      await assert.rejects(led(scene.cem, await link(scene.ada, scene.session)), refused('link_opens_nothing'))
      assert.equal((await mine(scene.ada, scene.session))!['guest_id'], scene.bo.id) // the two go on
    }
  })

  test('when the guest gets up: with somebody else it is asked anew, and the links of who left open nothing', async () => {
    const { ada, bo, cem, session, room } = await inside()
    const [hers, his] = [await link(ada, session), await link(bo, session)]
    await act(bo, 'leave_seat', session)
    await isOutside(cem, session, room)
    const dee = await person('Dee')
    await act(dee, 'take_seat', session)
    assert.deepEqual(await observers(ada, session), [])
    await assert.rejects(enters(cem, (await mine(ada, session))!.room_url), refused('not_your_room'))
    await assert.rejects(asks(cem, his), refused('link_opens_nothing'))
    await asks(cem, hers)
    assert.deepEqual(await observers(dee, session), ['Cem asks'])
  })
})

test('a room that takes the place of another has those who watch in it, too', async () => {
  const { ada, bo, cem, session } = await agreed()
  await act(ada, 'begin_station', session)
  await later(session, 300)
  await db.sql(
    `update rooms.rooms set opens_at = opens_at - interval '6 hours', closes_at = closes_at - interval '6 hours' where id = $1`,
    [(await mine(ada, session))!.room_url],
  )
  await db.sql('select private.close_rooms(10)')
  await act(bo, 'next_round', session)
  await enters(cem, (await watched(cem, session))!.room_url)
})

test('watching needs a name, two who sit there, and somebody who is signed in', async () => {
  const { ada, bo, session } = await three()
  const word = await link(ada, session)
  const fay = await person('Fay')
  await db.sql('delete from practice.profiles where user_id = $1', [fay.id])
  await assert.rejects(asks(fay, word), refused('no_profile_yet'))
  await assert.rejects(ask(aStranger, 'select * from private.read_observer_link($1)', [hashOf(word)]), notAllowed)
  await act(bo, 'leave_seat', session)
  await assert.rejects(link(ada, session), refused('seat_is_free'))
  await assert.rejects(led(fay, word), refused('link_opens_nothing'))
})

test('an export holds what one watched, and erasing takes it, out of the room as well', async () => {
  const { ada, cem, session } = await agreed()
  const room = (await mine(ada, session))!.room_url
  await enters(cem, room)
  const exported = (await db.database.read(theServer, (reader) => practiceOfPerson.export(reader, cem.id))) as { watched: unknown[] }
  assert.equal(exported.watched.length, 1)
  await db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, cem.id))
  assert.deepEqual(await observers(ada, session), [])
  assert.deepEqual(await db.sql('select from rooms.seats where room_id = $1 and person_id = $2', [room, cem.id]), [])
})
