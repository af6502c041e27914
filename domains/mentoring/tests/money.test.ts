import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, someone } from '#tests/database.ts'
import { aMentor } from './people.ts'

// Money always adds up: whoever writes, in whatever order, and also two at once.
const db = await freshDatabase()
const [mentor, mentee] = [await aMentor(db, 'priya'), await someone(db, 'mateo')]
const refused = (constraint: string) => ({ constraint })

let hours = 0
async function aBooking(cents = 4500, currency = 'GBP'): Promise<string> {
  hours += 2
  const [row] = await db.sql<{ id: string }>(
    `with m as (insert into scheduling.meetings (id, kind, during)
       select gen_random_uuid(), 'mentoring.booking', tstzrange(t, t + interval '1 hour') from (select date_trunc('hour', now()) + $3 * interval '1 hour') x (t) returning id, during)
     insert into mentoring.bookings (id, mentor_user_id, mentee_user_id, start_time, end_time, price_cents, currency)
     select id, $1, $2, lower(during), upper(during), $4, $5 from m returning id`,
    [mentor.id, mentee.id, hours, cents, currency],
  )
  return row!.id
}

async function inOne(...statements: [text: string, values: unknown[]][]): Promise<void> {
  const client = new pg.Client({ connectionString: db.url() })
  await client.connect()
  try {
    await client.query('begin')
    for (const [text, values] of statements) await client.query(text, values)
    await client.query('commit')
  } finally {
    await client.end()
  }
}
const open = (id: string, booking: string, status = 'pending', cents = 4500, currency = 'GBP'): [string, unknown[]] => [
  `insert into mentoring.payments (id, booking_id, status, amount_cents, currency, provider) values ($1, $2, $3, $4, $5, 'test')`,
  [id, booking, status, cents, currency],
]
const event = (id: string, kind: string, cents: number, currency = 'GBP', eventId: string | null = null): [string, unknown[]] => [
  `insert into mentoring.payment_events (payment_id, kind, amount_cents, currency, provider_event_id) values ($1, $2, $3, $4, $5)`,
  [id, kind, cents, currency, eventId],
]
const step = (id: string, status: string): [string, unknown[]] => ['update mentoring.payments set status = $2 where id = $1', [id, status]]
const newId = () => crypto.randomUUID()
async function paid(): Promise<string> {
  const id = newId()
  await inOne(open(id, await aBooking()), event(id, 'opened', 0), event(id, 'paid', 4500), step(id, 'paid'))
  return id
}

test('a payment goes its way, and each step has its event', async () => {
  const id = await paid()
  await inOne(event(id, 'refunded', 1500), step(id, 'partly_refunded'))
  await inOne(event(id, 'refunded', 1000))
  await inOne(event(id, 'refunded', 2000), step(id, 'refunded'))
  const kinds = await db.sql<{ kind: string }>('select kind from mentoring.payment_events where payment_id = $1 order by id', [id])
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['opened', 'paid', 'refunded', 'refunded', 'refunded'],
  )
})

