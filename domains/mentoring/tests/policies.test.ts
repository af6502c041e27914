import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'
import { alwaysOpen, aMentor } from './people.ts'

const db = await freshDatabase()
const [priya, hana] = [await aMentor(db, 'priya', { hourly_rate: 40 }), await aMentor(db, 'hana')]
const [mateo, robin, ruth] = [await someone(db, 'mateo'), await someone(db, 'robin'), await someone(db, 'ruth')]
await alwaysOpen(db, priya)
await alwaysOpen(db, hana)
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
await db.sql(`update mentoring.profiles set is_public = true where user_id = $1`, [priya.id])

const attempt = (acting: Acting, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }
const refused = (constraint: string) => ({ constraint })
const tomorrow = (hours: number) => new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + (24 + hours) * 3_600_000).toISOString()
const book = async (acting: Acting, mentor: { id: string }, starts: string): Promise<string> => {
  const [row] = await attempt(acting, `select mentoring.create_booking_if_free('${mentor.id}', '${starts}', 60) as id`)
  return row!['id'] as string
}
/** An hour that is over: the owner turns the clock. */
const itWasYesterday = (booking: string) =>
  db
    .sql(`update mentoring.bookings set status = 'confirmed' where id = $1`, [booking])
    .then(() =>
      db.sql(
        `update mentoring.bookings set start_time = start_time - interval '60 days', end_time = end_time - interval '60 days' where id = $1`,
        [booking],
      ),
    )
const booking = await book(mateo.acting, priya, tomorrow(0))
const withRobin = await book(robin.acting, hana, tomorrow(0))
await attempt(robin.acting, `insert into mentoring.session_messages (booking_id, message) values ('${withRobin}', 'Hello.')`)
await attempt(hana.acting, `insert into safety.blocks (blocked_id) values ('${robin.id}')`)

describe('nobody', () => {
  for (const text of [
    `insert into mentoring.bookings (id, mentor_user_id, mentee_user_id, start_time, end_time, price_cents, currency) values (gen_random_uuid(), '${priya.id}', '${mateo.id}', now(), now(), 0, 'GBP')`,
    `update mentoring.bookings set price_cents = 0`,
    `update mentoring.bookings set status = 'confirmed'`,
    'delete from mentoring.bookings',
    `insert into mentoring.profiles (user_id, email, role) values ('${mateo.id}', 'not@mine.test', 'mentor')`,
    `update mentoring.profiles set email = 'not@mine.test'`,
    'select email from mentoring.profiles',
    `update mentoring.mentor_profiles set availability = '{}'`,
    `update mentoring.mentor_availability_rules set timezone = 'UTC'`,
    'select sealed from mentoring.calendar_tokens',
    'select txn_id from mentoring.payments',
    'select provider_event_id from mentoring.payment_events',
    `insert into mentoring.reviews (booking_id, reviewer_user_id, reviewee_user_id, rating) values ('${booking}', '${mateo.id}', '${priya.id}', 5)`,
    `insert into mentoring.xp_events (user_id, event, subject, points) values ('${mateo.id}', 'signup', 'x', 1000)`,
    `update mentoring.user_stats set points = 1000000`,
    `insert into mentoring.payments (booking_id, status, amount_cents, currency, provider) values ('${booking}', 'paid', 4000, 'GBP', 'test')`,
    `update mentoring.feature_flags set is_on = true`,
    `select private.erase_mentoring('${priya.id}')`,
    `select private.step_booking('${booking}', 'mentor', '{pending}', 'confirmed', '')`,
    `select private.claim(gen_random_uuid(), 'mentoring.booking', tstzrange(now(), now() + interval '1 hour'), array['${priya.id}'::uuid], '{x}')`,
    `select private.open_spans('${priya.id}', tstzrange(now(), now() + interval '1 day'))`,
    `select private.taken_spans('${priya.id}', tstzrange(now(), now() + interval '1 day'), 0, 0)`,
  ])
    test(`may ${text.replace(/'[0-9a-f-]{36}'/g, '…')}`, async () => {
      await assert.rejects(attempt(mateo.acting, text), notAllowed)
      await assert.rejects(attempt(aStranger, text), notAllowed)
    })
})

