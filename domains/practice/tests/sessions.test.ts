import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase, someone } from '#tests/database.ts'
import { notAllowed, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, offer, version, act, seated, mine } = await theatre(db)
const row = async (id: string) => (await db.sql('select *, duration::text as long from practice.practice_sessions where id = $1', [id]))[0]
const busy = async (id: string) => (await db.sql('select from scheduling.commitments where person_id = $1', [id])).length
const notices = async (id: string) =>
  (await db.sql<{ kind: string }>('select kind from notices.notices where person_id = $1 order by made_at', [id])).map(({ kind }) => kind)

describe('offering a session', async () => {
  const ada = await person('Ada')

  test('claims the host’s time, and says when it is', async () => {
    const id = await offer(ada, { minutes: 60 })
    const session = await row(id)
    assert.deepEqual(
      [session!['host_id'], session!['guest_id'], session!['version'], session!['long'], session!['meeting_id']],
      [ada.id, null, 1, '01:00:00', id],
    )
    const [meeting] = await db.sql('select kind, lower(during) = $2 as from_start from scheduling.meetings where id = $1', [
      id,
      session!['starts_at'],
    ])
    assert.deepEqual(meeting, { kind: 'practice.session', from_start: true })
    assert.equal(await busy(ada.id), 1)
  })

  test('is refused where they are busy, at the last minute of another one too', async () => {
    await assert.rejects(offer(ada, { minutes: 60 }), refused('you_are_busy'))
    await assert.rejects(offer(ada, { minutes: 119 }), refused('you_are_busy'))
    await assert.rejects(offer(ada, { minutes: 3 }), refused('you_are_busy'))
    await offer(ada, { minutes: 120 })
  })

  test('is for the future, and not for next year', async () => {
    await assert.rejects(offer(ada, { minutes: -5 }), refused('starts_in_the_past'))
    await assert.rejects(offer(ada, { minutes: 181 * 24 * 60 }), refused('too_far_ahead'))
    await assert.rejects(
      ask(ada.acting, `select private.offer_session('infinity', '10:00', 60, 'mock', 'short')`),
      refused('too_far_ahead'),
    )
    await assert.rejects(ask(ada.acting, `select private.offer_session(null, '10:00', 60, 'mock', 'short')`), refused('starts_in_the_past'))
  })

  test('knows types, formats, levels, lengths and cases', async () => {
    const bo = await person('Bo')
    for (const [words, name] of [
      [`60, 'exam', 'short'`, 'type_is_known'],
      [`60, 'mock', 'none'`, 'no_such_format'],
      [`4, 'mock', 'short'`, 'duration_is_minutes'],
      [`241, 'mock', 'short'`, 'duration_is_minutes'],
      [`null, 'mock', 'short'`, 'duration_is_minutes'],
      [`60, 'mock', 'short', 'professor'`, 'level_is_known'],
      [`60, 'mock', 'short', 'any', '${'x'.repeat(501)}'`, 'note_is_short'],
      [`60, 'mock', 'short', 'any', '', '${randomUUID()}'`, 'no_such_case'],
    ] as const)
      await assert.rejects(
        ask(bo.acting, `select private.offer_session((now() + interval '1 day')::date, '10:00', ${words})`),
        refused(name),
        words,
      )
    assert.equal(await busy(bo.id), 0)
  })

  test('is not for a draft, nor for somebody without a profile', async () => {
    const draft = await aCase()
    await db.sql('update practice.cases set published_at = null where id = $1', [draft.id])
    const bo = await person('Bo')
    await assert.rejects(offer(bo, { caseId: draft.id }), refused('no_such_case'))
    const { acting } = await someone(db)
    await assert.rejects(
      ask(acting, `select private.offer_session(current_date + 1, '10:00', 60, 'mock', 'short')`),
      refused('no_profile_yet'),
    )
    await assert.rejects(ask(aStranger, `select private.offer_session(current_date + 1, '10:00', 60, 'mock', 'short')`), notAllowed)
  })
})

