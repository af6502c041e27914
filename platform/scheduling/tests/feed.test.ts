import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import ICAL from 'ical.js'
import { theServer } from '#tests/database.ts'
import { rounds } from '#tests/race.ts'
import { freshServer } from '#tests/server.ts'
import { calendarIn } from './parsed.ts'
import { caller, planning } from './people.ts'

const server = await freshServer()
const { plan, join, move, release } = planning(server.db)

/** A calendar program: what it knows of each UID is replaced by what has a higher SEQUENCE, and by nothing else. */
class Subscriber {
  known = new Map<string, { sequence: number; status: string; start: string; title: string; alarms: number }>()
  etag = ''
  url: string
  constructor(url: string) {
    this.url = url
  }
  async fetch() {
    const response = await fetch(this.url, { headers: this.etag ? { 'if-none-match': this.etag } : {} })
    if (response.status === 304) return response
    assert.equal(response.status, 200)
    this.etag = response.headers.get('etag')!
    const seen = new Set<string>()
    for (const component of calendarIn(await response.text()).getAllSubcomponents('vevent')) {
      const event = new ICAL.Event(component)
      assert.ok(!seen.has(event.uid), 'one UID, one meeting')
      seen.add(event.uid)
      const before = this.known.get(event.uid)
      const now = {
        sequence: event.sequence,
        status: String(component.getFirstPropertyValue('status')),
        start: event.startDate.toJSDate().toISOString(),
        title: event.summary,
        alarms: component.getAllSubcomponents('valarm').length,
      }
      if (before && (before.start !== now.start || before.status !== now.status))
        assert.ok(now.sequence > before.sequence, 'a change counts up')
      this.known.set(event.uid, now)
    }
    return response
  }
  of = (meeting: string) => this.known.get(meeting)
}

const subscribe = async (who: Awaited<ReturnType<typeof caller>>) => {
  const { body } = await who.call('POST', '/scheduling/feed', {})
  const url = new URL(body.url)
  return new Subscriber(`${server.address}${url.pathname}`)
}

describe('a calendar elsewhere', () => {
  test('follows what is planned, moved, called off and planned again, without a double', async () => {
    const [ada, bo] = [await caller(server, 'ada'), await caller(server, 'bo')]
    const meeting = await plan([ada.id, bo.id], 30)
    const [hers, his] = [await subscribe(ada), await subscribe(bo)]
    await hers.fetch()
    assert.deepEqual([hers.of(meeting)!.sequence, hers.of(meeting)!.status, hers.of(meeting)!.title], [0, 'CONFIRMED', 'Practice session'])

    const first = hers.of(meeting)!.start
    await move(meeting, 54)
    await hers.fetch()
    assert.notEqual(hers.of(meeting)!.start, first)

    await release(meeting, [bo.id])
    await Promise.all([hers.fetch(), his.fetch()])
    assert.deepEqual([hers.of(meeting)!.status, his.of(meeting)!.status, his.of(meeting)!.alarms], ['CONFIRMED', 'CANCELLED', 0])

    await move(meeting, 60)
    const seen = his.of(meeting)
    await his.fetch()
    assert.deepEqual(his.of(meeting), seen, 'who has left hears nothing of where it went')

    await join(meeting, [bo.id])
    await his.fetch()
    assert.equal(his.of(meeting)!.status, 'CONFIRMED')

    await release(meeting)
    await Promise.all([hers.fetch(), his.fetch()])
    assert.deepEqual([hers.of(meeting)!.status, his.of(meeting)!.status], ['CANCELLED', 'CANCELLED'])
    assert.deepEqual([hers.known.size, his.known.size], [1, 1])
  })

  test('is not told of what is only held, nor of others', async () => {
    const [cy, dot] = [await caller(server, 'cy'), await caller(server, 'dot')]
    const held = await plan([cy.id], 30, { held: new Date(Date.now() + 600_000) })
    await plan([dot.id], 30)
    const feed = await subscribe(cy)
    await feed.fetch()
    assert.equal(feed.known.size, 0)
    await release(held)
    await feed.fetch()
    assert.equal(feed.known.size, 0)
  })

  test('asks again and is told that nothing has changed; nothing on the way keeps it', async () => {
    const eve = await caller(server, 'eve')
    const meeting = await plan([eve.id], 20)
    const feed = await subscribe(eve)
    const response = await feed.fetch()
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.match(response.headers.get('content-type')!, /^text\/calendar; charset=utf-8/)
    assert.equal((await feed.fetch()).status, 304)
    assert.equal((await fetch(feed.url, { method: 'HEAD' })).status, 200)
    await eve.call('PUT', '/scheduling/reminders', { day_before: false, hour_before: false, ten_minutes: true })
    assert.equal((await feed.fetch()).status, 200)
    assert.equal(feed.of(meeting)!.alarms, 1, 'the alarms are those one chose')
  })
})