describe('a booking is seen by its two people', () => {
  test('and by nobody else, its steps and messages neither', async () => {
    for (const table of ['bookings', 'booking_steps']) {
      for (const who of [mateo, priya]) assert.equal((await attempt(who.acting, `select from mentoring.${table}`)).length, 1)
      assert.equal((await attempt(ruth.acting, `select from mentoring.${table}`)).length, 0)
      await assert.rejects(attempt(aStranger, `select from mentoring.${table}`), notAllowed)
    }
    await assert.rejects(
      attempt(ruth.acting, `insert into mentoring.session_messages (booking_id, message) values ('${booking}', 'Hello')`),
      notAllowed,
    )
  })

  test('once one has blocked the other, words are hidden and no more are sent; the booking stays', async () => {
    assert.equal((await attempt(hana.acting, 'select from mentoring.session_messages')).length, 0)
    assert.equal((await attempt(robin.acting, 'select from mentoring.session_messages')).length, 1)
    for (const who of [hana, robin]) {
      assert.equal((await attempt(who.acting, 'select from mentoring.bookings')).length, 1)
      await assert.rejects(
        attempt(who.acting, `insert into mentoring.session_messages (booking_id, message) values ('${withRobin}', 'One more thing')`),
        notAllowed,
      )
    }
    assert.equal((await attempt(robin.acting, `select from mentoring.mentor_profiles where user_id = '${hana.id}'`)).length, 0)
    assert.equal((await attempt(hana.acting, `select from mentoring.mentee_profiles where user_id = '${robin.id}'`)).length, 0)
    assert.deepEqual(
      await attempt(robin.acting, `select from private.offered_slots('${hana.id}', now(), now() + interval '9 days', 60)`),
      [],
    )
    assert.ok(
      (await attempt(mateo.acting, `select from private.offered_slots('${hana.id}', now(), now() + interval '9 days', 60)`)).length > 0,
    )
  })
})

test('strangers see who chose to be public, without an address, and nobody who did not', async () => {
  assert.deepEqual(await attempt(aStranger, 'select user_id, full_name from mentoring.profiles'), [
    { user_id: priya.id, full_name: 'priya' },
  ])
  assert.deepEqual(await attempt(aStranger, 'select user_id from mentoring.mentor_profiles'), [{ user_id: priya.id }])
  await assert.rejects(attempt(aStranger, 'select notice_minutes from mentoring.mentor_profiles'), notAllowed)
  assert.equal((await attempt(mateo.acting, `select from mentoring.mentor_profiles`)).length, 2)
})

test('a profile is filled from the account, once, and its address follows the account', async () => {
  const nora = await someone(db, 'Nora')
  await attempt(nora.acting, `select private.join_mentoring('mentee')`)
  await attempt(nora.acting, `select private.join_mentoring('mentor')`)
  assert.deepEqual(await attempt(nora.acting, `select role from mentoring.profiles where user_id = '${nora.id}'`), [{ role: 'mentee' }])
  await db.sql(`update auth.users set email = 'new.nora@example.test' where id = $1`, [nora.id])
  assert.deepEqual(await db.sql('select email from mentoring.profiles where user_id = $1', [nora.id]), [{ email: 'new.nora@example.test' }])
  await assert.rejects(attempt(aStranger, `select private.join_mentoring('mentee')`), notAllowed)
})