describe('a date and a time are UTC', async () => {
  for (const [date, time, startsAt] of [
    ['2027-01-31', '23:30', '2027-01-31T23:30:00Z'], // over the end of a month
    ['2027-02-28', '23:59:30', '2027-02-28T23:59:30Z'],
    ['2027-03-28', '01:30', '2027-03-28T01:30:00Z'], // the hour that is missing in London
    ['2027-04-30', '24:00', '2027-05-01T00:00:00Z'], // midnight has two names
    ['2027-05-01', '02:00', '2027-05-01T02:00:00Z'],
  ])
    test(`${date} ${time} is ${startsAt}, whatever zone the database is in`, async () => {
      const ada = await person('Ada')
      const [made] = await ask(ada.acting, `select private.offer_session($1, $2, 90, 'mock', 'short') as id`, [date, time]).catch(
        (error: { constraint?: string }) => {
          if (error.constraint !== 'too_far_ahead' && error.constraint !== 'starts_in_the_past') throw error
          return db.sql<{ id: string }>(
            `with m as (select gen_random_uuid() as id), claimed as (
             select id, private.claim(id, 'practice.session', tstzrange($4, $4::timestamptz + interval '90 minutes'), array[$1::uuid], '{you_are_busy}') from m)
           insert into practice.practice_sessions (id, host_id, date, time, type, format, meeting_id, duration)
           select id, $1, $2, $3, 'mock', 'short', id, '90 minutes' from claimed returning id`,
            [ada.id, date, time, startsAt],
          )
        },
      )
      const [read] = await db.sql<{ starts_at: string }>(`select starts_at from practice.practice_sessions where id = $1`, [made!['id']])
      assert.equal(Date.parse(read!.starts_at), Date.parse(startsAt!))
      const [zoned] = await db.sql<{ day: string }>(
        `select to_char(starts_at at time zone 'Asia/Kathmandu', 'DD') as day from practice.practice_sessions, set_config('TimeZone', 'Pacific/Chatham', true) where id = $1`,
        [made!['id']],
      )
      assert.equal(zoned!.day, new Date(Date.parse(startsAt!) + 20_700_000).toISOString().slice(8, 10))
      const [taken] = await db.sql<{ upto: string }>(`select upper(during) as upto from scheduling.commitments where meeting_id = $1`, [
        made!['id'],
      ])
      assert.equal(Date.parse(taken!.upto), Date.parse(startsAt!) + 90 * 60_000)
    })
})

describe('the seat', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const session = await offer(ada, { minutes: 600 })

  test('is taken by one, and the host is told', async () => {
    await act(bo, 'take_seat', session)
    assert.equal((await row(session))!['guest_id'], bo.id)
    assert.equal(await busy(bo.id), 1)
    assert.deepEqual(await notices(ada.id), ['practice.seat-taken'])
  })

  test('cannot be taken twice, by the host, or with an old page', async () => {
    await assert.rejects(act(cem, 'take_seat', session), refused('seat_taken'))
    await assert.rejects(ask(cem.acting, 'select private.take_seat($1, 1)', [session]), refused('seat_taken'))
    await assert.rejects(act(bo, 'take_seat', session), refused('seat_is_yours'))
    await assert.rejects(act(ada, 'take_seat', session), refused('you_are_the_host'))
    const other = await offer(ada, { minutes: 700 })
    await assert.rejects(ask(cem.acting, 'select private.take_seat($1, 7)', [other]), refused('session_has_changed'))
    await assert.rejects(ask(cem.acting, 'select private.take_seat($1, null)', [other]), refused('session_has_changed'))
    await assert.rejects(ask(cem.acting, 'select private.take_seat($1, 1)', [randomUUID()]), refused('session_not_found'))
    await assert.rejects(ask((await someone(db)).acting, 'select private.take_seat($1, 1)', [other]), refused('no_profile_yet'))
  })

  test('is not for somebody who is busy then', async () => {
    await offer(cem, { minutes: 780 })
    const [early, late] = [await offer(await person('Dee'), { minutes: 760 }), await offer(await person('Eli'), { minutes: 720 })]
    await assert.rejects(act(cem, 'take_seat', early), refused('you_are_busy'))
    await act(cem, 'take_seat', late) // ends as the other begins
  })

  test('is not worth taking where the host is busy after all', async () => {
    const fay = await person('Fay')
    const promised = await offer(fay, { minutes: 60 })
    await db.sql('delete from scheduling.commitments where person_id = $1', [fay.id])
    await offer(fay, { minutes: 60 })
    await assert.rejects(act(await person('Gil'), 'take_seat', promised), refused('host_is_busy'))
  })

  test('is free again when its guest leaves: their time too, and the room is another one', async () => {
    const { room_url } = (await mine(bo, session))!
    await act(bo, 'leave_seat', session)
    const left = await row(session)
    assert.deepEqual([left!['guest_id'], left!['cancelled_at'], await busy(bo.id)], [null, null, 0])
    assert.notEqual(left!['room_url'], room_url)
    assert.deepEqual((await notices(ada.id)).slice(-1), ['practice.seat-free'])
    assert.equal(await mine(bo, session), undefined)
    await act(await person('Ivo'), 'take_seat', session)
  })

  test('cannot be left by anybody but its guest, nor twice, nor with an old page', async () => {
    const mia = await person('Mia')
    const theirs = await seated(await person('Lea'), mia, { minutes: 60 })
    await assert.rejects(act(ada, 'leave_seat', theirs), refused('not_your_seat'))
    await assert.rejects(ask(mia.acting, 'select private.leave_seat($1, 1)', [theirs]), refused('session_has_changed'))
    await act(mia, 'leave_seat', theirs)
    await assert.rejects(act(mia, 'leave_seat', theirs), refused('not_your_seat'))
    await assert.rejects(act(ada, 'leave_seat', session), refused('not_your_seat'))
    await assert.rejects(ask(ada.acting, 'select private.leave_seat($1, 1)', [randomUUID()]), refused('not_your_seat'))
  })

  test('loses its role with its guest', async () => {
    const [noa, oli] = [await person('Noa'), await person('Oli')]
    const theirs = await seated(noa, oli, { candidate: oli })
    await act(oli, 'leave_seat', theirs)
    assert.equal((await row(theirs))!['candidate_id'], null)
  })

  test('is not offered any more once its time is over', async () => {
    const past = await offer(ada, { minutes: 900 })
    await db.sql(`update practice.practice_sessions set date = date - 2 where id = $1`, [past])
    await assert.rejects(act(cem, 'take_seat', past), refused('session_has_ended'))
  })
})

