import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'
import { alwaysOpen, aMentor } from './people.ts'

const db = await freshDatabase()
const mentor = await aMentor(db, 'priya', { timezone: 'Asia/Kolkata', hourly_rate: 45.5, lengths: [30, 60], start_every: 30 })
await alwaysOpen(db, mentor)
const [mateo, other] = [await someone(db, 'mateo'), await someone(db, 'other')]

const hour = 3_600_000
// On the half hour of Kolkata, from tomorrow on; each test takes hours of its own.
let next = Math.ceil(Date.now() / hour) * hour + 24 * hour
const anHour = () => new Date((next += 4 * hour)).toISOString()
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

const attempt = (acting: Acting, text: string, values: unknown[] = []) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(fill(text, values)).execute(tx)).rows)
const fill = (text: string, values: unknown[]) => text.replace(/\$(\d+)/g, (_, at: string) => `'${String(values[Number(at) - 1])}'`)
async function book(acting: Acting, starts: string, minutes = 60, whom = mentor.id): Promise<string> {
  const [row] = await attempt(acting, `select mentoring.create_booking_if_free($1, $2, ${minutes}, 'Please look at my CV.') as id`, [
    whom,
    starts,
  ])
  return row!['id'] as string
}
const refused = (constraint: string) => ({ code: 'VV001', constraint })

test('Mateo books an hour at the price of the profile, and both are taken then', async () => {
  const starts = anHour()
  const id = await book(mateo.acting, starts)
  const [booking] = await db.sql(
    'select price_cents, currency, status, duration_minutes, meeting_provider, mentee_user_id from mentoring.bookings where id = $1',
    [id],
  )
  assert.deepEqual(booking, {
    price_cents: 4550,
    currency: 'GBP',
    status: 'pending',
    duration_minutes: 60,
    meeting_provider: 'builtin',
    mentee_user_id: mateo.id,
  })
  const taken = await db.sql<{ person_id: string; held_until: null }>(
    'select person_id, held_until from scheduling.commitments where meeting_id = $1',
    [id],
  )
  assert.deepEqual(new Set(taken.map(({ person_id }) => person_id)), new Set([mentor.id, mateo.id]))
  assert.deepEqual(
    taken.map(({ held_until }) => held_until),
    [null, null],
  )
  assert.deepEqual(await db.sql('select step, by_user_id from mentoring.booking_steps where booking_id = $1', [id]), [
    { step: 'booked', by_user_id: mateo.id },
  ])
})

test('half an hour costs half', async () => {
  const id = await book(mateo.acting, anHour(), 30)
  assert.deepEqual(await db.sql('select price_cents from mentoring.bookings where id = $1', [id]), [{ price_cents: 2275 }])
})

describe('nobody books', () => {
  test('themselves', () => assert.rejects(book(mentor.acting, anHour()), refused('nobody_mentors_themselves')))
  test('somebody who is no mentor', () => assert.rejects(book(mateo.acting, anHour(), 60, other.id), refused('mentor_not_found')))
  test('somebody who has blocked them', async () => {
    const shy = await aMentor(db, 'shy')
    await alwaysOpen(db, shy)
    await db.sql('insert into safety.blocks (blocker_id, blocked_id) values ($1, $2)', [shy.id, mateo.id])
    await assert.rejects(book(mateo.acting, anHour(), 60, shy.id), refused('mentor_not_found'))
    await assert.rejects(
      attempt(mateo.acting, 'select * from mentoring.get_mentor_busy($1, now(), now())', [shy.id]),
      refused('mentor_not_found'),
    )
    await book(other.acting, anHour(), 60, shy.id)
  })
  test('a mentor who is suspended, or has paused', async () => {
    const gone = await aMentor(db, 'gone')
    const paused = await aMentor(db, 'paused', { is_active: false })
    for (const whom of [gone, paused]) await alwaysOpen(db, whom)
    await db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [gone.id])
    for (const whom of [gone, paused]) await assert.rejects(book(mateo.acting, anHour(), 60, whom.id), refused('mentor_not_found'))
  })
  test('a length that is not offered', () => assert.rejects(book(mateo.acting, anHour(), 45), refused('length_not_offered')))
  test('between the steps of the clock', () => assert.rejects(book(mateo.acting, later(anHour(), 10)), refused('not_offered_then')))
  test('the past', () =>
    assert.rejects(
      book(mateo.acting, later(new Date(Math.floor(Date.now() / hour) * hour).toISOString(), -60)),
      refused('too_late_to_book'),
    ))
  test('the far future', () => assert.rejects(book(mateo.acting, later(anHour(), 90 * 24 * 60)), refused('too_far_ahead')))
  test('as a stranger, or as the server', async () => {
    await assert.rejects(book(aStranger, anHour()), { code: '42501' })
    await assert.rejects(book(theServer, anHour()), { code: '42501' })
  })
})