describe('hours', () => {
  test('are their mentor’s, in the zone of the profile, which they follow; the summary follows them', async () => {
    const asha = await aMentor(db, 'asha', { timezone: 'Asia/Kathmandu' })
    await attempt(
      asha.acting,
      'insert into mentoring.mentor_availability_rules (weekday, start_minute, end_minute) values (1, 600, 660), (1, 540, 570)',
    )
    const hours = `select timezone from mentoring.mentor_availability_rules`
    assert.deepEqual(await attempt(asha.acting, hours), [{ timezone: 'Asia/Kathmandu' }, { timezone: 'Asia/Kathmandu' }])
    assert.equal((await attempt(mateo.acting, hours)).length, 0)
    const summary = () => attempt(asha.acting, `select availability from mentoring.mentor_profiles where user_id = '${asha.id}'`)
    assert.deepEqual(await summary(), [
      {
        availability: {
          1: [
            [540, 570],
            [600, 660],
          ],
        },
      },
    ])
    await attempt(asha.acting, `update mentoring.mentor_profiles set timezone = 'Pacific/Chatham' where user_id = '${asha.id}'`)
    assert.deepEqual(await attempt(asha.acting, hours), [{ timezone: 'Pacific/Chatham' }, { timezone: 'Pacific/Chatham' }])
    await attempt(asha.acting, 'delete from mentoring.mentor_availability_rules where start_minute = 600')
    assert.deepEqual(await summary(), [{ availability: { 1: [[540, 570]] } }])
    await attempt(asha.acting, 'delete from mentoring.mentor_availability_rules')
    assert.deepEqual(await summary(), [{ availability: null }])
  })

  for (const [text, why] of [
    [`insert into mentoring.mentor_availability_rules (weekday, start_minute, end_minute) values (1, 60, 120)`, 'hours_do_not_overlap'],
    [`insert into mentoring.mentor_availability_rules (weekday, start_minute, end_minute) values (8, 60, 120)`, 'weekday_is_one_of_seven'],
    [
      `insert into mentoring.mentor_availability_exceptions (date, start_minute, end_minute) values (current_date, 120, 60)`,
      'hours_are_of_one_day',
    ],
    [`insert into mentoring.mentor_availability_exceptions (date) values ('infinity')`, 'date_is_of_our_time'],
    [
      `insert into mentoring.mentor_availability_exceptions (date) select current_date + n from generate_series(1, 401) n`,
      'too_many_exceptions',
    ],
    [`update mentoring.mentor_profiles set timezone = 'XYZ+7:13' where user_id = auth.uid()`, 'zone_is_unknown'],
    [`update mentoring.mentor_profiles set timezone = 'europe/london' where user_id = auth.uid()`, 'zone_is_unknown'],
    [`update mentoring.mentor_profiles set start_every = 7 where user_id = auth.uid()`, 'start_every_divides_the_hour'],
    [`update mentoring.mentor_profiles set lengths = '{}' where user_id = auth.uid()`, 'lengths_are_sensible'],
    [`update mentoring.mentor_profiles set lengths = '{5}' where user_id = auth.uid()`, 'lengths_are_sensible'],
    [`update mentoring.mentor_profiles set notice_minutes = -1 where user_id = auth.uid()`, 'notice_is_four_weeks_at_most'],
    [`update mentoring.mentor_profiles set horizon_days = 400 where user_id = auth.uid()`, 'horizon_is_half_a_year_at_most'],
    [`update mentoring.mentor_profiles set buffer_after = 500 where user_id = auth.uid()`, 'buffers_are_two_hours_at_most'],
    [`update mentoring.mentor_profiles set hourly_rate = -1 where user_id = auth.uid()`, 'rate_is_not_negative'],
    [`update mentoring.mentor_profiles set currency = 'JPY' where user_id = auth.uid()`, 'currency_has_cents'],
  ] as const)
    test(`are refused: ${why}`, () => assert.rejects(attempt(priya.acting, text), refused(why)))

  test('are refused without a mentor profile, and beyond fifty', async () => {
    const one = 'insert into mentoring.mentor_availability_rules (weekday, start_minute, end_minute) values (1, 60, 120)'
    await assert.rejects(attempt(mateo.acting, one), refused('not_a_mentor'))
    const eager = await aMentor(db, 'eager')
    const many = `insert into mentoring.mentor_availability_rules (weekday, start_minute, end_minute) select 1 + n % 7, n * 20, n * 20 + 10 from generate_series(0, 50) n`
    await assert.rejects(attempt(eager.acting, many), refused('too_many_rules'))
  })
})