describe('the host', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const change = (who: typeof ada, session: string, minutes: number, at: string, note = '') =>
    act(
      who,
      'change_session',
      session,
      new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      at,
      minutes,
      'review',
      'open',
      'core',
      note,
    )

  test('changes an offer, and their time moves along', async () => {
    const session = await offer(ada)
    await change(ada, session, 30, '09:00', 'Bring tea')
    const changed = await row(session)
    assert.deepEqual(
      [changed!['type'], changed!['format'], changed!['level'], changed!['note'], changed!['long'], changed!['version']],
      ['review', 'open', 'core', 'Bring tea', '00:30:00', 2],
    )
    const [moved] = await db.sql<{ same: boolean }>(
      'select during = tstzrange($2, $2::timestamptz + interval $$30 minutes$$) as same from scheduling.commitments where meeting_id = $1',
      [session, changed!['starts_at']],
    )
    assert.equal(moved!.same, true)
    await change(ada, session, 30, '09:00', 'Bring cake')
    await offer(ada)
    await assert.rejects(
      ask(ada.acting, `select private.change_session($1, 1, current_date + 1, '09:00', 30, 'mock', 'short', 'any', '')`, [session]),
      refused('session_has_changed'),
    )
    await assert.rejects(
      ask(ada.acting, `select private.change_session($1, 3, current_date - 1, '09:00', 30, 'mock', 'short', 'any', '')`, [session]),
      refused('starts_in_the_past'),
    )
    await assert.rejects(
      ask(ada.acting, `select private.change_session($1, 3, current_date + 1, '09:00', 30, 'mock', 'none', 'any', '')`, [session]),
      refused('no_such_format'),
    )
    await assert.rejects(
      ask(ada.acting, `select private.change_session($1, 3, current_date + 1, '09:00', 3, 'mock', 'short', 'any', '')`, [session]),
      refused('duration_is_minutes'),
    )
    const second = await offer(ada, { minutes: 200 })
    await assert.rejects(change(ada, second, 30, '09:15'), refused('you_are_busy'))
    await assert.rejects(change(bo, session, 30, '10:00'), refused('session_not_found'))
  })

  test('changes nothing behind the back of somebody who sits there', async () => {
    const session = await seated(bo, await person('Cem'), { minutes: 300 })
    await assert.rejects(change(bo, session, 30, '10:00'), refused('guest_is_seated'))
  })

  test('withdraws an empty offer: its row goes and their time is free', async () => {
    const dee = await person('Dee')
    const session = await offer(dee)
    await assert.rejects(ask(dee.acting, 'select private.withdraw_session($1, 2)', [session]), refused('session_has_changed'))
    await assert.rejects(act(bo, 'withdraw_session', session), refused('session_not_found'))
    await act(dee, 'withdraw_session', session)
    assert.equal(await row(session), undefined)
    assert.equal(await busy(dee.id), 0)
    assert.ok((await db.sql('select from scheduling.meetings where id = $1 and released_at is not null', [session])).length)
    await assert.rejects(ask(dee.acting, 'select private.withdraw_session($1, 1)', [session]), refused('session_not_found'))
  })

  test('withdraws a seated one: it stays, cancelled, the guest is told and both are free', async () => {
    const [eli, fay, gil] = [await person('Eli'), await person('Fay'), await person('Gil')]
    const session = await seated(eli, fay)
    await assert.rejects(act(fay, 'withdraw_session', session), refused('host_only'))
    await act(eli, 'withdraw_session', session)
    const cancelled = await mine(fay, session)
    assert.ok(cancelled!['cancelled_at'])
    assert.equal(cancelled!['room_url'], null)
    assert.deepEqual(await notices(fay.id), ['practice.session-withdrawn'])
    assert.deepEqual([await busy(eli.id), await busy(fay.id)], [0, 0])
    for (const [who, what, name] of [
      [eli, 'withdraw_session', 'session_is_cancelled'],
      [fay, 'leave_seat', 'session_is_cancelled'],
      [gil, 'take_seat', 'session_not_found'],
      [eli, 'begin_station', 'session_is_cancelled'],
    ] as const)
      await assert.rejects(act(who, what, session), refused(name), what)
    await assert.rejects(act(eli, 'choose_roles', session, eli.id), refused('session_is_cancelled'))
  })

  test('does not withdraw what has begun', async () => {
    const [hal, ida] = [await person('Hal'), await person('Ida')]
    await aCase()
    const session = await seated(hal, ida)
    await act(hal, 'begin_station', session)
    await assert.rejects(act(hal, 'withdraw_session', session), refused('session_has_begun'))
    await assert.rejects(
      act(hal, 'change_session', session, '2027-01-01', '10:00', 30, 'mock', 'short', 'any', ''),
      refused('session_has_begun'),
    )
  })
})

