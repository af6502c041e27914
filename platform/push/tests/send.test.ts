import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { freshPushService, toLoopback, type Misdeed } from '#tests/push-service.ts'
import { connections, rounds } from '#tests/race.ts'
import { sendPokeBy, waitOf, whatBecame } from '../send.ts'
import { publicKeyOf } from '../vapid.ts'
import { openInternet, type WayOut } from '../way-out.ts'
import { queued, runningOn, someoneInABrowser, subscribe, subscriptionsOf, vapid } from './scene.ts'

const db = await freshDatabase()
const service = await freshPushService()
const key = publicKeyOf(vapid)

/** Somebody with one browser that may be poked. */
async function ada(endpoint = service.endpoint(key)) {
  const who = await someoneInABrowser(db, 'ada')
  await subscribe(db, who, endpoint)
  const [{ id } = { id: '' }] = await subscriptionsOf(db, who.id)
  const log: string[] = []
  return {
    id,
    endpoint,
    log,
    poke: (urgency = 'soon') => db.sql('select private.poke($1, $2)', [who.id, urgency]),
    send: (way: WayOut = toLoopback) => sendPokeBy(way).run(runningOn(db, { subscription: id }, log)),
    taken: () => service.pokes.filter((poke) => poke.endpoint === endpoint),
    asked: () => service.asked.filter((asked) => asked === endpoint).length,
    waits: async () => (await db.sql('select from push.pokes where subscription_id = $1', [id])).length === 1,
    subscription: async () => (await subscriptionsOf(db, who.id))[0],
    queued: async () => (await queued(db, 'push.send')).filter(({ data }) => data['subscription'] === id),
  }
}
async function whileIt(misdeed: Misdeed, run: () => Promise<unknown>) {
  service.misbehave(misdeed)
  try {
    await run()
  } finally {
    service.misbehave()
  }
}

describe('a poke', () => {
  test('reaches the push service with our word for it, says nothing, and is then done', async () => {
    const { poke, send, taken, waits, subscription } = await ada()
    await poke()
    await send()
    const [{ ttl, urgency, topic, subject } = { ttl: 0, urgency: '', topic: '', subject: '' }] = taken()
    assert.deepEqual([urgency, topic, subject], ['normal', 'vivavoce', 'mailto:operator@example.test'])
    assert.ok(ttl > 86_000 && ttl <= 86_400)
    assert.deepEqual(service.refusals, [])
    assert.equal(await waits(), false)
    const { failures, last_ok_at } = (await subscription())!
    assert.equal(failures, 0)
    assert.ok(last_ok_at)
    await send() // the job runs once more
    assert.equal(taken().length, 1)
  })

  test('that is urgent says so, and is of no use after ten minutes', async () => {
    const { poke, send, taken, waits } = await ada()
    await poke('now')
    await send()
    const [{ ttl, urgency } = { ttl: 0, urgency: '' }] = taken()
    assert.equal(urgency, 'high')
    assert.ok(ttl > 590 && ttl <= 600)
    await poke('now')
    await db.sql(`update push.pokes set until = now() - interval '1 second'`)
    await send()
    assert.equal(taken().length, 1)
    assert.equal(await waits(), false)
  })

  test('for three reasons at once is one poke, as urgent as the most urgent of them', async () => {
    const { poke, send, taken, queued } = await ada()
    await poke()
    await poke('now')
    await poke()
    assert.equal(new Set((await queued()).map(({ once }) => once)).size, 1)
    for (let times = 0; times < 3; times++) await send()
    assert.deepEqual(
      taken().map(({ urgency }) => urgency),
      ['high'],
    )
  })

  test('is not the last one where there was another reason while it was sent', async () => {
    const { id, poke, send, taken, waits } = await ada()
    await poke()
    const [{ reasons } = { reasons: 0 }] = await db.sql<{ reasons: number }>('select reasons from private.take_poke($1)', [id])
    await poke()
    await db.sql(`select private.note_poke($1, $2, 'sent')`, [id, reasons])
    assert.equal(await waits(), true)
    await send()
    assert.equal(taken().length, 1)
    assert.equal(await waits(), false)
  })
})