describe('a review', () => {
  test('comes after the hour, once from each; it opens when both wrote', async () => {
    const say = (acting: Acting, rating = 5) => attempt(acting, `select private.review_booking('${booking}', ${rating}, 'Good.') as id`)
    const read = (acting: Acting) => attempt(acting, `select rating from mentoring.reviews where booking_id = '${booking}'`)
    await assert.rejects(say(mateo.acting), refused('review_not_open_yet'))
    await itWasYesterday(booking)
    await assert.rejects(say(ruth.acting), refused('no_such_booking'))
    await assert.rejects(say(mateo.acting, 6), refused('rating_from_one_to_five'))
    await say(mateo.acting)
    await assert.rejects(say(mateo.acting, 1), refused('one_review_each'))
    assert.equal((await read(priya.acting)).length, 0)
    assert.equal((await read(mateo.acting)).length, 1)
    assert.equal((await attempt(aStranger, 'select id from mentoring.reviews')).length, 0)
    await say(priya.acting, 4)
    for (const who of [priya, mateo]) assert.equal((await read(who.acting)).length, 2)
    // Of Priya, who is public: not of Mateo, who is not; and without the name of whoever wrote.
    assert.deepEqual(await attempt(aStranger, 'select rating, reviewee_user_id from mentoring.reviews'), [
      { rating: 5, reviewee_user_id: priya.id },
    ])
    await assert.rejects(attempt(aStranger, 'select reviewer_user_id from mentoring.reviews'), notAllowed)
  })

  test('opens by itself after fourteen days; one that is not public stays between the two', async () => {
    const old = await book(mateo.acting, priya, tomorrow(3))
    await itWasYesterday(old)
    await attempt(mateo.acting, `select private.review_booking('${old}', 3, 'Between us.', false)`)
    const read = (acting: Acting) => attempt(acting, `select from mentoring.reviews where booking_id = '${old}'`)
    assert.equal((await read(priya.acting)).length, 0)
    await db.sql(`update mentoring.reviews set opens_at = now() where booking_id = $1`, [old])
    assert.equal((await read(priya.acting)).length, 1)
    assert.equal((await read(ruth.acting)).length, 0)
  })

  test('by both at once: both are open', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await book(mateo.acting, priya, tomorrow(6 + round))
      await itWasYesterday(id)
      await Promise.all([mateo, priya].map((who) => attempt(who.acting, `select private.review_booking('${id}', 5)`)))
      assert.equal((await db.sql('select from mentoring.reviews where booking_id = $1 and opens_at <= now()', [id])).length, 2)
    }
  })
})

describe('points', () => {
  const give = (subject: string, points = 10, reverses: number | null = null) =>
    attempt(
      theServer,
      `insert into mentoring.xp_events (user_id, event, subject, points, reverses) values ('${mateo.id}', 'session_completed', '${subject}', ${points}, ${reverses}) returning id`,
    )
  const stats = () => db.sql('select points, sessions_completed from mentoring.user_stats where user_id = $1', [mateo.id])

  test('come once for a deed, are taken back by a row, and add up', async () => {
    const [first] = await give('a')
    await give('b')
    await assert.rejects(give('a'), refused('points_given_once'))
    await assert.rejects(give('c', -10), refused('only_a_reversal_takes'))
    const its = Number(first!['id'])
    await assert.rejects(give('a', -9, its), refused('reversal_takes_what_was_given'))
    await assert.rejects(give('b', -10, its), refused('reversal_takes_what_was_given'))
    await give('a', -10, its)
    await assert.rejects(give('a', -10, its), refused('points_taken_back_once'))
    await assert.rejects(give('a'), refused('points_given_once'))
    assert.deepEqual(await stats(), [{ points: 10, sessions_completed: 1 }])
    await assert.rejects(db.sql('update mentoring.xp_events set points = 1'), refused('audit_is_append_only'))
  })

  test('of fifty at once for one deed, one counts', async () => {
    const went = await Promise.allSettled(Array.from({ length: 50 }, () => give('crowd')))
    assert.equal(went.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const one of went)
      if (one.status === 'rejected') assert.equal((one.reason as { constraint: string }).constraint, 'points_given_once')
    assert.deepEqual(await stats(), [{ points: 20, sessions_completed: 2 }])
  })

  test('leaderboards show who chose to be there, and not those who are kept apart', async () => {
    for (const { id } of [hana, robin]) {
      await db.sql(`insert into mentoring.xp_events (user_id, event, subject, points) values ($1, 'signup', 'account', 10)`, [id])
      await db.sql('update mentoring.profiles set on_leaderboards = true where user_id = $1', [id])
    }
    for (const view of ['leaderboard', 'leaderboard_week']) {
      const names = async (acting: Acting) =>
        new Set((await attempt(acting, `select user_id from mentoring.${view}`)).map(({ user_id }) => user_id))
      assert.deepEqual(await names(aStranger), new Set([hana.id, robin.id]))
      assert.deepEqual(await names(hana.acting), new Set([hana.id]))
      assert.deepEqual(await names(mateo.acting), new Set([hana.id, robin.id])) // not himself: he did not choose it
    }
    assert.equal((await attempt(ruth.acting, 'select from mentoring.xp_events')).length, 0)
  })
})