describe('finding each other', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const session = await offer(ada, { minutes: 60, caseId: (await aCase()).id })
  await act(ada, 'choose_roles', session, ada.id)
  const forStrangers = () => ask(aStranger, 'select * from private.offers_for_strangers(most => 101)')
  const forMe = ({ acting }: typeof ada) => ask(acting, 'select * from private.offers_for_me(most => 101)')
  const ids = (rows: Record<string, unknown>[]) => rows.map(({ id }) => id)

  test('strangers see date, time, type, format, level and a first name, and no more', async () => {
    const seen = (await forStrangers()).find(({ id }) => id === session)
    assert.deepEqual(Object.keys(seen!).sort(), ['date', 'first_name', 'format', 'id', 'level', 'time', 'type'])
    assert.equal(seen!['first_name'], 'Ada')
    const all = JSON.stringify(await forStrangers())
    const { room_url, case_id } = (await row(session)) as Record<string, string>
    for (const secret of [room_url!, case_id!, ada.id, 'of the theatre']) assert.ok(!all.includes(secret), secret)
    await assert.rejects(ask(aStranger, 'select * from private.offers_for_me()'), notAllowed)
    await assert.rejects(ask(aStranger, 'select * from private.my_practice_sessions()'), notAllowed)
    await assert.rejects(ask(aStranger, 'select id from practice.practice_sessions'), notAllowed)
    await assert.rejects(ask(aStranger, 'select first_name from practice.profiles'), notAllowed)
  })

  test('people see names and pictures, and neither room nor case nor candidate', async () => {
    const seen = (await forMe(bo)).find(({ id }) => id === session)
    assert.deepEqual([seen!['first_name'], seen!['last_name'], seen!['minutes']], ['Ada', 'of the theatre', 60])
    const all = JSON.stringify(seen)
    const { room_url, case_id } = (await row(session)) as Record<string, string>
    for (const secret of [room_url!, case_id!]) assert.ok(!all.includes(secret), secret)
    assert.ok(!('candidate_id' in seen!))
    assert.deepEqual(await ask(bo.acting, 'select id from practice.practice_sessions'), [])
    assert.equal(await mine(bo, session), undefined)
  })

  test('nobody finds their own, what is taken, cancelled, past, begun or played alone', async () => {
    assert.ok(!ids(await forMe(ada)).includes(session))
    const taken = await seated(await person('Dee'), await person('Eli'), { minutes: 90 })
    const alone = await ask(cem.acting, `select private.practise_alone('mock', 'short') as id`)
    const past = await offer(await person('Fay'), { minutes: 90 })
    await db.sql(`update practice.practice_sessions set date = date - 2 where id = $1`, [past])
    const begun = await seated(await person('Gil'), bo, { minutes: 12 })
    await act(bo, 'begin_station', begun)
    await act(bo, 'leave_seat', begun)
    for (const list of [ids(await forMe(await person('Hal'))), ids(await forStrangers())]) {
      assert.ok(list.includes(session))
      for (const hidden of [taken, alone[0]!['id'], past, begun]) assert.ok(!list.includes(hidden))
    }
    await assert.rejects(act(bo, 'take_seat', alone[0]!['id'] as string), refused('session_not_found'))
  })

  test('a list is read page by page, by time', async () => {
    const ivo = await person('Ivo')
    for (const minutes of [50_000, 50_100, 50_200]) // far from everybody's, at whatever hour this runs
      await offer(ivo, { minutes })
    const [first] = await ask(
      bo.acting,
      `select id, starts_at from private.offers_for_me(now() + interval '49900 minutes', now() + interval '50250 minutes', most => 1)`,
    )
    const rest = await ask(bo.acting, `select id from private.offers_for_me($1, now() + interval '50250 minutes', $2)`, [
      first!['starts_at'],
      first!['id'],
    ])
    assert.equal(rest.length, 2)
    assert.ok(!ids(rest).includes(first!['id']))
    assert.equal((await ask(bo.acting, `select id from private.offers_for_me(only_type => 'review', only_level => 'higher')`)).length, 0)
  })

  test('whoever blocks is not found, nor finds, and no seat is taken either way', async () => {
    await ask(ada.acting, 'insert into safety.blocks (blocked_id) values ($1)', [cem.id])
    const theirs = await offer(cem, { minutes: 500 })
    assert.ok(!ids(await forMe(cem)).includes(session))
    assert.ok(!ids(await forMe(ada)).includes(theirs))
    await assert.rejects(act(cem, 'take_seat', session), refused('session_not_found'))
    await assert.rejects(act(ada, 'take_seat', theirs), refused('session_not_found'))
    assert.deepEqual(await ask(cem.acting, 'select first_name from practice.profiles where user_id = $1', [ada.id]), [])
    assert.deepEqual(await ask(ada.acting, 'select first_name from practice.profiles where user_id = $1', [cem.id]), [])
  })
})