describe('the address', () => {
  test('is shown to its owner again, and opens nothing once it is revoked or made anew', async () => {
    const finn = await caller(server, 'finn')
    assert.deepEqual((await finn.call('GET', '/scheduling/feed')).body, { feed: null })
    const feed = await subscribe(finn)
    const shown = (await finn.call('GET', '/scheduling/feed')).body.feed
    assert.equal(new URL(shown.url).pathname, new URL(feed.url).pathname)
    assert.equal(shown.fetched_at, null)
    await feed.fetch()
    assert.notEqual((await finn.call('GET', '/scheduling/feed')).body.feed.fetched_at, null)

    const anew = await subscribe(finn)
    assert.notEqual(anew.url, feed.url)
    assert.equal((await fetch(feed.url)).status, 404)
    assert.equal((await fetch(anew.url)).status, 200)
    await finn.call('DELETE', '/scheduling/feed')
    assert.equal((await fetch(anew.url)).status, 404)
  })

  test('cannot be learnt from the database, and each is another’s', async () => {
    const [gus, hal] = [await caller(server, 'gus'), await caller(server, 'hal')]
    const [his, others] = [await subscribe(gus), await subscribe(hal)]
    assert.notEqual(his.url, others.url)
    const word = his.url.split('/').at(-1)!.replace('.ics', '')
    assert.equal(Buffer.from(word, 'base64url').length, 32, '256 bits')
    const rows = await server.db.sql(`select f::text as row, encode(token_hash, 'escape') as hash from scheduling.feeds f`)
    assert.ok(!JSON.stringify(rows).includes(word))
    assert.ok(!server.log.join('').includes(word), 'nor from the log')
  })

  test('opens nothing with a wrong word, without one, or for somebody who is suspended', async () => {
    const ivo = await caller(server, 'ivo')
    const feed = await subscribe(ivo)
    const wrong = [
      feed.url.replace(/.{5}\.ics$/, 'AAAAA.ics'),
      feed.url.replace('.ics', ''),
      `${server.address}/calendar/.ics`,
      `${server.address}/calendar/x.ics`,
    ]
    for (const url of wrong) {
      const response = await fetch(url)
      assert.equal(response.status, 404, url)
      assert.equal(((await response.json()) as { code: string }).code, 'not_found')
    }
    await server.db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [ivo.id])
    assert.equal((await fetch(feed.url)).status, 404)
  })

  test('can be asked twelve times a minute, and then has to wait', async () => {
    const jan = await caller(server, 'jan')
    const feed = await subscribe(jan)
    const answers = await Promise.all(Array.from({ length: 14 }, () => fetch(feed.url)))
    const late = answers.filter(({ status }) => status === 429)
    assert.equal(late.length, 2)
    assert.ok(Number(late[0]!.headers.get('retry-after')) > 0)
  })

  test('cannot be looked for: after thirty words that open nothing one has to wait, and nothing was written; those who have one are served', async () => {
    const quiet = await freshServer()
    const kim = await caller(quiet, 'kim')
    const { body } = await kim.call('POST', '/scheduling/feed', {})
    const hers = `${quiet.address}${new URL(body.url).pathname}`
    const tried = await Promise.all(Array.from({ length: 40 }, () => fetch(`${quiet.address}/calendar/${randomUUID()}.ics`)))
    const [opened, refused] = [404, 429].map((status) => tried.filter((answer) => answer.status === status)) as [Response[], Response[]]
    assert.ok(opened.length >= 30 && refused.length > 0, `${opened.length} looked for, ${refused.length} refused`) // the allowance grows meanwhile
    assert.equal(opened.length + refused.length, tried.length)
    assert.ok(Number(refused[0]!.headers.get('retry-after')) > 0)
    assert.equal((await fetch(hers)).status, 200, 'who shares a place with whoever tries')
    const word = { token_hash: Buffer.alloc(32) }
    await quiet.db.database.read(theServer, (db) => db.call('private.person_of_feed', word)) // looking writes nothing, as noting does
    await assert.rejects(
      quiet.db.database.read(theServer, (db) => db.call('private.note_feed', word)),
      { code: '25006' },
    )
  })

  test('made six times at once is six addresses, of which the last one opens', async () => {
    for (let round = 0; round < rounds; round++) {
      const lea = await caller(server, 'lea')
      const answers = await Promise.all(Array.from({ length: 6 }, () => lea.call('POST', '/scheduling/feed', {})))
      assert.deepEqual(
        answers.map(({ status }) => status),
        Array<number>(6).fill(200),
      )
      const shown = (await lea.call('GET', '/scheduling/feed')).body.feed.url
      assert.equal(answers.filter(({ body }) => body.url === shown).length, 1)
      assert.equal((await fetch(`${server.address}${new URL(shown).pathname}`)).status, 200)
    }
  })

  test('is nothing to strangers', async () => {
    for (const [method, path] of [
      ['GET', '/scheduling/feed'],
      ['POST', '/scheduling/feed'],
      ['GET', '/scheduling/next'],
    ] as const)
      assert.equal((await fetch(`${server.address}/api${path}`, { method })).status, 401)
  })
})