describe('administrators', () => {
  const award = `select private.give_award('${priya.id}', 'top_mentor_of_the_week', '2026-11-02', '2026-11-09', 'Thanked by many') as id`

  test('give an award once, take it back by a row, and all of it is on record', async () => {
    await assert.rejects(attempt(mateo.acting, award), refused('administrators_only'))
    const [{ id } = { id: '' }] = await attempt(ruth.acting, award)
    await assert.rejects(attempt(ruth.acting, award), refused('award_given_once'))
    await attempt(ruth.acting, `select private.take_award_back('${String(id)}', 'Counted twice')`)
    await assert.rejects(
      attempt(ruth.acting, `select private.take_award_back('${String(id)}', 'Counted twice')`),
      refused('award_taken_back_once'),
    )
    await assert.rejects(attempt(ruth.acting, `select private.take_award_back('${priya.id}', 'No such thing')`), refused('no_such_award'))
    await assert.rejects(db.sql('update mentoring.awards set meta = null'), refused('audit_is_append_only'))
    const seen = await attempt(ruth.acting, 'select action, actor, subject_id from mentoring.admin_actions order by created_at')
    assert.deepEqual(
      seen.map(({ action }) => action),
      ['mentoring.award-given', 'mentoring.award-taken-back'],
    )
    assert.match(String(seen[0]!['actor']), /^administrator [0-9a-f]{12}$/)
    assert.equal((await db.sql(`select from audit.entries where action like 'mentoring.%'`)).length, 2)
    assert.equal((await attempt(mateo.acting, 'select from mentoring.admin_actions')).length, 0)
    for (const text of [
      'delete from mentoring.admin_actions',
      `update mentoring.admin_actions set actor = 'server'`,
      'truncate mentoring.admin_actions',
    ])
      await assert.rejects(db.sql(text), refused('audit_is_append_only'))
  })

  test('switch a feature with a reason, and nobody else does', async () => {
    const flip = (acting: Acting, flag = 'payments', reason = 'We are ready') =>
      attempt(acting, `select private.switch_mentoring('${flag}', true, '${reason}')`)
    await assert.rejects(flip(mateo.acting), refused('administrators_only'))
    await assert.rejects(flip(ruth.acting, 'payments', ''), refused('reason_needed'))
    await assert.rejects(flip(ruth.acting, 'no_such'), refused('no_such_feature'))
    await flip(ruth.acting)
    assert.deepEqual(await attempt(mateo.acting, `select is_on from mentoring.feature_flags where name = 'payments'`), [{ is_on: true }])
  })
})

describe('whoever is nobody may call nothing', () => {
  const nobody: Acting = { role: 'authenticated', claims: '{}' }
  for (const text of [
    `select private.join_mentoring('mentee')`,
    `select private.offered_slots('${priya.id}', now(), now() + interval '1 day', 60)`,
    'select private.mentors_free_at(now(), 60)',
    `select mentoring.get_mentor_busy('${priya.id}', now(), now() + interval '1 day')`,
    `select mentoring.create_booking_if_free('${priya.id}', now(), 60)`,
    `select private.confirm_booking('${booking}')`,
    `select private.decline_booking('${booking}')`,
    `select private.cancel_booking('${booking}')`,
    `select private.review_booking('${booking}', 5)`,
  ])
    test(text.replace(/'[0-9a-f-]{36}'/g, '…'), () => assert.rejects(attempt(nobody, text), refused('not_signed_in')))

  test('nor ask for all time at once', () =>
    assert.rejects(attempt(mateo.acting, `select mentoring.get_mentor_busy('${priya.id}', null, null)`), refused('too_long_a_time')))
})