describe('a block', async () => {
  test('by the host frees the seat, and the guest hears what any guest hears', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const session = await seated(ada, bo)
    await ask(ada.acting, 'insert into safety.blocks (blocked_id) values ($1)', [bo.id])
    assert.equal(await mine(bo, session), undefined)
    assert.deepEqual(await notices(bo.id), ['practice.session-withdrawn'])
    assert.deepEqual([await busy(ada.id), await busy(bo.id)], [1, 0])
  })

  test('by the guest does too, and stops a station in the middle', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    await aCase()
    const session = await seated(ada, bo)
    await act(ada, 'begin_station', session)
    await ask(bo.acting, 'insert into safety.blocks (blocked_id) values ($1)', [ada.id])
    assert.equal(await mine(bo, session), undefined)
    assert.deepEqual((await notices(ada.id)).slice(-1), ['practice.seat-free'])
    assert.equal((await db.sql('select from practice.rounds where session_id = $1 and ended_at is null', [session])).length, 0)
    await assert.rejects(act(bo, 'take_seat', session), refused('session_not_found'))
  })

  test('leaves what was played, without the other one’s name', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const session = await seated(ada, bo)
    await act(ada, 'begin_station', session)
    await act(ada, 'end_session', session)
    await ask(bo.acting, 'insert into safety.blocks (blocked_id) values ($1)', [ada.id])
    const kept = await mine(bo, session)
    assert.deepEqual([kept!['phase'], kept!['host_name'], kept!['guest_name']], ['ended', null, 'Bo of the theatre'])
  })
})

test('versions count up with every change, and nobody acts on an old one', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await offer(ada)
  assert.equal(await version(session), 1)
  await act(bo, 'take_seat', session)
  await act(ada, 'choose_roles', session, bo.id)
  await act(bo, 'choose_case', session, (await aCase()).id)
  assert.equal(await version(session), 4)
  for (const text of [
    'select private.choose_roles($1, 3, null)',
    'select private.choose_case($1, 3, null)',
    'select private.begin_station($1, 3)',
    `select private.move_on($1, 3, 'running')`,
    'select private.next_round($1, 3)',
    'select private.end_session($1, 3)',
    'select private.withdraw_session($1, 3)',
  ])
    await assert.rejects(ask(ada.acting, text, [session]), refused('session_has_changed'), text)
})