describe('an hour that is taken is refused by the name of who is busy', () => {
  const starts = anHour()
  test('the mentor, also in part', async () => {
    await book(mateo.acting, starts)
    for (const [minutes, length] of [
      [0, 60],
      [30, 60],
      [-30, 60],
      [30, 30],
    ] as const)
      await assert.rejects(book(other.acting, later(starts, minutes), length), refused('mentor_is_busy'))
    await book(other.acting, later(starts, 60), 30) // right after it is free: spans are half-open
  })
  test('the mentee, by a practice session', async () => {
    const at = anHour()
    await db.sql(`select private.claim(gen_random_uuid(), 'practice.session', tstzrange($2, $3), array[$1::uuid], '{x}')`, [
      mateo.id,
      later(at, 30),
      later(at, 90),
    ])
    await assert.rejects(book(mateo.acting, at), refused('you_are_busy'))
    await book(mateo.acting, at, 30)
  })
  test('the mentor, by a calendar elsewhere', async () => {
    const at = anHour()
    const [account] = await db.sql<{ id: string }>(
      `insert into mentoring.calendar_accounts (user_id, provider, email) values ($1, 'google', 'p@example.test') returning id`,
      [mentor.id],
    )
    await db.sql(
      `insert into mentoring.external_busy_events (calendar_account_id, user_id, external_id, during) values ($1, $2, 'a', tstzrange($3, $4))`,
      [account!.id, mentor.id, later(at, 20), later(at, 40)],
    )
    await assert.rejects(book(mateo.acting, at), refused('mentor_is_busy'))
  })
  test('but not by a hold that has run out', async () => {
    const at = anHour()
    await db.sql(
      `select private.claim(gen_random_uuid(), 'mentoring.booking', tstzrange($2, $3), array[$1::uuid], '{x}', clock_timestamp() + interval '300 milliseconds')`,
      [mentor.id, at, later(at, 60)],
    )
    await assert.rejects(book(mateo.acting, at), refused('mentor_is_busy'))
    await new Promise((done) => setTimeout(done, 350))
    await book(mateo.acting, at)
  })
})

test('buffers lie between bookings, whichever came first, and around what else there is', async () => {
  const careful = await aMentor(db, 'careful', { start_every: 5, lengths: [30], buffer_before: 5, buffer_after: 15 })
  await alwaysOpen(db, careful)
  const at = anHour()
  await attempt(careful.acting, 'select private.confirm_booking($1)', [await book(mateo.acting, at, 30, careful.id)])
  const freeAt = async (when: string) => {
    const free = await attempt(other.acting, 'select mentor_user_id from private.mentors_free_at($1, 30, 100)', [when])
    return free.some(({ mentor_user_id }) => mentor_user_id === careful.id)
  }
  assert.deepEqual(
    [await freeAt(later(at, 40)), await freeAt(later(at, 45)), await freeAt(later(at, -40)), await freeAt(later(at, -45))],
    [false, true, false, true],
  )
  await assert.rejects(book(other.acting, later(at, 40), 30, careful.id), refused('mentor_is_busy'))
  await assert.rejects(book(other.acting, later(at, -40), 30, careful.id), refused('mentor_is_busy'))
  await book(other.acting, later(at, 45), 30, careful.id)
  await book(other.acting, later(at, -45), 30, careful.id)
  const else_ = anHour()
  await db.sql(`select private.claim(gen_random_uuid(), 'practice.session', tstzrange($2, $3), array[$1::uuid], '{x}')`, [
    careful.id,
    else_,
    later(else_, 30),
  ])
  await assert.rejects(book(other.acting, later(else_, 30), 30, careful.id), refused('mentor_is_busy'))
  await book(other.acting, later(else_, 35), 30, careful.id)
  await assert.rejects(book(other.acting, later(else_, -40), 30, careful.id), refused('mentor_is_busy'))
  await book(other.acting, later(else_, -45), 30, careful.id)
})