describe('a push service that', () => {
  for (const misdeed of [404, 410] as const)
    test(`says ${misdeed} has lost the browser, and so have we`, async () => {
      const { poke, send, subscription, asked } = await ada()
      await poke()
      await whileIt(misdeed, send)
      assert.equal(await subscription(), undefined)
      await send()
      assert.equal(asked(), 1)
    })

  for (const misdeed of [413, 'redirects to loopback'] as const)
    test(`${misdeed} is not asked again, nor followed, and the failure is counted`, async () => {
      const { poke, send, subscription, waits, asked, log } = await ada()
      await poke()
      await whileIt(misdeed, send)
      assert.equal(await waits(), false)
      assert.equal((await subscription())!.failures, 1)
      assert.equal(asked(), 1)
      assert.equal(service.asked.filter((url) => url.endsWith('/metadata')).length, 0)
      assert.match(log.join(), misdeed === 413 ? /push_413/ : /push_307/)
      assert.doesNotMatch(log.join(), /localhost/, 'where somebody is reached is in no log')
    })

  for (const misdeed of [429, 503] as const)
    test(`says ${misdeed} is left alone for as long as it wants`, async () => {
      const { poke, send, taken, waits, subscription, queued } = await ada()
      await poke()
      const before = Date.now()
      await whileIt(misdeed, send)
      const [again] = (await queued()).filter(({ start_after }) => start_after)
      const wait = Date.parse(again!.start_after!) - before
      assert.ok(wait >= 2_000 && wait < 60_000, `${wait} ms`)
      assert.equal(await waits(), true)
      await send()
      assert.equal(taken().length, 1)
      assert.equal((await subscription())!.failures, 0)
    })

  for (const [misdeed, code] of [
    [500, 'push_500'],
    ['slow', 'TimeoutError'],
    ['closes early', 'ECONNRESET'],
  ] as const)
    test(`${misdeed} is tried again, and takes it then`, async () => {
      const { poke, send, taken, subscription, waits } = await ada()
      await poke()
      await whileIt(misdeed, () => assert.rejects(send(), { code, message: 'a push service did not take a poke' }))
      assert.equal(await waits(), true)
      assert.equal((await subscription())!.failures, 1)
      await send()
      assert.equal(taken().length, 1)
    })

  test('talks without end is listened to no longer than its first line', async () => {
    const { poke, send, waits } = await ada()
    await poke()
    await whileIt('talks without end', send)
    assert.equal(await waits(), false)
  })

  test('knows another key of ours refuses, and keeps the browser for when the key is back', async () => {
    const { poke, send, subscription, waits } = await ada(service.endpoint('of-another-server'))
    await poke()
    await send()
    assert.equal(service.refusals.pop(), 'the browser subscribed to another key')
    assert.equal((await subscription())!.failures, 1)
    assert.equal(await waits(), false)
  })

  test('has a certificate that nobody vouches for is told nothing', async () => {
    const { ca: _, ...way } = toLoopback
    const { poke, send, asked, waits } = await ada()
    await poke()
    await assert.rejects(send(way), { code: /CERT|SELF_SIGNED/ })
    assert.equal(asked(), 0)
    assert.equal(await waits(), true)
  })

  test('is none, but a machine of the operator’s network, is never asked, and forgotten', async () => {
    const { poke, send, asked, subscription } = await ada()
    await poke()
    await send({ ...openInternet, ports: () => true, ca: toLoopback.ca! }) // localhost is a name, and only looking it up says of what
    assert.equal(asked(), 0)
    assert.equal(await subscription(), undefined)
  })
})

describe('two workers', () => {
  test('send one poke once', async (t) => {
    let refused = 0
    for (let round = 0; round < rounds; round++) {
      const { poke, send, asked } = await ada()
      await poke()
      const ends = await Promise.allSettled(Array.from({ length: Math.min(connections, 8) }, () => send()))
      assert.equal(asked(), 1)
      for (const end of ends) {
        if (end.status === 'fulfilled') continue
        assert.equal((end.reason as { constraint?: string }).constraint, 'in_hand')
        refused += 1
      }
    }
    t.diagnostic(`race: ${t.name}: ${rounds} rounds, ${refused} found it in hand`)
  })

  test('of whom one is killed: the other one sends it, and not before the first one could have', async () => {
    const { id, poke, send, taken } = await ada()
    await poke()
    await db.sql('select private.take_poke($1)', [id]) // and is killed
    await assert.rejects(send(), { constraint: 'in_hand' })
    assert.equal(taken().length, 0)
    await db.sql(`update push.pokes set in_hand_until = now() - interval '1 second' where subscription_id = $1`, [id])
    await send()
    assert.equal(taken().length, 1)
  })
})

test('a browser that is signed out meanwhile gets nothing', async () => {
  const who = await someoneInABrowser(db, 'bo')
  const endpoint = service.endpoint(key)
  await subscribe(db, who, endpoint)
  const [{ id } = { id: '' }] = await subscriptionsOf(db, who.id)
  await db.sql(`select private.poke($1, 'soon')`, [who.id])
  await db.sql('delete from auth.sessions where id = $1', [who.session])
  await sendPokeBy(toLoopback).run(runningOn(db, { subscription: id }))
  await sendPokeBy(toLoopback).run(runningOn(db, { subscription: randomUUID() }))
  assert.equal(service.asked.includes(endpoint), false)
})

test('what became of it follows from the number alone', () => {
  const became = [200, 201, 202, 301, 400, 401, 403, 404, 410, 413, 429, 500, 502, 503].map((status) => whatBecame(status))
  assert.deepEqual(became.join(' '), 'sent sent sent refused refused refused refused gone gone refused later later later later')
})

test('a wait is a number or a date, at least a second and at most an hour', () => {
  const now = Date.parse('2026-11-20T12:00:00Z')
  const wait = (retryAfter?: string) => {
    const until = waitOf({ status: 429, retryAfter }, now)
    return until && (until.getTime() - now) / 1_000
  }
  assert.deepEqual(
    [wait('120'), wait('Fri, 20 Nov 2026 12:05:00 GMT'), wait('0'), wait('999999'), wait('soon'), wait()],
    [120, 300, 1, 3_600, undefined, undefined],
  )
})
