import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { freshServer } from '#tests/server.ts'
import { Limits } from '../limits.ts'
import { asking, bearer, person, theOperator, type Answer, type Ask } from './asking.ts'

const server = await freshServer({ TRUSTED_PROXIES: '127.0.0.1' })
const stranger = asking(server)

describe('a limit of so many calls a minute', () => {
  const calls = (limits: Limits, aMinute: number, now: number) => {
    let heard = 0
    while (heard <= 2 * aMinute && limits.wait('ana', aMinute, now) === 0) heard++
    return heard
  }

  test('hears exactly so many at once, whatever the number and the moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.double({ min: 0, max: 1e10, noNaN: true }), (aMinute, now) => {
        assert.equal(calls(new Limits(), aMinute, now), aMinute)
      }),
      { numRuns: 500 },
    )
  })

  test('then one more each time its share of the minute has passed', () => {
    const limits = new Limits()
    assert.equal(calls(limits, 60, 0), 60)
    assert.equal(limits.wait('ana', 60, 990), 1)
    assert.equal(limits.wait('ana', 60, 1_000), 0)
    assert.equal(limits.wait('ana', 60, 1_000), 1)
    assert.equal(calls(limits, 60, 11_000), 10)
    assert.equal(calls(limits, 60, 71_000), 60)
    assert.equal(calls(limits, 60, 1e9), 60)
  })

  test('says how long to wait, and whoever waits that long is heard', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 0, max: 120_000 }), (aMinute, now) => {
        const limits = new Limits()
        calls(limits, aMinute, 0)
        const seconds = limits.wait('ana', aMinute, now)
        if (seconds === 0) return
        assert.ok(seconds <= 60)
        assert.equal(limits.wait('ana', aMinute, now + seconds * 1_000), 0)
      }),
    )
  })

  test('is not made longer by asking in vain', () => {
    const limits = new Limits()
    calls(limits, 2, 0)
    for (let vain = 0; vain < 1_000; vain++) limits.wait('ana', 2, 29_000)
    assert.equal(limits.wait('ana', 2, 30_000), 0)
  })

  test('counts everybody for themselves', () => {
    const limits = new Limits()
    calls(limits, 1, 0)
    assert.ok(limits.wait('ana', 1, 0) > 0)
    assert.equal(limits.wait('bo', 1, 0), 0)
  })

  test('forgets, in a flood of callers, those unseen for longest, and remembers who is still calling', () => {
    const limits = new Limits()
    calls(limits, 2, 0)
    limits.wait('bo', 2, 0)
    limits.wait('bo', 2, 0)
    for (let address = 0; address < 99_999; address++) limits.wait(`10.${address}`, 2, 0)
    assert.ok(limits.wait('bo', 2, 0) > 0)
    assert.equal(limits.wait('ana', 2, 0), 0)
  })
})

const tooMany = ({ status, body, headers }: Answer) => {
  assert.deepEqual([status, body['code'], body['status']], [429, 'too_many_requests', 429])
  const seconds = Number(headers.get('retry-after'))
  assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, `Retry-After: ${headers.get('retry-after')}`)
}

// `visit` may be called 30 times a minute (tests/sample/api.ts).
const visits = async (ask: Ask, headers: Record<string, string> = {}, many = 30) => {
  for (let visit = 0; visit < many; visit++) assert.equal((await ask('POST /api/sample/visits', undefined, headers)).status, 200)
}
const from = (address: string) => ({ 'x-forwarded-for': address })

describe('an operation with a limit of its own', () => {
  test('is refused beyond it with the time to wait, to one person and not to the other', async () => {
    const ana = await person(server, 'ana')
    const bo = await person(server, 'bo')
    await visits(ana)
    tooMany(await ana('POST /api/sample/visits'))
    assert.equal((await bo('POST /api/sample/visits')).status, 200)
    assert.equal((await ana('GET /api/sample/count')).status, 200)
  })

  test('counts a person by who they are, from wherever they call', async () => {
    const ana = await person(server, 'ana')
    await visits(ana, from('192.0.2.1'))
    tooMany(await ana('POST /api/sample/visits', undefined, from('192.0.2.2')))
  })

  test('counts strangers by their address, as a trusted proxy tells it', async () => {
    await visits(stranger, from('192.0.2.1'))
    tooMany(await stranger('POST /api/sample/visits', undefined, from('192.0.2.1')))
    tooMany(await stranger('POST /api/sample/visits', undefined, from('203.0.113.9, 192.0.2.1'))) // the first was said by the stranger
    assert.equal((await stranger('POST /api/sample/visits', undefined, from('192.0.2.2'))).status, 200)
  })

  test('counts a whole /64 of IPv6 as one address, and the next one apart', async () => {
    for (let last = 1; last <= 30; last++) await visits(stranger, from(`2001:db8::${last}:1`), 1)
    tooMany(await stranger('POST /api/sample/visits', undefined, from('2001:db8::ffff:1')))
    assert.equal((await stranger('POST /api/sample/visits', undefined, from('2001:db8:0:1::1'))).status, 200)
  })

  test('tells IPv4 apart also where it is written as IPv6', async () => {
    await visits(stranger, from('::ffff:192.0.2.30'))
    tooMany(await stranger('POST /api/sample/visits', undefined, from('::ffff:192.0.2.30')))
    assert.equal((await stranger('POST /api/sample/visits', undefined, from('::ffff:192.0.2.31'))).status, 200)
  })

  for (const [who, env] of [
    ['a stranger who calls directly', {}],
    ['a proxy that is not trusted', { TRUSTED_PROXIES: '10.0.0.0/8' }],
  ] as const)
    test(`believes nothing about an address that is told by ${who}`, async () => {
      const stranger = asking(await freshServer(env))
      for (let last = 1; last <= 30; last++) await visits(stranger, from(`192.0.2.${last}`), 1)
      tooMany(await stranger('POST /api/sample/visits', undefined, from('192.0.2.99')))
    })
})

describe('everything else together', () => {
  async function refusedAfter600(ask: Ask, headers: Record<string, string> = {}): Promise<void> {
    const began = performance.now()
    let heard = 0
    for (let refused = false; !refused; ) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask('GET /api/sample/greeting', undefined, headers)))
      heard += answers.filter(({ status }) => status === 200).length
      const others = answers.filter(({ status }) => status !== 200)
      others.forEach(tooMany)
      refused = others.length > 0
    }
    const most = 601 + (performance.now() - began) / 100
    assert.ok(heard >= 600 && heard <= most, `${heard} calls were heard, at most ${most} should have been`)
  }

  test('is 600 calls a minute for a person', async () => refusedAfter600(await person(server, 'ana')))

  test('and for a stranger; ANON_KEY, which everybody has, is no way around it', async () => {
    await refusedAfter600(stranger, from('192.0.2.40'))
    const withKey = asking(server, bearer(server.keys.anon))
    const answers = await Promise.all(Array.from({ length: 50 }, () => withKey('GET /api/sample/greeting', undefined, from('192.0.2.40'))))
    const others = answers.filter(({ status }) => status !== 200) // a call more for each tenth of a second that has passed
    assert.ok(others.length > 0)
    others.forEach(tooMany)
  })

  test('but the operator is not limited: one program may do what many people asked for', async () => {
    const operator = theOperator(server)
    await visits(operator, from('192.0.2.40'), 31)
    const answers = await Promise.all(
      Array.from({ length: 700 }, () => operator('GET /api/sample/greeting', undefined, from('192.0.2.40'))),
    )
    assert.deepEqual(
      answers.filter(({ status }) => status !== 200),
      [],
    )
  })
})