test('busy times are merged, cut to the question, and say nothing else', async () => {
  const private_ = await aMentor(db, 'busy')
  await alwaysOpen(db, private_)
  const at = anHour()
  await book(mateo.acting, at, 60, private_.id)
  await book(other.acting, later(at, 60), 30, private_.id)
  const ask = (from: string, to: string) =>
    attempt(other.acting, 'select * from mentoring.get_mentor_busy($1, $2, $3)', [private_.id, from, to])
  assert.deepEqual(await ask(later(at, -60), later(at, 200)), [
    { busy_from: at.replace('.000', ''), busy_to: later(at, 90).replace('.000', '') },
  ])
  assert.deepEqual(await ask(later(at, 30), later(at, 45)), [
    { busy_from: later(at, 30).replace('.000', ''), busy_to: later(at, 45).replace('.000', '') },
  ])
  assert.deepEqual(await ask(later(at, 90), later(at, 120)), [])
  await assert.rejects(ask(at, later(at, 101 * 24 * 60)), refused('too_long_a_time'))
  await assert.rejects(attempt(aStranger, 'select * from mentoring.get_mentor_busy($1, now(), now())', [private_.id]), { code: '42501' })
})

describe('each step of a booking', () => {
  const steps: Record<string, [who: Acting, text: string]> = {
    confirm: [mentor.acting, 'select private.confirm_booking($1)'],
    decline: [mentor.acting, `select private.decline_booking($1, 'Away that week.')`],
    'cancel as the mentor': [mentor.acting, `select private.cancel_booking($1, 'I am ill.')`],
    'cancel as the mentee': [mateo.acting, 'select private.cancel_booking($1)'],
  }
  const legal: Record<string, Record<string, string>> = {
    pending: { confirm: 'confirmed', decline: 'declined', 'cancel as the mentee': 'cancelled' },
    confirmed: { 'cancel as the mentor': 'cancelled', 'cancel as the mentee': 'cancelled' },
    declined: {},
    cancelled: {},
    completed: {},
  }
  for (const [from, to] of Object.entries(legal))
    for (const [step, [who, text]] of Object.entries(steps))
      test(`${step}, from ${from}: ${to[step] ?? 'refused'}`, async () => {
        const at = anHour()
        const id = await book(mateo.acting, at)
        if (from === 'completed') await db.sql(`update mentoring.bookings set status = 'confirmed' where id = $1`, [id])
        if (from !== 'pending')
          await db.sql(`update mentoring.bookings set status = $2::mentoring.booking_status where id = $1`, [id, from])
        if (!to[step]) return assert.rejects(attempt(who, text, [id]), refused('booking_cannot_do_that'))
        await attempt(who, text, [id])
        assert.deepEqual(await db.sql('select status from mentoring.bookings where id = $1', [id]), [{ status: to[step] }])
        const freed = ['declined', 'cancelled'].includes(to[step])
        assert.equal((await db.sql('select from scheduling.commitments where meeting_id = $1', [id])).length, freed ? 0 : 2)
        if (freed) await book(other.acting, at) // and somebody else may have the hour
      })

  test('none by somebody else, and none of what has begun', async () => {
    const id = await book(mateo.acting, anHour())
    for (const text of ['select private.confirm_booking($1)', 'select private.decline_booking($1)', 'select private.cancel_booking($1)'])
      await assert.rejects(attempt(other.acting, text, [id]), refused('no_such_booking'))
    await assert.rejects(attempt(mateo.acting, 'select private.confirm_booking($1)', [id]), refused('booking_cannot_do_that'))
    await db.sql(
      `update mentoring.bookings set start_time = now() - interval '5 minutes', end_time = now() + interval '25 minutes' where id = $1`,
      [id],
    )
    await assert.rejects(attempt(mentor.acting, 'select private.confirm_booking($1)', [id]), refused('booking_cannot_do_that'))
  })

  test('not even the owner skips one, changes a price or moves what is over', async () => {
    const id = await book(mateo.acting, anHour())
    const never = (set: string) =>
      assert.rejects(db.sql(`update mentoring.bookings set ${set} where id = $1`, [id]), refused('booking_cannot_do_that'))
    for (const set of [`status = 'completed'`, 'price_cents = 1', `currency = 'EUR'`, `mentee_user_id = '${other.id}'`]) await never(set)
    await db.sql(`update mentoring.bookings set status = 'declined' where id = $1`, [id])
    for (const set of [`status = 'pending'`, `status = 'confirmed'`, `status = 'cancelled'`, `end_time = end_time + interval '30 minutes'`])
      await never(set)
  })
})