describe('cannot be written down, not even by the owner:', async () => {
  const [account] = await db.sql<{ id: string }>(
    `insert into mentoring.calendar_accounts (user_id, provider, email) values ($1, 'google', 'p@example.test') returning id`,
    [priya.id],
  )
  const busy = (external: string, from: string, to: string) =>
    `insert into mentoring.external_busy_events (calendar_account_id, user_id, external_id, during) values ('${account!.id}', '${priya.id}', '${external}', '[${from},${to})')`
  const step = (name: string, about = 'null') =>
    `insert into mentoring.booking_steps (booking_id, step, about_user_id) values ('${booking}', '${name}', ${about})`
  const held = `insert into mentoring.holds (id, mentor_user_id, mentee_user_id, start_time, end_time, held_until) select id, '${priya.id}', '${ruth.id}', now(), now() + interval '1 hour', now() from scheduling.meetings limit 1`
  const points = (subject: string, given = 5) =>
    `insert into mentoring.xp_events (user_id, event, subject, points) values ('${ruth.id}', 'streak_day', '${subject}', ${given})`
  const mentorPage = (set: string) => `update mentoring.mentor_profiles set ${set} where user_id = '${priya.id}'`
  const profile = (set: string) => `update mentoring.profiles set ${set} where user_id = '${priya.id}'`
  for (const [what, constraint] of [
    [
      `insert into mentoring.calendar_accounts (user_id, provider, email) values ('${priya.id}', 'google', 'p@example.test')`,
      'calendar_is_there_already',
    ],
    [
      `insert into mentoring.calendar_tokens (calendar_account_id, key_id, sealed) values ('${account!.id}', 'k1', 'ya29.a0')`,
      'sealed_is_sealed',
    ],
    [busy('a', '2030-01-01', '2030-01-01'), 'during_is_half_open'],
    [busy('a', '2030-01-01', 'infinity').replace(`'[2030-01-01,infinity)'`, `tstzrange('2030-01-01', null)`), 'during_is_half_open'],
    [`${busy('b', '2030-01-01', '2030-01-02')}; ${busy('b', '2030-02-01', '2030-02-02')}`, 'event_is_heard_once'],
    [busy('c', '2030-01-01', '2030-01-02').replace(priya.id, hana.id), 'busy_events_of_its_owners_calendar'],
    [step('slept'), 'step_is_known'],
    [step('no_show'), 'no_show_is_about_somebody'],
    [`${step('no_show', `'${mateo.id}'`)}; ${step('no_show', `'${mateo.id}'`)}`, 'no_show_once'],
    [step('booked'), 'step_once'],
    [`${held}; ${held.replace('limit 1', 'offset 1 limit 1')}`, 'one_hold_each'],
    [held.replace(ruth.id, priya.id), 'nobody_mentors_themselves'],
    [`update mentoring.bookings set end_time = start_time + interval '5 hours' where id = '${withRobin}'`, 'booking_takes_its_time'],
    [`update mentoring.bookings set end_time = start_time where id = '${withRobin}'`, 'booking_takes_its_time'],
    [`update mentoring.reviews set reviewee_user_id = reviewer_user_id`, 'nobody_reviews_themselves'],
    [mentorPage(`availability = '{"8": []}'`), 'availability_is_by_weekday'],
    [mentorPage(`availability = '[]'`), 'availability_is_by_weekday'],
    [mentorPage(`bio = repeat('x', 4001)`), 'bio_is_short'],
    [mentorPage(`skills = array_fill('x'::text, array[31])`), 'words_are_short'],
    [mentorPage(`years_experience = 99`), 'experience_is_a_working_life'],
    [`update mentoring.mentor_availability_rules set timezone = 'UTC' where mentor_user_id = '${priya.id}'`, 'rule_is_in_the_mentors_zone'],
    [profile(`email = 'Priya@example.test'`), 'email_is_lower_case'],
    [profile(`avatar_url = 'javascript:alert(1)'`), 'avatar_is_a_link'],
    [points('yesterday'), 'streak_day_is_a_day'],
    [points('2026-11-20', 5000), 'points_are_sensible'],
    [
      `insert into mentoring.awards (mentor_user_id, type, period_start, period_end) values ('${priya.id}', 'top_mentor_of_the_week', '2026-11-09', '2026-11-02')`,
      'period_has_days',
    ],
    [
      `insert into mentoring.awards (mentor_user_id, type, period_start, period_end) values ('${priya.id}', 'best', '2026-11-02', '2026-11-09')`,
      'type_is_known',
    ],
    [`insert into mentoring.admin_actions (actor, action) values ('Ruth', 'mentoring.award-given')`, 'actor_is_a_label'],
    [`insert into mentoring.admin_actions (actor, action, meta) values ('server', 'mentoring.award-given', '[]')`, 'meta_holds_ids'],
  ] as const)
    test(`${constraint}: ${what.replace(/'[0-9a-f-]{36}'/g, '…').slice(0, 90)}`, () => assert.rejects(db.sql(what), refused(constraint)))
})