describe('is refused', () => {
  const adds = refused('money_must_add_up')
  test('a step without its event, and an event without its step', async () => {
    const id = newId()
    await inOne(open(id, await aBooking()))
    await assert.rejects(inOne(step(id, 'paid')), adds)
    await assert.rejects(inOne(event(id, 'paid', 4500)), adds)
    const refunded = await paid()
    await assert.rejects(inOne(step(refunded, 'refunded')), adds)
    await assert.rejects(inOne(event(refunded, 'refunded', 100)), adds)
  })
  test('less or more than the price, and giving back more than came', async () => {
    const id = newId()
    await inOne(open(id, await aBooking()))
    for (const cents of [4499, 4501]) await assert.rejects(inOne(event(id, 'paid', cents), step(id, 'paid')), adds)
    const back = await paid()
    await assert.rejects(inOne(event(back, 'refunded', 4501), step(back, 'refunded')), adds)
    await assert.rejects(inOne(event(back, 'refunded', 4500), step(back, 'partly_refunded')), adds)
  })
  test('another price or currency than the booking’s', async () => {
    const booking = await aBooking()
    await assert.rejects(inOne(open(newId(), booking, 'pending', 1)), refused('price_is_the_bookings'))
    await assert.rejects(inOne(open(newId(), booking, 'pending', 4500, 'EUR')), refused('price_is_the_bookings'))
    const id = newId()
    await inOne(open(id, booking))
    await assert.rejects(inOne(event(id, 'paid', 4500, 'EUR')), refused('event_in_the_payments_currency'))
  })
  test('a second payment that counts; one after a failure is none', async () => {
    const booking = await aBooking()
    const first = newId()
    await inOne(open(first, booking))
    await assert.rejects(inOne(open(newId(), booking)), refused('paid_once'))
    await inOne(event(first, 'failed', 0), step(first, 'failed'))
    await inOne(open(newId(), booking))
  })
  test('a webhook that comes twice', async () => {
    const id = newId()
    await inOne(open(id, await aBooking()))
    await inOne(event(id, 'paid', 4500, 'GBP', 'evt_1'), step(id, 'paid'))
    await assert.rejects(inOne(event(id, 'paid', 4500, 'GBP', 'evt_1')), refused('event_counts_once'))
  })
  test('changing what happened, or forgetting it with the booking', async () => {
    const id = await paid()
    for (const text of [
      'update mentoring.payment_events set amount_cents = 1',
      'delete from mentoring.payment_events',
      'truncate mentoring.payment_events',
    ])
      await assert.rejects(db.sql(text), refused('audit_is_append_only'))
    await assert.rejects(db.sql('update mentoring.payments set amount_cents = 1 where id = $1', [id]), refused('payment_cannot_do_that'))
    await assert.rejects(
      db.sql('delete from mentoring.bookings where id = (select booking_id from mentoring.payments where id = $1)', [id]),
      { code: /^23(?:001|503)$/ },
    )
    await assert.rejects(db.sql('delete from mentoring.payments where id = $1', [id]), { code: /^23(?:001|503)$/ })
  })
  const words = ['pending', 'paid', 'failed', 'cancelled', 'partly_refunded', 'refunded']
  const legal = new Set([
    'pending>paid',
    'pending>failed',
    'pending>cancelled',
    'paid>partly_refunded',
    'paid>refunded',
    'partly_refunded>refunded',
  ])
  test('every step that the states do not know', async () => {
    for (const from of words) {
      const id = newId()
      await inOne(open(id, await aBooking(), from), ...moneyOf(id, from))
      for (const to of words)
        if (to !== from && !legal.has(`${from}>${to}`))
          await assert.rejects(inOne(step(id, to)), refused('payment_cannot_do_that'), `${from} > ${to}`)
    }
  })
  const moneyOf = (id: string, status: string) => [
    ...(['paid', 'partly_refunded', 'refunded'].includes(status) ? [event(id, 'paid', 4500)] : []),
    ...(status === 'partly_refunded' ? [event(id, 'refunded', 1)] : status === 'refunded' ? [event(id, 'refunded', 4500)] : []),
  ]
})

test('of refunds at once no more goes back than came in', async () => {
  for (let round = 0; round < 5; round++) {
    const id = await paid()
    // Ten times a thousand, of four and a half thousand: each by itself would be right.
    const went = await Promise.allSettled(Array.from({ length: 10 }, () => inOne(event(id, 'refunded', 1000), step(id, 'partly_refunded'))))
    assert.equal(went.filter(({ status }) => status === 'fulfilled').length, 4)
    for (const one of went)
      if (one.status === 'rejected') assert.equal((one.reason as { constraint?: string }).constraint, 'money_must_add_up')
    assert.deepEqual(
      await db.sql(`select sum(amount_cents)::integer as back from mentoring.payment_events where payment_id = $1 and kind = 'refunded'`, [
        id,
      ]),
      [{ back: 4000 }],
    )
  }
})
